"""Matchers for a model's figures and for how long its alerts take."""

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.model_figures import ModelFigures

NEAR = 0.0005
"""How far a share of errors may be from what the counts beside it make: a rounding to three digits."""


class Counting(Lacking[ModelFigures]):
    """See `counting`."""

    def __init__(self, requests: int, errors: int) -> None:
        self.requests, self.errors = requests, errors
        self.expected = f"figures of {requests} requests, {errors} of them failed"

    def lack(self, item: ModelFigures) -> str:
        """Give the figures that were told."""
        if (item.requests, item.errors) != (self.requests, self.errors):
            return f"they tell of {item.requests} requests, {item.errors} of them failed"
        share = self.errors / self.requests
        return "" if abs(item.error_rate - share) <= NEAR else f"they tell a share of errors of {item.error_rate:g}"


def counting(requests: int, errors: int) -> Counting:
    """Match figures with these counts and the share of errors that they make."""
    return Counting(requests, errors)


class Lasting(Lacking[ModelFigures]):
    """See `taking`."""

    def __init__(self, least: float, most: float) -> None:
        self.least, self.most = least, most
        self.expected = f"an average and a 95th percentile from {least:g} s up to the {most:.2f} s that were waited"

    def lack(self, item: ModelFigures) -> str:
        """Give the times that were told."""
        average, p95 = item.average_ms / 1000, item.p95_ms / 1000
        fits = self.least <= average <= self.most and self.least <= p95 <= self.most
        return "" if fits else f"the average is told as {average:.3f} s and the percentile as {p95:.3f} s"


def taking(least: float, most: float) -> Lasting:
    """Match figures whose times, in seconds, lie between what was caused and what the asker waited at most."""
    return Lasting(least, most)


class ComingWithin(Lacking[float | None]):
    """See `coming_within`."""

    def __init__(self, what: str, limit: float) -> None:
        self.limit = limit
        self.expected = f"{what} within {limit:g} s"

    def lack(self, item: float | None) -> str:
        """Say how long it took, or that it did not come."""
        if item is None:
            return "it was waited for in vain"
        return "" if item < self.limit else f"it took {item:.2f} s"


def coming_within(what: str, limit: float) -> ComingWithin:
    """Match the seconds until something came; None says that it did not."""
    return ComingWithin(what, limit)
