"""Matchers for the numbers that a system gives to things: each is given once."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from countersign.expect.lacking import Lacking


class AllDifferent(Lacking[Sequence[int]]):
    """See `all_different`."""

    def __init__(self, count: int, what: str) -> None:
        self.count = count
        self.expected = f"{count} {what} with different numbers"

    def lack(self, item: Any) -> str:
        """Say how many different numbers there were, and which was given most often."""
        if len(item) == self.count == len(set(item)):
            return ""
        number, times = max(Counter(item).items(), key=lambda pair: pair[1], default=(0, 0))
        told = f"there were {len(item)} with {len(set(item))} different numbers"
        return f"{told}; number {number} was given {times} times" if times > 1 else told


def all_different(count: int, what: str) -> AllDifferent:
    """Match exactly `count` numbers of which no two are the same; `what` has them, for the message."""
    return AllDifferent(count, what)
