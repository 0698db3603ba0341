"""Match an amount with its unit below a limit."""

from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description


class Below(BaseMatcher[float]):
    """See `below`."""

    def __init__(self, limit: float, unit: str, what: str) -> None:
        self.limit, self.unit, self.what = limit, unit, what

    def _matches(self, item: Any) -> bool:
        return bool(item < self.limit)

    def describe_to(self, description: Description) -> None:
        description.append_text(f"{self.what} below {self.limit:g} {self.unit}")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(f"it was {item:.3g} {self.unit}")


def below(limit: float, unit: str, what: str) -> Below:
    """Match an amount in `unit` below `limit`; `what` is what is weighed, for the message."""
    return Below(limit, unit, what)
