"""Matcher for the calls a second of a part of the hub."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Reached:
    """How many calls a second a part answered, and how many were agreed at least."""

    part: str
    rate: float
    least: float


class AsQuickAsAgreed(Lacking[Reached]):
    """See `as_quick_as_agreed`."""

    expected = "at least as many calls a second as were agreed"

    def lack(self, item: Reached) -> str:
        """Say how many it were."""
        if item.rate >= item.least:
            return ""
        return f"{item.part} was answered {item.rate:.4g} times a second, {item.least:g} were agreed"


def as_quick_as_agreed() -> AsQuickAsAgreed:
    """Match a part that answers at least as many calls a second as were agreed."""
    return AsQuickAsAgreed()
