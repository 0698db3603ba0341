"""Matcher for a nurse's question in the patient's chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Asked:
    """A question, and the texts (role, content) that came into the chat after it and that stand in the history."""

    question: str
    in_chat: Sequence[tuple[str, str]]
    in_history: Sequence[tuple[str, str]]


class ReachedOnce(Lacking[Asked]):
    """Match a question that came into the chat once and stands in the history once, as word of the system."""

    expected = "a question that comes into the chat once and stands in the history once"

    def lack(self, item: Any) -> str:
        """Say where it is missing, double, or told as somebody else's word."""
        for where, texts in (("in the chat", item.in_chat), ("in the history", item.in_history)):
            roles = [role for role, content in texts if content == item.question]
            if len(roles) != 1:
                return f"{where} the question stands {len(roles)} times"
            if roles != ["system"]:
                return f"{where} the question is told as word of the {roles[0]}"
        return ""


def reached_once() -> ReachedOnce:
    """Match a question that reached the patient once."""
    return ReachedOnce()
