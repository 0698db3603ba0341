"""Matchers for load that rises past the breaking point of the hub, and for the relief after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from countersign.expect.lacking import Lacking

COLLAPSE = 0.5
"""A step that is served at less than this share of the rate of the one before has collapsed."""
UNFELT = 0.1
"""Seconds more that nobody feels."""
SLOW, ERRORS = 0.5, 5.0
"""The breaking point: 95 of 100 take longer than so many seconds, or more than so many of 100 fail."""


@dataclass(frozen=True)
class RisingStep:
    """So many clients who ask without a pause: answers per second, seconds that 95 of 100 kept, failed of 100."""

    clients: int
    calls: int
    rate: float
    within: float
    failed: float

    @property
    def broken(self) -> bool:
        """Say whether this is beyond the breaking point."""
        return self.within > SLOW or self.failed > ERRORS

    def __str__(self) -> str:
        return f"{self.clients} clients: {self.rate:.0f} per second, 95 of 100 within {1000 * self.within:.0f} ms"


@dataclass(frozen=True)
class Relief:
    """How it was for one client afterwards: the seconds until calls were as before the rise (None: they were not).

    `within` are the seconds that 95 of 100 of its last calls kept, `before` those before the rise, `failed` says how
    many of the last ones failed.
    """

    after: float | None
    within: float
    before: float
    failed: int
    calls: int


def as_quick_as(before: float) -> float:
    """Give the seconds that 95 of 100 calls keep which are as quick as before."""
    return min(SLOW, before + UNFELT)


class SlowsGradually(Lacking[Sequence[RisingStep]]):
    """See `slows_gradually`."""

    expected = "a rate that never falls under half of the one before while the load rises"

    def lack(self, item: Any) -> str:
        """Name the step at which it collapsed."""
        for before, after in pairwise(item):
            if after.rate < COLLAPSE * before.rate:
                return f"the rate fell under half: {before}; {after}"
        return "" if len(item) > 1 else f"only {len(item)} step was seen"


def slows_gradually() -> SlowsGradually:
    """Match steps of rising load of which none collapses."""
    return SlowsGradually()


class QuickAgain(Lacking[Relief]):
    """See `quick_again`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"calls as quick as ever and without an error within {limit:g} s of the relief"

    def lack(self, item: Any) -> str:
        """Say how it was instead."""
        if item.after is not None and item.after <= self.limit:
            return ""
        speed = f"95 of 100 calls took up to {1000 * item.within:.0f} ms ({1000 * item.before:.0f} ms before)"
        return f"in the end {speed} and {item.failed} of {item.calls} failed"


def quick_again(limit: float) -> QuickAgain:
    """Match a relief after which it was well again within so many seconds."""
    return QuickAgain(limit)
