"""Matcher for figures that count exactly what happened."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Count:
    """How often something was done, and by how much its figure grew."""

    what: str
    done: int
    counted: int


class CountedExactly(Lacking[Count]):
    """See `counted_exactly`."""

    expected = "a figure that counts exactly what was done"

    def lack(self, item: Any) -> str:
        """Say what was done and what was counted."""
        return "" if item.done == item.counted else f"{item.done} {item.what} were counted as {item.counted}"


def counted_exactly() -> CountedExactly:
    """Match a count that is neither more nor less than what was done."""
    return CountedExactly()
