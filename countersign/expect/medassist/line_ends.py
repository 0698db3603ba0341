"""Matcher for open lines that end when the access of whoever opened them ends."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking

POLICY = 1008


@dataclass(frozen=True)
class Ending:
    """How a line ended: the code it was closed with (None: it stayed open) and the seconds it lived on."""

    line: str
    code: int | None
    seconds: float


class EndedWithAccess(Lacking[Ending]):
    """See `ended_with_access`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"an open line closed with {POLICY} within {limit:g} s after its access ended"

    def lack(self, item: Ending) -> str:
        """Say how it went on."""
        if item.code is None:
            return f"{item.line} was still open after {item.seconds:.1f} s"
        if item.code != POLICY:
            return f"{item.line} was closed with {item.code}"
        return "" if item.seconds <= self.limit else f"{item.line} was closed after {item.seconds:.1f} s"


def ended_with_access(limit: float) -> EndedWithAccess:
    """Match a line that was closed with 1008 at most `limit` seconds after its access ended."""
    return EndedWithAccess(limit)
