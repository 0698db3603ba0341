"""Matchers for calls while the database is away: each is turned away soon and in the one form, none is left hanging."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.modelhub.errors import Refusal, explained
from countersign.transport.answer import Answer

AWAY, CODE = 503, "DEPENDENCY_DOWN"
NOTICED_WITHIN = 5.0
"""Seconds after the loss in which what was just read may still be told (contract, section 10)."""


@dataclass(frozen=True)
class Asked:
    """A call while the database is away: seconds after its loss, seconds it took, its answer or why there is none."""

    what: str
    after: float
    seconds: float
    answer: Answer | None
    problem: str = ""


class TurnedAway(Lacking[Asked]):
    """See `turned_away`."""

    expected = "a call that is turned away in the hub's one form, with the time to come again and what to do next"

    def lack(self, item: Any) -> str:
        """Say how it was answered."""
        if item.answer is None:
            return f"{item.what} was left without an answer for {item.seconds:.2f} s ({item.problem})"
        if item.after < NOTICED_WITHIN and item.answer.status < 300:
            return ""
        return explained().lack(Refusal(item.what, item.answer, AWAY, CODE))


def turned_away() -> TurnedAway:
    """Match a call that was refused because the database is away (or, in the first 5 s, still answered)."""
    return TurnedAway()
