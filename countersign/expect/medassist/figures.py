"""Matchers for the figures of the dashboard: what they grew by, their rates, their times."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.model import need

ROUNDED = 0.006
"""By how much a rate may be rounded (two digits)."""

MINUTES_ROUNDED = 0.005
"""By how many minutes a time may be rounded (two digits)."""

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class TwoReadings:
    """The figures before and after something, and by how much each has to have grown (urgencies by their name)."""

    before: Figures
    after: Figures
    due: Mapping[str, int]


def count(figures: Figures, name: str) -> int:
    """Read a count of the dashboard, or that of an urgency."""
    where = "the dashboard"
    if name in ("immediate", "urgent", "routine"):
        return int(need(need(figures, "urgency_breakdown", Mapping, where), name, int, where))  # type: ignore[type-abstract]
    return int(need(figures, name, int, where))


class GrewBy(Lacking[TwoReadings]):
    """Match two readings between which every count grew as it had to."""

    expected = "figures that grew by what happened between two readings"

    def lack(self, item: Any) -> str:
        """Name every count that grew otherwise."""
        grown = {name: count(item.after, name) - count(item.before, name) for name in item.due}
        wrong = [f"{name} by {grown[name]} instead of {due}" for name, due in item.due.items() if grown[name] != due]
        return f"they grew: {', '.join(wrong)}" if wrong else ""


def grew_as_due() -> GrewBy:
    """Match two readings between which every count grew as it had to."""
    return GrewBy()


class Rated(Lacking[Figures]):
    """See `rated_at`."""

    def __init__(self, approved: float, overridden: float) -> None:
        self.due = {"approval_rate": approved, "override_rate": overridden}
        self.expected = f"rates of {approved:g} approved and {overridden:g} overridden"

    def lack(self, item: Any) -> str:
        """Say what the rates are."""
        told = {name: need(item, name, (int, float), "the dashboard") for name in self.due}
        if all(abs(told[name] - due) < ROUNDED for name, due in self.due.items()):
            return ""
        return ", ".join(f"{name.replace('_', ' ')} is {value:.3f}" for name, value in told.items())


def rated_at(approved: float, overridden: float) -> Rated:
    """Match figures with these rates (0 to 1)."""
    return Rated(approved, overridden)


@dataclass(frozen=True)
class Clocked:
    """A time the dashboard tells in minutes, and the least and most it can be by the suite's own clock."""

    what: str
    told: float | None
    least: float
    most: float


class AsClocked(Lacking[Clocked]):
    """Match a time that lies within what the suite has clocked."""

    expected = "a time in minutes as the suite has clocked it"

    def lack(self, item: Any) -> str:
        """Say what is told and what was clocked."""
        if item.told is not None and item.least - MINUTES_ROUNDED <= item.told <= item.most + MINUTES_ROUNDED:
            return ""
        told = "nothing" if item.told is None else f"{item.told:.3f}"
        return f"{item.what} is told as {told} minutes, clocked were {item.least:.3f} to {item.most:.3f}"


def as_clocked() -> AsClocked:
    """Match a time that lies within what the suite has clocked."""
    return AsClocked()
