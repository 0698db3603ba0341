"""Matchers for messages that came too fast: partly refused, nothing refused is kept, and the next one is taken."""

from collections.abc import Sequence
from typing import Protocol

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.chat import Turn

TOO_FAST = "RATE_LIMITED"


class Flood(Protocol):
    """Messages sent at once, and what is stored of them (the message after the wait included)."""

    @property
    def taken(self) -> Sequence[Turn]:
        """Those that were acknowledged."""

    @property
    def refused(self) -> Sequence[Turn]:
        """Those that were not."""

    @property
    def stored(self) -> Sequence[str]:
        """The patient's messages as they read back."""

    @property
    def later(self) -> Turn:
        """The message after the waiting time."""


class ToldTooFast(Lacking[Turn]):
    """See `told_too_fast`."""

    expected = "a message that is refused as too fast, with the time to wait"

    def lack(self, item: Turn) -> str:
        """Say what came instead."""
        if item.refusal is None:
            return f"{item.sent.content!r} met neither an acknowledgement nor a refusal"
        if item.error_code != TOO_FAST:
            return f"it was refused as {item.error_code!r}"
        details = item.refusal.payload.get("details")
        wait = details.get("retry_after") if isinstance(details, dict) else None
        told = isinstance(wait, int | float) and not isinstance(wait, bool) and wait > 0
        return "" if told else f"no time to wait was told (retry_after is {wait!r})"


def told_too_fast() -> ToldTooFast:
    """Match a message that was refused with RATE_LIMITED and a time to wait."""
    return ToldTooFast()


class KeepsWhatItTook(Lacking[Flood]):
    """See `keeps_what_it_took`."""

    expected = "exactly the messages that were taken to be kept"

    def lack(self, item: Flood) -> str:
        """Say how many are missing or too many."""
        taken = [turn.sent.content for turn in (*item.taken, item.later) if turn.acknowledgement is not None]
        missing = [content for content in taken if content not in item.stored]
        extra = [content for content in item.stored if content not in taken]
        if missing or extra or len(item.stored) != len(taken):
            return (
                f"of {len(taken)} messages taken {len(missing)} are not kept, "
                f"and {len(extra)} are kept that were refused ({len(item.stored)} in all)"
            )
        return ""


def keeps_what_it_took() -> KeepsWhatItTook:
    """Match a flood of which the acknowledged messages are stored, and no other."""
    return KeepsWhatItTook()


class Answered(Lacking[Turn]):
    """See `answered`."""

    expected = "a message that is taken and answered"

    def lack(self, item: Turn) -> str:
        """Say what came instead."""
        if item.acknowledgement is None:
            return f"{item.sent.content!r} was not taken ({item.error_code or 'nothing came'})"
        return "" if item.answer is not None else f"{item.sent.content!r} was not answered"


def answered() -> Answered:
    """Match a message that was acknowledged and answered."""
    return Answered()
