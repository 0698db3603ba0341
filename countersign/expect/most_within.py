"""Matcher for many times of which so many have to stay below a limit: "285 of 300 within 2.5 s"."""

from collections.abc import Sequence
from typing import Any

from countersign.expect.lacking import Lacking


class MostWithin(Lacking[Sequence[float]]):
    """See `most_within`."""

    def __init__(self, least: int, of: int, limit: float, what: str) -> None:
        self.least, self.of, self.limit, self.what = least, of, limit, what
        self.expected = f"{least} of {of} {what} within {limit:g} s"

    def lack(self, item: Any) -> str:
        """Say how many were in time and how long the slowest took. Whether they are enough is for the figure to say."""
        if not item:
            return "there was none at all"
        in_time = sum(seconds < self.limit for seconds in item)
        if in_time * self.of >= self.least * len(item):
            return ""
        return f"{in_time} of {len(item)} were, the slowest took {max(item):.2f} s"


def most_within(least: int, of: int, limit: float, what: str) -> MostWithin:
    """Match times in seconds of which the share `least`/`of` is below `limit`; `what` took so long."""
    return MostWithin(least, of, limit, what)
