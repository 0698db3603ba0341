"""Match texts that must hold nothing of something: personal numbers, answer keys, paths of a disk, program text.

What was looked for is named in the message, never quoted: it may be a person's number or a secret.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

NAMED_AT_MOST = 4


@dataclass(frozen=True)
class Trace:
    """Something that must not be found, and what it is called in a message ("the card number of row 3")."""

    name: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, name: str, text: str) -> Self:
        """Look for a text in any letter case, with any blanks between its words, also where JSON escapes it."""
        words = (f"(?:{re.escape(word)}|{re.escape(_in_json(word))})" for word in text.split())
        return cls(name, re.compile(r"(?:\s|\\n)+".join(words), re.IGNORECASE))

    @classmethod
    def like(cls, name: str, expression: str) -> Self:
        """Look for a regular expression as it is written."""
        return cls(name, re.compile(expression))


@dataclass(frozen=True)
class Place:
    """A text that was seen, and where ("the 3rd frame of the chat")."""

    where: str
    text: str


class FreeOf(BaseMatcher[Sequence[Place]]):
    """See `free_of`."""

    def __init__(self, traces: Sequence[Trace], what: str) -> None:
        self.traces, self.what = tuple(traces), what

    def _matches(self, item: Sequence[Place]) -> bool:
        return bool(item) and bool(self.traces) and not self._found(item)

    def _found(self, places: Sequence[Place]) -> list[str]:
        found = (
            f"{place.where} holds {trace.name}"
            for place in places
            for trace in self.traces
            if trace.pattern.search(place.text)
        )
        return list(dict.fromkeys(found))

    def describe_to(self, description: Description) -> None:
        description.append_text(f"nothing of {self.what} in any place that was searched")

    def describe_mismatch(self, item: Sequence[Place], mismatch_description: Description) -> None:
        if not item or not self.traces:
            lacking = "place to search" if not item else "thing to look for"
            mismatch_description.append_text(f"there was no {lacking}, so nothing was shown")
            return
        found = self._found(item)
        more = f"; and {len(found) - NAMED_AT_MOST} more" if len(found) > NAMED_AT_MOST else ""
        mismatch_description.append_text(f"{'; '.join(found[:NAMED_AT_MOST])}{more}")


def free_of(traces: Sequence[Trace], what: str) -> FreeOf:
    """Match places none of which holds a trace. No place, or nothing to look for, never matches."""
    return FreeOf(traces, what)


def _in_json(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"')
