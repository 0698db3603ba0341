"""Matcher for how a patient in the chat hears of a decision."""

from typing import Any, Protocol

from countersign.expect.lacking import Lacking


class HeardOf(Protocol):
    """What became of one decision in the patient's chat; `seconds` is None if nothing was told."""

    @property
    def seconds(self) -> float | None:
        """Seconds from the decision to the word of it."""

    @property
    def told_as(self) -> Any:
        """What was told."""

    @property
    def approved(self) -> bool:
        """What was decided."""


class ToldTruly(Lacking[HeardOf]):
    """See `told_truly`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a decision told to the patient in the chat within {limit:g} s, as it was taken"

    def lack(self, item: Any) -> str:
        """Say what was told, or how late."""
        if item.seconds is None:
            return "no word of it came into the open chat"
        told = (item.told_as.get("status"), item.told_as.get("approved"))
        if told != ("reviewed", item.approved):
            return f"it was told as {told[0]}, approved {told[1]}, and was approved {item.approved}"
        return "" if item.seconds < self.limit else f"it took {item.seconds:.2f} s"


def told_truly(limit: float) -> ToldTruly:
    """Match a decision that was told within `limit` seconds, as it was taken."""
    return ToldTruly(limit)
