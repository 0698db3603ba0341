"""Matchers for how many of something there may be."""

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description


class NumberOf(BaseMatcher[int]):
    """See `number_of`."""

    def __init__(self, what: str, lowest: int, highest: int) -> None:
        self.what, self.lowest, self.highest = what, lowest, highest

    def _matches(self, item: int) -> bool:
        return self.lowest <= item <= self.highest

    def describe_to(self, description: Description) -> None:
        span = f"{self.lowest}" if self.lowest == self.highest else f"{self.lowest} to {self.highest}"
        description.append_text(f"{span} {self.what}")

    def describe_mismatch(self, item: int, mismatch_description: Description) -> None:
        mismatch_description.append_text(f"there were {item}")


def number_of(what: str, lowest: int, highest: int) -> NumberOf:
    """Match a count from `lowest` to `highest`; `what` says of what ("lines accepted of 30")."""
    return NumberOf(what, lowest, highest)
