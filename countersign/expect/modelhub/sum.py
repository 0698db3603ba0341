"""Matchers for a speed limit on the sum of several downloads, by what left the source over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.modelhub.speed import BITS, LEAST, MOST, WINDOW_SECONDS

SLOT = 0.25
"""Seconds of one entry of the source's timeline (contract, section 11.1)."""


@dataclass(frozen=True)
class Flow:
    """What left the source, as bytes per quarter of a second from `began` on, under a limit in Mbps.

    `changed_at` is the moment, by the source's clock, at which the limit became `changed_to`.
    """

    began: float
    slots: Sequence[int]
    limit: float
    changed_to: float
    changed_at: float

    def fastest(self, since: float, until: float) -> float:
        """Give the highest rate over 3 s between two moments, in Mbps; what comes in less than 3 s counts for 3 s."""
        width = round(WINDOW_SECONDS / SLOT)
        first = max(0, round((since - self.began) / SLOT))
        last = min(len(self.slots), round((until - self.began) / SLOT))
        sums = [sum(self.slots[at : min(at + width, last)]) for at in range(first, last)]
        return 8 * max(sums, default=0) / BITS / WINDOW_SECONDS

    @property
    def first_until(self) -> float:
        """Give the end of the quarter of a second in which the limit was changed."""
        return self.changed_at + SLOT

    @property
    def ended(self) -> float:
        """Give the moment after which nothing left."""
        return self.began + len(self.slots) * SLOT

    @property
    def could(self) -> float:
        """Give the megabits that the limits would have let through from the first byte to the last."""
        return self.limit * (self.changed_at - self.began) + self.changed_to * (self.ended - self.changed_at)

    @property
    def came(self) -> float:
        """Give the megabits that left."""
        return 8 * sum(self.slots) / BITS


def flow_of(timeline: Sequence[Mapping[str, Any]], limit: float, changed_to: float, changed_at: float) -> Flow:
    """Make the flow of a timeline of the source; a quarter of a second in which nothing left is not in it."""
    by_slot = {round(each["at"] / SLOT): int(each["bytes"]) for each in timeline if each["bytes"]}
    first, last = min(by_slot), max(by_slot)
    return Flow(first * SLOT, [by_slot.get(at, 0) for at in range(first, last + 1)], limit, changed_to, changed_at)


class HoldsForTheSum(Lacking[Flow]):
    """See `holds_for_the_sum`."""

    expected = "at most 110 percent of a limit over any 3 s, and at least 70 percent on the whole"

    def lack(self, item: Any) -> str:
        """Say how fast it was, or how slow."""
        fastest = item.fastest(item.began, item.first_until)
        if fastest > MOST * item.limit:
            return f"{fastest:.1f} Mbps left over 3 s under a limit of {item.limit:g} Mbps for the sum"
        if item.came < LEAST * item.could:
            return f"only {item.came:.0f} of {item.could:.0f} Mbit left that the limit allows"
        short = item.first_until - item.began < WINDOW_SECONDS
        return "there were no 3 s under the first limit" if short else ""


def holds_for_the_sum() -> HoldsForTheSum:
    """Match a flow that keeps its limit and uses it."""
    return HoldsForTheSum()


class SumFollows(Lacking[Flow]):
    """See `sum_follows`."""

    def __init__(self, within: float) -> None:
        self.within = within
        self.expected = f"a changed limit for the sum in force after {within:g} s"

    def lack(self, item: Any) -> str:
        """Say how fast it was afterwards."""
        fastest = item.fastest(item.changed_at + self.within, item.ended)
        if fastest > MOST * item.changed_to:
            return f"{fastest:.1f} Mbps left over 3 s after the limit for the sum became {item.changed_to:g} Mbps"
        short = item.ended - item.changed_at - self.within < WINDOW_SECONDS
        return "all was over before 3 s under the new limit had passed" if short else ""


def sum_follows(within: float) -> SumFollows:
    """Match a flow that keeps a changed limit from so many seconds after the change on."""
    return SumFollows(within)
