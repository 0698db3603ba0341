"""Waiting for an alert to be raised or to end."""

import time
from contextlib import suppress

from countersign.errors import DeadlineExceeded
from countersign.journeys.medassist.models.own_model import ManagedModel
from countersign.systems.medassist.model_figures import active_alert
from countersign.transport import eventually

LOOK_EVERY = 0.25


def waited_for_alert(model: ManagedModel, about: str | None, name: str, limit: float, *, active: bool) -> float | None:
    """Wait up to `limit` seconds until an alert about a model (None: about whatever) is active, or is not any more.

    Gives the seconds that it took, None if it did not come to that; a sentence judges it.
    """
    began = time.monotonic()

    def settled() -> None:
        if active_alert(model.models, about, name) is not active:
            raise AssertionError(f"the alert {name} is {'not ' if active else ''}active")

    with suppress(DeadlineExceeded):
        eventually(settled, limit, LOOK_EVERY, what=f"the alert {name}")
        return time.monotonic() - began
    return None
