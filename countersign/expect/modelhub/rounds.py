"""Matchers for rounds of heavy work: what the memory does meanwhile, and what is left behind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from countersign.expect.lacking import Lacking

SHARE_OF_TREND = 4
"""The memory at the end of each half is the average of its last rounds, a fourth of all."""


@dataclass
class Memory:
    """Memory in MB at the start, after each round, and after the rest (None before it)."""

    start: float
    rounds: list[float] = field(default_factory=list)
    rested: float | None = None

    @property
    def growth(self) -> float:
        """By how much it had grown at most."""
        return max(self.rounds) - self.start

    @property
    def trend(self) -> float:
        """By how much it was higher at the end of the second half of the rounds than at the end of the first."""
        width, half = max(1, len(self.rounds) // SHARE_OF_TREND), len(self.rounds) // 2
        first, second = self.rounds[half - width : half], self.rounds[-width:]
        return sum(second) / width - sum(first) / width


class GrewByAtMost(Lacking[Memory]):
    """See `grew_by_at_most`."""

    def __init__(self, limit: float, trend: float) -> None:
        self.limit, self.trend = limit, trend
        self.expected = f"a memory that grows by at most {limit:g} MB, in the second half by at most {trend:g} MB"

    def lack(self, item: Any) -> str:
        """Say how much it grew."""
        if item.growth > self.limit:
            return f"the memory grew by {item.growth:.0f} MB within {len(item.rounds)} rounds"
        return f"the memory rose by {item.trend:.0f} MB in the second half" if item.trend > self.trend else ""


def grew_by_at_most(limit: float, trend: float) -> GrewByAtMost:
    """Match a memory that hardly grew, and did not go on growing."""
    return GrewByAtMost(limit, trend)


class CameBack(Lacking[Memory]):
    """See `memory_came_back`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a memory within {limit:g} MB of that at the start after a rest"

    def lack(self, item: Any) -> str:
        """Say how much more it is."""
        if item.rested is None:
            return "it has had no rest"
        more = item.rested - item.start
        return f"the memory is still {more:.0f} MB above that at the start" if more > self.limit else ""


def memory_came_back(limit: float) -> CameBack:
    """Match a memory that is about as before after a rest."""
    return CameBack(limit)


@dataclass(frozen=True)
class LeftBehind:
    """What is left of all the work: things in words, such as unfinished files, and open files before and after."""

    things: Sequence[str]
    open_before: float | None
    open_after: float | None


class CleanedUp(Lacking[LeftBehind]):
    """See `cleaned_up`."""

    expected = "nothing left behind"
    MORE = 20
    """So many more open files and connections are no heap: some are kept for the next call."""

    def lack(self, item: Any) -> str:
        """Name what is left."""
        if item.things:
            return f"left are {', '.join(item.things[:5])}"
        if item.open_before is not None and item.open_after is not None:
            more = item.open_after - item.open_before
            return f"{more:.0f} more files and connections are open than before" if more > self.MORE else ""
        return ""


def cleaned_up() -> CleanedUp:
    """Match what is left behind if it is nothing."""
    return CleanedUp()
