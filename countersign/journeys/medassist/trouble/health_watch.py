"""Whoever looks at the health while the AI and then the database are lost and given back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.faults.rolled_back import rolled_back
from countersign.journeys.changes import LOOK_EVERY, Change, changed
from countersign.load.pace import Pace
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.health import Picture, picture_of
from countersign.transport import Deadline

TOLD_WITHIN = 12.0
"""Longer than the limit, so that a late word itself can be measured."""
KEEP_LOOKING = 2.0


@dataclass(frozen=True)
class Outage:
    """What the health told around one outage: of the loss, everything in between, and of the return."""

    loss: Change
    meanwhile: Sequence[Picture]
    recovery: Change


@dataclass(frozen=True)
class Watch:
    """The health while all was up, and around both outages."""

    at_rest: Picture
    ai: Outage
    database: Outage

    @property
    def pictures(self) -> list[Picture]:
        """Every look that is kept."""
        return [self.at_rest, *self.ai.meanwhile, *self.database.meanwhile]


def watched(stage: Any) -> Watch:
    """Look at the health ten times a second while the AI and then the database are lost and given back."""
    api = MedAssistApi(stage.system(), "operator", stage.recorder)
    stage.at_end(api.close, "closing the look at the health")
    look = partial(picture_of, api)
    changed(look, Picture.says_healthy, within=TOLD_WITHIN)
    at_rest = look()
    ai = _outage(stage, look, "ai", Picture.says_degraded)
    return Watch(at_rest, ai, _outage(stage, look, "database", Picture.says_unusable))


def _outage(stage: Any, look: Callable[[], Picture], name: str, says: Callable[[Picture], bool]) -> Outage:
    control = stage.system().control
    with rolled_back(control, lambda: _well(look), within=30):
        control.dependency(name).stop()
        loss = changed(look, says, within=TOLD_WITHIN)
        meanwhile = _looks(look) if loss.seconds is not None else [look()]
        control.dependency(name).start()
        recovery = changed(look, Picture.says_healthy, within=TOLD_WITHIN)
    return Outage(loss, meanwhile, recovery)


def _looks(look: Callable[[], Picture]) -> list[Picture]:
    deadline, pace, seen = Deadline(KEEP_LOOKING, "looking on"), Pace(LOOK_EVERY), list[Picture]()
    while not deadline.expired:
        pace.wait()
        seen.append(look())
    return seen


def _well(look: Callable[[], Picture]) -> None:
    seen = look()
    assert seen.ready_code == 200, str(seen)
