"""Matcher for a hub that is whole again after parts of it were away."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Whole:
    """Seconds from the return of the last part until everything was whole; None with what was still lacking."""

    seconds: float | None
    lacking: str


class WholeWithin(Lacking[Whole]):
    """See `whole_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"everything to be whole again {limit:g} s after the last part is back"

    def lack(self, item: Any) -> str:
        """Say what was lacking, or when it was whole."""
        if item.seconds is None:
            return str(item.lacking)
        return "" if item.seconds <= self.limit else f"it took {item.seconds:.1f} s"


def whole_within(limit: float) -> WholeWithin:
    """Match a hub that was whole again within `limit` seconds."""
    return WholeWithin(limit)
