"""Matchers for connections on which nothing is said: the living one stays, the dead one is ended."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking

MISSED = 4408
TOLERANCE = 0.25
"""Share of an interval that a ping may be early or late and still be one of each interval."""


@dataclass(frozen=True)
class Quiet:
    """A connection on which nothing is said but answers to pings. Times are seconds from asking for it.

    `seconds` is when it ended or was last looked at, `ended` the code it was closed with (None: still open).
    """

    interval: float
    seconds: float
    pings: tuple[float, ...]
    ended: int | None


class StaysOpen(Lacking[Quiet]):
    """See `stays_open_for`."""

    def __init__(self, intervals: int) -> None:
        self.intervals = intervals
        self.expected = f"a connection that answers pings to be asked once an interval and stay open for {intervals}"

    def lack(self, item: Quiet) -> str:
        """Say when it ended, or that it was not asked."""
        if item.ended is not None:
            return f"it was closed with {item.ended} after {item.seconds / item.interval:.1f} intervals"
        if item.seconds < self.intervals * item.interval:
            return f"it was watched for {item.seconds / item.interval:.1f} intervals only"
        least = self.intervals - 1
        if len(item.pings) < least:
            return f"it was asked {len(item.pings)} times in {self.intervals} intervals, expected at least {least}"
        early = item.pings[0] < (1 - TOLERANCE) * item.interval
        return f"it was asked after {item.pings[0]:.2f} s, announced were {item.interval:g} s" if early else ""


def stays_open_for(intervals: int) -> StaysOpen:
    """Match a quiet connection that was asked for a sign of life at the announced pace and stayed open."""
    return StaysOpen(intervals)


class EndedAsDead(Lacking[Quiet]):
    """See `ended_as_dead`."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most
        self.expected = (
            f"a connection that answers nothing to be closed with {MISSED} after {least} to {most} intervals"
        )

    def lack(self, item: Quiet) -> str:
        """Say when and how it ended, or that it did not."""
        after = item.seconds / item.interval
        if item.ended is None:
            return f"it was still open after {after:.1f} intervals, asked {len(item.pings)} times"
        if item.ended != MISSED:
            return f"it was closed with {item.ended} after {after:.1f} intervals"
        return "" if self.least <= after <= self.most else f"it was closed after {after:.1f} intervals"


def ended_as_dead(least: int, most: int) -> EndedAsDead:
    """Match a connection that answered nothing and was closed for that after `least` to `most` intervals."""
    return EndedAsDead(least, most)
