"""The operator watches the health through an outage of the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from countersign.expect.outage_told import says_gone, says_healthy, words_of
from countersign.faults import rolled_back
from countersign.journeys.changes import LOOK_EVERY, Change, changed
from countersign.journeys.chattrain.operator import Operator
from countersign.load.pace import Pace
from countersign.systems.chattrain.model import Health
from countersign.transport.deadline import Deadline

KEEP_LOOKING = 2.0


@dataclass(frozen=True)
class Watch:
    """What the health said around an outage: when it told of the loss, everything between then and the return of the
    database, and when it was healthy again."""

    loss: Change
    meanwhile: Sequence[Health]
    recovery: Change


def watches_outage(operator: Operator) -> Watch:
    """Take the database away and give it back while the operator looks at the health ten times a second.

    It stays away until the health has told of it and for 2 s more.
    """
    control = operator.system.control
    with rolled_back(control, operator.finds_it_well):
        control.dependency("database").stop()
        loss = _until(operator, says_gone, 8.0)
        meanwhile = _looks(operator, KEEP_LOOKING) if loss.seconds is not None else []
        control.dependency("database").start()
        recovery = _until(operator, says_healthy, 15.0)
    return Watch(loss, meanwhile, recovery)


def _until(operator: Operator, says: Callable[[Health], bool], within: float) -> Change:
    return changed(operator.health, says, within=within, words=words_of)


def _looks(operator: Operator, seconds: float) -> list[Health]:
    deadline, pace, looks = Deadline(seconds, "looking on"), Pace(LOOK_EVERY), list[Health]()
    while not deadline.expired:
        pace.wait()
        looks.append(operator.health())
    return looks
