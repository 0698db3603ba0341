"""Match every item of a collection, and say which one did not fit. An empty collection never fits."""

from collections.abc import Sequence
from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description
from hamcrest.core.matcher import Matcher


class Every(BaseMatcher[Sequence[Any]]):
    """See `every`."""

    def __init__(self, matcher: Matcher[Any]) -> None:
        self.matcher = matcher

    def _matches(self, item: Any) -> bool:
        return bool(item) and all(self.matcher.matches(each) for each in item)

    def describe_to(self, description: Description) -> None:
        description.append_text("each one ").append_description_of(self.matcher)

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        if not item:
            mismatch_description.append_text("there was none at all")
            return
        wrong = [number for number, each in enumerate(item, 1) if not self.matcher.matches(each)]
        mismatch_description.append_text(f"{len(wrong)} of {len(item)} did not, the first is number {wrong[0]}: ")
        self.matcher.describe_mismatch(item[wrong[0] - 1], mismatch_description)


def every(matcher: Matcher[Any]) -> Every:
    """Match a collection with at least one item, each of which matches."""
    return Every(matcher)
