"""A canary whose calls to the AI fail, while the proven version answers."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.medassist.served import Served
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.models.own_model import SECOND, ManagedModel
from countersign.journeys.medassist.models.predicting import predicted, shared_out
from countersign.journeys.medassist.models.rollout import previewed, users_of
from countersign.journeys.medassist.trouble.breaker import BreakerWalk
from countersign.journeys.scripts import bind
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.model_figures import Alert, active_alert, alerts_of
from countersign.transport import eventually

CANARY_SHARE = 50
CANDIDATES = 300
"""Users to look among for a hundred of the canary's: about half of them are."""
LOOK_EVERY = 0.2
"""Seconds between two looks: a user may ask ten times a second, and each look asks twice."""
ALERT = "canary_rolled_back"


@dataclass(frozen=True)
class FailingCanary:
    """Users of a canary that fails, and what they got: `meanwhile` while it failed, `afterwards` once it was withdrawn.

    `deployment` and `alerts` are as they were read `looked_after` seconds after the last failure: as soon as the canary
    was withdrawn, or when the time was over.
    """

    meanwhile: Sequence[Served]
    deployment: Mapping[str, Any]
    alerts: Sequence[Alert]
    looked_after: float
    afterwards: Sequence[Served]


def asks_a_failing_canary(model: ManagedModel, failures: int, later: int, limit: float) -> FailingCanary:
    """Send users to a canary of which every call fails, wait up to `limit` seconds for what the system does about it.

    `failures` users are asked for at first, all `later` users of the canary afterwards.
    """
    # A system that counts a canary's failures for everybody opens its breaker here.
    model.admin.stage.at_end(BreakerWalk(model).close, "closing the circuit breaker")
    bind(model.admin.stage, "status", model=model.called(SECOND), code=500)
    deployment_id = str(model.starts_canary(SECOND, CANARY_SHARE)["deployment_id"])
    users = sorted(previewed(model, users_of(model, CANDIDATES)).users_of(SECOND))[:later]
    meanwhile = _asked(model, users[:failures], "itchy rash")
    failed_at = time.monotonic()
    with suppress(DeadlineExceeded):  # how it was found in the end is judged by the sentence
        eventually(lambda: _is_withdrawn(model, deployment_id), limit, LOOK_EVERY, what="the canary to be withdrawn")
    looked_after = time.monotonic() - failed_at
    return FailingCanary(
        meanwhile,
        model.trials.deployment(deployment_id),
        alerts_of(model.models, model.model_id, ALERT),
        looked_after,
        _asked(model, users, "sore throat"),
    )


def measure_withdrawal(stage: Any, found: FailingCanary, limit: float) -> None:
    """Journal how long after the last failure the canary was found withdrawn, with an alert."""
    measure_longest(stage, "last failure to canary withdrawn", [found.looked_after], below=limit, load="1 canary")


def _asked(model: ManagedModel, users: Sequence[str], complaint: str) -> list[Served]:
    def ask(api: MedAssistApi, user: str) -> Served:
        return predicted(api, model.model_id, f"{complaint} of {user}", user_id=user)

    return shared_out(model.admin, users, ask)


def _is_withdrawn(model: ManagedModel, deployment_id: str) -> None:
    status = model.trials.deployment(deployment_id)["status"]
    if status != "rolled_back" or not active_alert(model.models, model.model_id, ALERT):
        raise AssertionError(f"the deployment is {status}")
