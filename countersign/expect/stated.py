"""A matcher made of a statement and a question: what is lacking, in the owner's words."""

from collections.abc import Callable
from typing import Any, TypeVar

from countersign.expect.lacking import Lacking

T = TypeVar("T")


class Stated(Lacking[T]):
    """See `stated`."""

    def __init__(self, expected: str, lack: Callable[[T], str]) -> None:
        self.expected = expected
        self._lack = lack

    def lack(self, item: Any) -> str:
        """Say what the item lacks, in one clause; empty if nothing."""
        return self._lack(item)


def stated(expected: str, lack: Callable[[T], str]) -> Stated[T]:
    """Match whatever `lack` finds nothing wrong with.

    `expected` completes "expected ..." ("a score from 0 to 100"); `lack` gives what was seen instead, or "".
    """
    return Stated(expected, lack)
