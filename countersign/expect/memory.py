"""Matchers for what a system still knows of a conversation."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

from countersign.systems.chattrain.stored import Stored

SHOWN = 60


class RemembersExactly(BaseMatcher[Mapping[str, Sequence[Stored]]]):
    """Match memories (by the way they are told) each of which holds exactly these messages, in this order."""

    def __init__(self, expected: Sequence[Stored]) -> None:
        self.expected = list(expected)

    def _matches(self, item: Any) -> bool:
        return self._first_difference(item) == ""

    def _first_difference(self, memories: Mapping[str, Sequence[Stored]]) -> str:
        for way, found in memories.items():
            for number, (kept, wanted) in enumerate(zip_longest(found, self.expected), 1):
                if kept != wanted:
                    held = f"{way} holds {len(found)} of {len(self.expected)} messages" if wanted else f"{way} has more"
                    return f"{held}; message {number} is {_told(kept)} instead of {_told(wanted)}"
        return "" if memories else "the system offers no way to see it again"

    def describe_to(self, description: Description) -> None:
        description.append_text(
            f"all {len(self.expected)} messages of the conversation with their feedback, each once and in order"
        )

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(self._first_difference(item))


def remembers_exactly(expected: Sequence[Stored]) -> RemembersExactly:
    """Match memories that hold these messages, each once and in order, by every way they are told."""
    return RemembersExactly(expected)


def _told(message: Stored | None) -> str:
    if message is None:
        return "nothing"
    who = "the trainee's" if message.role == "user" else "the customer's"
    return f"{who} {message.text[:SHOWN]!r} (number {message.id}{_rating(message)})"


def _rating(message: Stored) -> str:
    if message.role != "user":
        return ""
    return ", not rated" if message.score is None else f", rated {message.score}: {(message.comment or '')[:SHOWN]!r}"
