"""Readings of the suite's own clock around what a system is asked to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

T = TypeVar("T")

SLACK = timedelta(seconds=1)
"""By which the clocks of suite and system may differ, rounding included."""


@dataclass(frozen=True)
class Span:
    """The time between two readings of the clock (UTC)."""

    began: datetime
    ended: datetime

    def holds(self, moment: datetime) -> bool:
        """Say whether a moment lies in the span, give or take the slack."""
        return self.began - SLACK <= moment <= self.ended + SLACK

    def __str__(self) -> str:
        return f"{self.began:%H:%M:%S} to {self.ended:%H:%M:%S} UTC"


def timed(act: Callable[[], T]) -> tuple[T, Span]:
    """Do something and give what it brought with the time it took place in."""
    began = datetime.now(UTC)
    result = act()
    return result, Span(began, datetime.now(UTC))
