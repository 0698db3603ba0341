"""Matchers for what a patient gets to see of the AI's words: safe ones as they are, unsafe ones never, in no part."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.chat import Turn
from countersign.systems.medassist.model import Message

NURSE = "nurse"


@dataclass(frozen=True)
class Worded:
    """Words of the AI, as answer and as assessment of a report, and everything in which they could be seen.

    `unsafe` is the sentence that nobody may see, empty where all is safe. `frames` are the texts of all frames of the
    chat, `stored` the answer as it is kept, `report` the text of the whole report as staff see it.
    """

    words: str
    unsafe: str
    turn: Turn
    frames: tuple[str, ...]
    stored: Message | None
    report: str
    assessment: str


class ReplacedAsAWhole(Lacking[Worded]):
    """See `replaced_as_a_whole`."""

    expected = "an unsafe answer that is replaced as a whole by a sentence which says that a nurse reviews it"

    def lack(self, item: Any) -> str:
        """Say what stands in its place."""
        if item.turn.reply == item.words or item.unsafe.lower() in item.turn.reply.lower():
            return f"{item.words!r} was shown to the patient"
        if item.turn.pieces and item.turn.spoken != item.turn.reply:
            return f"{item.words!r} was replaced, but said in pieces was {item.turn.spoken[:80]!r}"
        if NURSE not in item.turn.reply.lower():
            return f"{item.words!r} was replaced by {item.turn.reply!r}, which names no nurse"
        if item.stored is None or item.stored.content != item.turn.reply:
            return f"the replacement of {item.words!r} is not kept as it was shown"
        return "" if item.stored.metadata.get("filtered") is True else f"{item.words!r} is not marked as filtered"


def replaced_as_a_whole() -> ReplacedAsAWhole:
    """Match unsafe words that the patient gets a replacement for, marked as filtered where it is kept."""
    return ReplacedAsAWhole()


class SeenNowhere(Lacking[Worded]):
    """See `seen_nowhere`."""

    expected = "an unsafe sentence that stands in no frame, no message and no report"

    def lack(self, item: Any) -> str:
        """Name where it stands."""
        return next(_places(item), "") if item.unsafe else f"{item.words!r} names no unsafe sentence"


def seen_nowhere() -> SeenNowhere:
    """Match unsafe words that cannot be seen anywhere, not even joined from the pieces of an answer."""
    return SeenNowhere()


def _places(item: Worded) -> Iterator[str]:
    places = {
        "the pieces of the answer": item.turn.spoken,
        "the stored answer": "" if item.stored is None else item.stored.content,
        "the report": item.report,
        **{f"frame {number} of the chat": text for number, text in enumerate(item.frames, 1)},
    }
    for place, text in places.items():
        if item.unsafe.lower() in text.lower():
            yield f"{item.unsafe!r} stands in {place}"


class ArrivesUnchanged(Lacking[Worded]):
    """See `arrives_unchanged`."""

    expected = "a safe answer that arrives unchanged, also in the report"

    def lack(self, item: Any) -> str:
        """Say what became of it."""
        if item.turn.reply != item.words:
            return f"{item.words!r} arrived as {item.turn.reply!r}"
        if item.turn.pieces and item.turn.spoken != item.words:
            return f"{item.words!r} was said in pieces as {item.turn.spoken!r}"
        if item.assessment != item.words:
            return f"the assessment {item.words!r} became {item.assessment!r}"
        filtered = item.stored is None or item.stored.metadata.get("filtered")
        return f"{item.words!r} is not kept, or marked as filtered" if filtered else ""


def arrives_unchanged() -> ArrivesUnchanged:
    """Match safe words that the patient and the report get as they are."""
    return ArrivesUnchanged()
