"""Matchers for the numbers that a system gives to things: each is given once."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description


class AllDifferent(BaseMatcher[Sequence[int]]):
    """See `all_different`."""

    def __init__(self, count: int, what: str) -> None:
        self.count, self.what = count, what

    def _matches(self, item: Any) -> bool:
        return len(item) == self.count and len(set(item)) == self.count

    def describe_to(self, description: Description) -> None:
        description.append_text(f"{self.count} {self.what} with different numbers")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        number, times = max(Counter(item).items(), key=lambda pair: pair[1], default=(0, 0))
        told = f"there were {len(item)} with {len(set(item))} different numbers"
        mismatch_description.append_text(f"{told}; number {number} was given {times} times" if times > 1 else told)


def all_different(count: int, what: str) -> AllDifferent:
    """Match exactly `count` numbers of which no two are the same; `what` has them, for the message."""
    return AllDifferent(count, what)
