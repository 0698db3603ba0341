"""How long it takes until everything is whole again after the last part came back."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.errors import DeadlineExceeded, SystemFault
from countersign.expect.modelhub.whole import Whole
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.hub import Hub
from countersign.systems.modelhub.model import ACTIVE
from countersign.transport import eventually, unless_raised

EVERY = 0.2


@dataclass(frozen=True)
class Return:
    """The moment the last part was back (monotonic), and how long the hub is watched from then on."""

    at: float
    watched: float


def until_whole(hub: Hub, back: Return, *more: Callable[[], None]) -> Whole:
    """Look until the health is good, every download and every generation is over, and `more` holds."""

    def all_hold() -> None:
        own: list[Callable[[], None]] = [partial(_healthy, hub), partial(_downloads, hub), partial(_generations, hub)]
        for question in [*more, *own]:
            question()

    return until_holds(all_hold, back)


def until_holds(question: Callable[[], None], back: Return) -> Whole:
    """Look until something holds; give when it did, counted from the return, or what was lacking to the last."""
    lacking = [""]

    def asked() -> None:
        try:
            question()
        except AssertionError as mismatch:  # whatever is wrong with the system is one, too
            lacking[0] = str(mismatch)
            raise

    try:
        eventually(unless_raised(asked, SystemFault), back.watched, every=EVERY, what="everything to be whole")
    except DeadlineExceeded:
        return Whole(None, lacking[0])
    return Whole(time.monotonic() - back.at, "")


def measure_whole(stage: Any, whole: Whole, limit: float, load: str) -> None:
    """Journal how long it took."""
    if whole.seconds is not None:
        measure_longest(
            stage, "return of the last part to everything being whole", [whole.seconds], below=limit, load=load
        )


def must_be_well(hub: Hub) -> None:
    """Say whether the health is good."""
    _healthy(hub)


def _healthy(hub: Hub) -> None:
    told = hub.admin.health().json()
    down = [name for name, state in told["components"].items() if state == "down"]
    assert told["status"] == "healthy", f"the health says {told['status']} ({', '.join(down) or 'nothing'} down)"


def _downloads(hub: Hub) -> None:
    going_on = [f"{name} is {each.status}" for name, each in hub.admin.downloads.all().items() if each.status in ACTIVE]
    assert not going_on, f"a download is not over: {', '.join(going_on)}"


def _generations(hub: Hub) -> None:
    left = [task for task in hub.admin.generation.tasks() if not task.final]
    assert not left, f"{len(left)} generations are not over, one is {left[0].status}"
