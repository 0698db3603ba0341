"""Matchers for the nurses' queue: its order, its counts, what is in it and for how long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.report_model import Queue, Waiting

URGENCIES = ("immediate", "urgent", "routine")
"""From the most to the least urgent."""

ROUNDING = 0.7
"""Seconds by which a waiting time may differ from the time that passed (minutes with two digits)."""


def rank(entry: Waiting) -> tuple[bool, int, str]:
    """Give what the queue is sorted by: red flags, urgency, longest waiting (contract, section 6.5)."""
    return (not entry.has_red_flags, URGENCIES.index(entry.urgency), entry.created_at)


class InOrder(Lacking[Queue]):
    """See `in_order`."""

    expected = "a queue with red flags first, then by urgency, then the longest waiting first"

    def __init__(self, own: Sequence[str]) -> None:
        self.own = tuple(own)

    def lack(self, item: Any) -> str:
        """Name the first report that stands too far behind."""
        listed = [each for each in item.ids if each in self.own]
        for expected, there in zip(self.own, listed, strict=False):
            if expected != there:
                found, wanted = (next(e for e in item.entries if e.id == each) for each in (there, expected))
                return f"{_named(found)} stands where {_named(wanted)} has to stand"
        for place, (before, behind) in enumerate(zip(item.entries, item.entries[1:], strict=False), 1):
            if rank(before) > rank(behind):
                return f"number {place} ({_named(before)}) stands before number {place + 1} ({_named(behind)})"
        return "" if item.entries else "the queue is empty"


def in_order(own: Sequence[str] = ()) -> InOrder:
    """Match a queue in the order of the contract (section 6.5).

    `own` are reports whose kinds and moments are known, in the order they have to stand in; the rest is judged by what
    the queue says of them.
    """
    return InOrder(own)


class Holding(Lacking[Queue]):
    """See `holding`."""

    def __init__(self, ids: Collection[str], gone: Collection[str]) -> None:
        self.ids, self.gone = tuple(ids), tuple(gone)
        self.expected = f"a queue with {len(self.ids)} reports, each of them once"
        if self.gone:
            self.expected += f", and without {len(self.gone)} others"

    def lack(self, item: Any) -> str:
        """Say which reports are missing, double, or still there."""
        missing = [each for each in self.ids if item.ids.count(each) == 0]
        double = [each for each in self.ids if item.ids.count(each) > 1]
        still = [each for each in self.gone if each in item.ids]
        parts = [
            f"{len(found)} of them {said}"
            for found, said in ((missing, "are missing"), (double, "are there twice"))
            if found
        ]
        return "; ".join([*parts, *([f"{len(still)} that have to be gone are there"] if still else [])])


def holding(ids: Collection[str], *, without: Collection[str] = ()) -> Holding:
    """Match a queue that holds every one of these reports once, and none of the others."""
    return Holding(ids, without)


@dataclass(frozen=True)
class Counted:
    """A page of the queue, and all reports that match what was asked for (`what`)."""

    what: str
    page: Queue
    everything: Sequence[Waiting]


class TrulyCounted(Lacking[Counted]):
    """See `truly_counted`."""

    expected = "a total and counters that count every match, not the page"

    def lack(self, item: Any) -> str:
        """Name the first counter that is wrong."""
        counted = {
            "total": (item.page.total, len(item.everything)),
            "urgent": (item.page.urgent, sum(entry.urgency == "urgent" for entry in item.everything)),
            "immediate": (item.page.immediate, sum(entry.urgency == "immediate" for entry in item.everything)),
            "flagged": (item.page.red_flags, sum(entry.has_red_flags for entry in item.everything)),
        }
        for name, (told, there) in counted.items():
            if told != there:
                return f"{item.what}: {name} is {told}, there are {there}"
        return "" if item.everything else f"{item.what}: nothing matches, so nothing was counted"


def truly_counted() -> TrulyCounted:
    """Match a page whose counters agree with everything there is."""
    return TrulyCounted()


@dataclass(frozen=True)
class TwoLooks:
    """The waiting minutes of one report at two looks, and the least and most seconds that passed between them."""

    report_id: str
    first: float
    second: float
    least: float
    most: float


class Growing(Lacking[TwoLooks]):
    """See `growing`."""

    expected = "a waiting time in minutes that grows with the clock"

    def lack(self, item: Any) -> str:
        """Say how it grew."""
        grown = 60 * (item.second - item.first)
        if item.second > item.first and item.least - ROUNDING < grown < item.most + ROUNDING:
            return ""
        told = f"it went from {item.first:.4f} to {item.second:.4f} minutes"
        return f"{told} while {item.least:.2f} to {item.most:.2f} s passed"


def growing() -> Growing:
    """Match two looks at a waiting time that is more at the second, by the time that passed."""
    return Growing()


def _named(entry: Waiting) -> str:
    return f"{entry.urgency}, {'with' if entry.has_red_flags else 'without'} red flags, of {entry.created_at}"
