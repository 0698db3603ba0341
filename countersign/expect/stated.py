"""A matcher made of a statement and a question: what is lacking, in the owner's words."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

T = TypeVar("T")


class Stated(BaseMatcher[Any], Generic[T]):
    """See `stated`."""

    def __init__(self, what: str, lack: Callable[[T], str]) -> None:
        self.what, self.lack = what, lack

    def _matches(self, item: Any) -> bool:
        return self.lack(item) == ""

    def describe_to(self, description: Description) -> None:
        description.append_text(self.what)

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(self.lack(item))


def stated(what: str, lack: Callable[[T], str]) -> Stated[T]:
    """Match whatever `lack` finds nothing wrong with.

    `what` is what is expected ("a score from 0 to 100"); `lack` gives what was seen instead, or an empty text.
    """
    return Stated(what, lack)
