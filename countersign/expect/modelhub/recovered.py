"""Matchers for many errors of all kinds: what the hub recovers from, and how long that takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class ErrorMet:
    """One error: its kind, what was wanted after it, and the seconds until that came (None: it did not).

    `seen` is what was seen instead. `by` says whether it was to come by itself or by the way out that is offered.
    """

    kind: str
    wanted: str
    by: str
    after: float | None
    seen: str = ""

    @property
    def recovered(self) -> bool:
        """Whether the wanted state came."""
        return self.after is not None


class RecoveredFrom(Lacking[Sequence[ErrorMet]]):
    """See `recovered_from`."""

    def __init__(self, share: float, of: int) -> None:
        self.share, self.of = share, of
        self.expected = f"at least {100 * share:g} of 100 errors, of {of}, to be recovered from"

    def lack(self, item: Any) -> str:
        """Say of how many, kind by kind, and what the first of the others lacks."""
        lost = [each for each in item if not each.recovered]
        good = len(item) - len(lost)
        if len(item) == self.of and good >= self.share * self.of:
            return ""
        if not lost:
            return f"there were only {len(item)}"
        kinds = ", ".join(f"{kind} {_good(item, kind)}" for kind in dict.fromkeys(each.kind for each in item))
        first = lost[0]
        return f"{good} of {len(item)} were ({kinds}): after {first.kind} {first.wanted} {first.by}, but {first.seen}"


def _good(errors: Sequence[ErrorMet], kind: str) -> str:
    ones = [each for each in errors if each.kind == kind]
    return f"{sum(each.recovered for each in ones)} of {len(ones)}"


def recovered_from(share: float, of: int) -> RecoveredFrom:
    """Match `of` errors of which at least `share` (0 to 1) ended in the wanted state."""
    return RecoveredFrom(share, of)
