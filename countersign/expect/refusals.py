"""Matchers for being told that something was too much: a line, or a session."""

from email.utils import parsedate_to_datetime
from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

from countersign.systems.chattrain.model import Exchange
from countersign.transport.answer import Answer

TOO_MANY_REQUESTS = 429


class ToldTooFast(BaseMatcher[Exchange]):
    """Match a line that brought one notice that it came too fast, with the time to wait, and nothing else."""

    def _matches(self, item: Exchange) -> bool:
        return self._lack(item) == ""

    def _lack(self, item: Exchange) -> str:
        if len(item.frames) != 1 or item.refusal is None:
            return f"it brought {', '.join(item.types) or 'nothing'}"
        code, wait = item.refusal.data.get("error_code"), item.refusal.data.get("retry_after")
        if code != "RATE_LIMIT_EXCEEDED":
            return f"it was refused for another reason ({code or item.refusal.data.get('code')})"
        if isinstance(wait, bool) or not isinstance(wait, int | float) or wait <= 0:
            return f"no time to wait was told (retry_after is {wait!r})"
        return ""

    def describe_to(self, description: Description) -> None:
        description.append_text("a line that was refused as too fast, with the time to wait")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(self._lack(item))


class ToldToWait(BaseMatcher[Answer]):
    """Match an answer that refuses a request as one too many and names the seconds to wait."""

    def _matches(self, item: Answer) -> bool:
        return self._lack(item) == ""

    def _lack(self, item: Answer) -> str:
        if item.status != TOO_MANY_REQUESTS:
            return f"it was answered {item.status}"
        wait = item.headers.get("retry-after", "")
        return "" if _is_a_time_to_wait(wait) else f"no time to wait was told (Retry-After is {wait!r})"

    def describe_to(self, description: Description) -> None:
        description.append_text("a request that was refused as one too many (429), with the time to wait")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(self._lack(item))


def _is_a_time_to_wait(text: str) -> bool:
    """Say whether a Retry-After tells seconds or, as HTTP also allows, a date."""
    if text.isdigit():
        return int(text) > 0
    try:
        parsedate_to_datetime(text)
    except ValueError:
        return False
    return True


def told_too_fast() -> ToldTooFast:
    """Match a line that was refused as too fast, with the time to wait."""
    return ToldTooFast()


def told_to_wait() -> ToldToWait:
    """Match a request that was refused as one too many, with the time to wait."""
    return ToldToWait()
