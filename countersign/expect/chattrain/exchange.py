"""Matchers for what a trainee's line brings: a receipt, the customer's reply and the feedback."""

from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

from countersign.systems.chattrain.chat import THE_THREE
from countersign.systems.chattrain.model import Exchange


class Rated(BaseMatcher[Exchange]):
    """Match a line that was confirmed, answered by the customer (no stand-in notice) and rated with a comment."""

    def _matches(self, item: Any) -> bool:
        return what_lacks(item) == ""

    def describe_to(self, description: Description) -> None:
        description.append_text("a line with a reply of the customer, a score and a comment")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        said = f"for {item.line[:60]!r}: " if item else ""
        mismatch_description.append_text(f"{said}{what_lacks(item)}")


def rated() -> Rated:
    """Match a line that earned a reply, a score and a comment."""
    return Rated()


def what_lacks(item: Exchange | None) -> str:
    """Say what keeps a line from being confirmed, answered and rated; an empty text if nothing does.

    None stands for a line that could not even be said.
    """
    if item is None:
        return "no further line could be said"
    missing = [kind for kind in THE_THREE if item.first(kind) is None]
    if missing:
        return f"{', '.join(missing)} is missing; what came: {', '.join(item.types) or 'nothing'}"
    if item.is_fallback:
        return "the reply was the notice that stands in for a failed AI"
    if not item.reply.strip():
        return "the reply was empty"
    if not item.feedback.comment.strip():
        return "the comment was empty"
    return ""
