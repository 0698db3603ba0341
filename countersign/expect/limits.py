"""Matchers for figures: times, rates and counts against the limit that the sentence names."""

from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

from countersign.expect.lacking import Lacking


class Within(BaseMatcher[float]):
    """Match a time in seconds below a limit."""

    def __init__(self, limit: float, what: str) -> None:
        self.limit, self.what = limit, what

    def _matches(self, item: Any) -> bool:
        return bool(item < self.limit)

    def describe_to(self, description: Description) -> None:
        description.append_text(f"{self.what} within {self.limit:g} s")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(f"it took {item:.2f} s")


def within(limit: float, what: str) -> Within:
    """Match a time in seconds below `limit`; `what` is what had to happen, for the message."""
    return Within(limit, what)


class Reaches(Lacking[float]):
    """Match a figure that is at least (or, if `above`, more than) what the sentence names."""

    def __init__(self, limit: float, what: str, *, above: bool) -> None:
        self.limit, self.above = limit, above
        self.expected = f"{'more than' if above else 'at least'} {limit:g} {what}"

    def lack(self, item: Any) -> str:
        """Say what the figure was."""
        return "" if (item > self.limit if self.above else item >= self.limit) else f"it was {item:.4g}"


def at_least(limit: float, what: str) -> Reaches:
    """Match a figure of at least `limit`; `what` is what is counted, for the message."""
    return Reaches(limit, what, above=False)


def more_than(limit: float, what: str) -> Reaches:
    """Match a figure above `limit`; `what` is what is counted, for the message."""
    return Reaches(limit, what, above=True)


class AtMost(Lacking[float]):
    """See `at_most`."""

    def __init__(self, limit: float, what: str) -> None:
        self.limit = limit
        self.expected = f"at most {limit:.4g} {what}"

    def lack(self, item: Any) -> str:
        """Say what the figure was."""
        return "" if item <= self.limit else f"it was {item:.4g}"


def at_most(limit: float, what: str) -> AtMost:
    """Match a figure of at most `limit`; `what` is what is counted, for the message."""
    return AtMost(limit, what)


class Lasting(Lacking[float]):
    """See `lasting`."""

    def __init__(self, least: float, most: float, what: str) -> None:
        self.least, self.most = least, most
        self.expected = f"{what} after at least {least:g} s and within {most:g} s"

    def lack(self, item: Any) -> str:
        """Say how long it took."""
        return "" if self.least <= item < self.most else f"it took {item:.2f} s"


def lasting(least: float, most: float, what: str) -> Lasting:
    """Match a time in seconds from `least` on and below `most`; `what` is what had to happen, for the message."""
    return Lasting(least, most, what)
