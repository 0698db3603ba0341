"""Exchanges as they come from a chat, made up for tests."""

from typing import Any

from hamcrest.core.matcher import Matcher
from hamcrest.core.string_description import StringDescription

from countersign.expect.chattrain.feedback import QUALITIES
from countersign.systems.chattrain.model import Exchange, Frame


def frame(kind: str, arrived: float = 1.0, **data: Any) -> Frame:
    """Make a frame of a kind."""
    return Frame(kind, str(data.get("content", "")), "", arrived, {"type": kind, **data})


def exchange(*frames: Frame, line: str = "hello") -> Exchange:
    """Make an exchange of a line sent at 0 s."""
    return Exchange(line, 0.0, frames)


def rated(line: str = "hello", score: int = 50, comment: str = "Needs improvement.", **details: Any) -> Exchange:
    """Make a line with its receipt, reply and feedback.

    `details`: suggestions, matched, missed, percentage, quality (the same ratio for all four, or a mapping).
    """
    quality = details.get("quality", 0.5)
    ratios = quality if isinstance(quality, dict) else dict.fromkeys(QUALITIES, quality)
    matched, missed = details.get("matched", ["help"]), details.get("missed", ["sorry"])
    feedback = frame(
        "evaluation_feedback",
        content=comment,
        score=score,
        suggestions=details.get("suggestions", ["Say what happens next."]),
        metadata={
            "keyword_matches": {
                "matched": matched,
                "missed": missed,
                "match_percentage": details.get("percentage", 50.0),
            },
            "quality_scores": ratios,
        },
    )
    reply = frame("assistant_message", content=details.get("reply", "I see."), metadata={})
    return exchange(frame("message_received"), reply, feedback, line=line)


def said_of(matcher: Matcher[Any], item: Any) -> str:
    """Give what a matcher says of an item that does not fit. Fails if it fits."""
    assert not matcher.matches(item)
    seen = StringDescription()
    matcher.describe_mismatch(item, seen)
    return str(seen)
