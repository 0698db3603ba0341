"""The plain form of a matcher: what was expected, and what an item lacks of it."""

from abc import abstractmethod
from typing import Any, Generic, TypeVar

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

T = TypeVar("T")


class Lacking(BaseMatcher[T], Generic[T]):
    """Match what lacks nothing.

    `expected` completes "expected ..."; `lack` completes "but ..." and is empty for a match.
    """

    expected = ""

    @abstractmethod
    def lack(self, item: Any) -> str:
        """Say what the item lacks, in one clause; empty if nothing."""

    def _matches(self, item: Any) -> bool:
        return not self.lack(item)

    def describe_to(self, description: Description) -> None:
        description.append_text(self.expected)

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(self.lack(item))
