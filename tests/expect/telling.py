"""What a matcher says of an item."""

from datetime import UTC, datetime
from typing import Any

from hamcrest.core.matcher import Matcher
from hamcrest.core.string_description import StringDescription

from countersign.transport.answer import Answer


def told(matcher: Matcher[Any], item: Any) -> str:
    """Give the mismatch message of a matcher, or an empty text if the item matches."""
    if matcher.matches(item):
        return ""
    description = StringDescription()
    matcher.describe_mismatch(item, description)
    return str(description)


def answer(status: int = 200, body: bytes = b"{}", **headers: str) -> Answer:
    """Make an answer; `content_type="text/plain"` gives the header `content-type`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, named, body, 0.01, datetime.now(UTC), "chattrain: GET /somewhere")
