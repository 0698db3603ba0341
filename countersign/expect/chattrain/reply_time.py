"""Match a trainee's line by how soon the customer replied to it."""

from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

from countersign.systems.chattrain.model import Exchange


class RepliedWithin(BaseMatcher[Exchange]):
    """See `replied_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit

    def _matches(self, item: Exchange) -> bool:
        return self._lack(item) == ""

    def _lack(self, item: Exchange) -> str:
        if item.refusal is not None:
            code = item.refusal.data.get("error_code") or item.refusal.data.get("code")
            return f"the line was refused ({code})"
        if item.first("assistant_message") is None:
            return f"no reply came; what came: {', '.join(item.types) or 'nothing'}"
        return "" if item.reply_seconds < self.limit else f"the reply took {item.reply_seconds:.2f} s"

    def describe_to(self, description: Description) -> None:
        description.append_text(f"a line that the customer replied to within {self.limit:g} s")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(self._lack(item))


def replied_within(limit: float) -> RepliedWithin:
    """Match a line that the customer replied to in less than `limit` seconds."""
    return RepliedWithin(limit)
