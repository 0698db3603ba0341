"""Looking at the health of the whole service, four times a second, while a part goes away and comes back."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from countersign.errors import SystemFault
from countersign.expect.modelhub.parts import PartAway
from countersign.load.meanwhile import GoingOn
from countersign.load.pace import Pace
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.model import need

EVERY = 0.25
LOOK_WITHIN = 5.0


@dataclass(frozen=True)
class HealthLook:
    """One look: when it was answered (monotonic), with which status code, what it said, and which parts it told as
    down. A look without an answer has the code 0 and says why."""

    at: float
    code: int
    says: str
    down: tuple[str, ...] = ()


def looks_at_health(api: ModelHubApi, going_on: GoingOn) -> list[HealthLook]:
    """Look as long as it is asked for, and once more."""
    pace, looks, more = Pace(EVERY), list[HealthLook](), True
    while more:
        more = going_on()
        pace.wait()
        looks.append(_look(api))
    return looks


def away(looks: Sequence[HealthLook], part: str, lost_at: float, back_at: float, *, unusable: bool = False) -> PartAway:
    """Say what the looks told of the outage of a part between two moments (monotonic)."""
    lost = [look for look in looks if lost_at <= look.at < back_at]
    back = [look for look in looks if look.at >= back_at]
    told = next((look for look in lost if part in look.down), None)
    well = next((look for look in back if look.says == "healthy"), None)
    # What it says last before the return is judged: an outage that is told and then denied is not told.
    last = lost[-1] if lost else HealthLook(lost_at, 0, "nothing")
    shown = last if told is None or part not in last.down or not back else back[-1]
    return PartAway(
        part,
        told.at - lost_at if told is not None and part in last.down else None,
        last.says,
        last.code,
        last.down,
        well.at - back_at if well is not None else None,
        f"{shown.says!r} with {', '.join(shown.down) or 'nothing'} down",
        unusable=unusable,
    )


def _look(api: ModelHubApi) -> HealthLook:
    try:
        answer = api.ask("GET", "//health", token="", within=LOOK_WITHIN)
        told = answer.json()
        parts = need(told, "components", dict, "the health of the service")
        down = tuple(sorted(name for name, state in parts.items() if state == "down"))
        return HealthLook(time.monotonic(), answer.status, need(told, "status", str, "the health of the service"), down)
    except SystemFault as fault:
        return HealthLook(time.monotonic(), 0, str(fault))
