"""Matchers for many single operations: all went well, few enough failed, none took too long."""

from collections.abc import Sequence
from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

from countersign.evidence.operations import Operation


class FewFailed(BaseMatcher[Sequence[Operation]]):
    """See `all_succeeded` and `fewer_failed_than`. `percent` is how many of 100 must not be reached; 0 allows none."""

    def __init__(self, percent: float, least: int) -> None:
        self.percent, self.least = percent, least

    def _matches(self, item: Any) -> bool:
        return len(item) >= self.least and self._few(item)

    def _few(self, item: Sequence[Operation]) -> bool:
        failed = sum(operation.failed for operation in item)
        return failed == 0 if self.percent == 0 else failed * 100 < self.percent * len(item)

    def describe_to(self, description: Description) -> None:
        failing = "no failed one" if self.percent == 0 else f"fewer than {self.percent:g} failed ones of 100"
        description.append_text(f"at least {self.least} operations with {failing}")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        if self._few(item):
            mismatch_description.append_text(f"there were only {len(item)}")
            return
        failed = [operation for operation in item if operation.failed]
        share = 100 * len(failed) / len(item)
        mismatch_description.append_text(
            f"{len(failed)} of {len(item)} failed ({share:.1f} of 100), the first was {failed[0]}"
        )


def all_succeeded(least: int) -> FewFailed:
    """Match at least so many operations of which none failed."""
    return FewFailed(0, least)


def fewer_failed_than(percent: float, least: int) -> FewFailed:
    """Match at least so many operations of which fewer than `percent` of 100 failed."""
    return FewFailed(percent, least)


class NoneSlower(BaseMatcher[Sequence[Operation]]):
    """See `each_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit

    def _matches(self, item: Any) -> bool:
        return bool(item) and all(operation.seconds < self.limit for operation in item)

    def describe_to(self, description: Description) -> None:
        description.append_text(f"each answer within {self.limit:g} s")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        slow = [operation for operation in item if operation.seconds >= self.limit]
        if not slow:
            mismatch_description.append_text("there was none at all")
            return
        slowest = max(slow, key=lambda operation: operation.seconds)
        mismatch_description.append_text(f"{len(slow)} of {len(item)} took longer, the slowest was {slowest}")


def each_within(limit: float) -> NoneSlower:
    """Match at least one operation, each of which took less than so many seconds."""
    return NoneSlower(limit)
