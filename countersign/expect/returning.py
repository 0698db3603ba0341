"""Match a trainee's way back into a session after the connection was lost."""

from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description


class BackWithin(BaseMatcher[Any]):
    """See `back_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit

    def _matches(self, item: Any) -> bool:
        return not item.trouble and item.seconds < self.limit

    def describe_to(self, description: Description) -> None:
        description.append_text(f"greeted in the session again within {self.limit:g} s")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        what = f"could not get back in: {item.trouble}" if item.trouble else f"was greeted after {item.seconds:.2f} s"
        mismatch_description.append_text(f"{item.who}, {item.away:g} s after the drop, {what}")


def back_within(limit: float) -> BackWithin:
    """Match a return (who, away, seconds, trouble) that ended with a greeting in less than `limit` seconds."""
    return BackWithin(limit)
