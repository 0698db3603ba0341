"""Matchers for many single operations: all went well, few enough failed, none took too long."""

from collections.abc import Sequence
from typing import Any

from countersign.evidence.operations import Operation
from countersign.expect.lacking import Lacking


class FewFailed(Lacking[Sequence[Operation]]):
    """See `all_succeeded` and `fewer_failed_than`. `percent` of 100 must not be reached; 0 allows no failed one."""

    def __init__(self, percent: float, least: int) -> None:
        self.percent, self.least = percent, least
        failing = f"fewer than {percent:g} failed of 100" if percent else "none failed"
        self.expected = f"at least {least} operations, of which {failing}"

    def lack(self, item: Any) -> str:
        """Say how many failed and which was the first, or that there were too few."""
        failed = [operation for operation in item if operation.failed]
        if failed and len(failed) * 100 >= self.percent * len(item):
            share = 100 * len(failed) / len(item)
            return f"{len(failed)} of {len(item)} failed ({share:.1f} of 100), the first was {failed[0]}"
        return f"there were only {len(item)}" if len(item) < self.least else ""


class MostSucceeded(Lacking[Sequence[Operation]]):
    """See `most_succeeded`."""

    def __init__(self, percent: float, least: int) -> None:
        self.percent, self.least = percent, least
        self.expected = f"at least {least} operations, of which {percent:g} of 100 are answered"

    def lack(self, item: Any) -> str:
        """Say how many were answered and which was the first that was not, or that there were too few."""
        failed = [operation for operation in item if operation.failed]
        answered = len(item) - len(failed)
        if failed and answered * 100 < self.percent * len(item):
            return f"{answered} of {len(item)} were answered, the first that was not: {failed[0]}"
        return f"there were only {len(item)}" if len(item) < self.least else ""


def most_succeeded(percent: float, least: int) -> MostSucceeded:
    """Match at least so many operations of which at least `percent` of 100 did not fail."""
    return MostSucceeded(percent, least)


class Succeeded(Lacking[Operation]):
    """See `succeeded`."""

    expected = "an operation that went well"

    def lack(self, item: Any) -> str:
        """Tell what became of it."""
        return str(item) if item.failed else ""


def succeeded() -> Succeeded:
    """Match an operation that did not fail."""
    return Succeeded()


def all_succeeded(least: int) -> FewFailed:
    """Match at least so many operations of which none failed."""
    return FewFailed(0, least)


def fewer_failed_than(percent: float, least: int) -> FewFailed:
    """Match at least so many operations of which fewer than `percent` of 100 failed."""
    return FewFailed(percent, least)


class EachWithin(Lacking[Sequence[Operation]]):
    """See `each_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"each answer within {limit:g} s"

    def lack(self, item: Any) -> str:
        """Say how many took longer and which was the slowest."""
        slow = [operation for operation in item if operation.seconds >= self.limit]
        if not slow:
            return "" if item else "there was none at all"
        slowest = max(slow, key=lambda operation: operation.seconds)
        return f"{len(slow)} of {len(item)} took longer, the slowest was {slowest}"


def each_within(limit: float) -> EachWithin:
    """Match at least one operation, each of which took less than so many seconds."""
    return EachWithin(limit)
