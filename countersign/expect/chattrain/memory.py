"""Matchers for what a system still knows of a conversation."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.stored import Stored

SHOWN = 60


class RemembersExactly(Lacking[Mapping[str, Sequence[Stored]]]):
    """See `remembers_exactly`."""

    def __init__(self, messages: Sequence[Stored]) -> None:
        self.messages = list(messages)
        self.expected = (
            f"all {len(self.messages)} messages of the conversation with their feedback, each once and in order"
        )

    def lack(self, item: Any) -> str:
        """Say by which way of telling the first message differs."""
        for way, found in item.items():
            for number, (kept, wanted) in enumerate(zip_longest(found, self.messages), 1):
                if kept != wanted:
                    held = f"{way} holds {len(found)} messages"
                    return f"{held}; message {number} is {_told(kept)} instead of {_told(wanted)}"
        return "" if item else "the system offers no way to see it again"


def remembers_exactly(messages: Sequence[Stored]) -> RemembersExactly:
    """Match memories that hold these messages, each once and in order, by every way they are told."""
    return RemembersExactly(messages)


def _told(message: Stored | None) -> str:
    if message is None:
        return "nothing"
    who = "the trainee's" if message.role == "user" else "the customer's"
    return f"{who} {message.text[:SHOWN]!r} (number {message.id}{_rating(message)})"


def _rating(message: Stored) -> str:
    if message.role != "user":
        return ""
    return ", not rated" if message.score is None else f", rated {message.score}: {(message.comment or '')[:SHOWN]!r}"
