"""The one way to wait for something that a system does in its own time."""

import time
from collections.abc import Callable
from typing import TypeVar

from countersign.errors import CountersignError
from countersign.evidence.waiting import waiting
from countersign.transport.deadline import Deadline

T = TypeVar("T")


def eventually(
    question: Callable[[], T], within: float | Deadline, every: float = 0.05, *, what: str = "it to hold"
) -> T:
    """Ask until the question is answered without an AssertionError, and give its answer.

    `within` and `every` are seconds. Only the expected mismatch is waited out: a plain AssertionError, as matchers
    raise it. Whatever says that the system or the suite is broken (SystemUnreachable, ContractBroken, TypeError, ...)
    ends the waiting at once; a question for which such an error is the mismatch, "the system is back", uses
    `unless_raised`. The question is asked once more when the time is up, so a late answer is not missed between two
    looks. Raises DeadlineExceeded with the last observation.
    """
    deadline = Deadline.of(within, f"waited for {what}")
    while True:
        last_chance = deadline.expired
        try:
            return question()
        except CountersignError:
            raise
        except AssertionError as mismatch:
            if last_chance:
                raise deadline.exceeded(" ".join(str(mismatch).split()) or "nothing") from mismatch
        with waiting():
            time.sleep(min(every, deadline.remaining))


def unless_raised(question: Callable[[], T], *errors: type[CountersignError]) -> Callable[[], T]:
    """Make a question of which these errors are the expected mismatch, for `eventually`.

    Examples::

        eventually(unless_raised(client.health, SystemUnreachable, LineClosed), within=10, what="the system to be back")
    """

    def asked() -> T:
        try:
            return question()
        except errors as error:
            raise AssertionError(str(error)) from error

    return asked
