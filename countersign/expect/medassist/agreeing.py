"""Matchers for chatting without and with consent."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.chat import Turn

REQUIRED = "CONSENT_REQUIRED"


@dataclass(frozen=True)
class Unagreed:
    """A message before consent, by one way: how it was met, the advice shown for it, and whether it was kept."""

    way: str
    text: str
    emergency: bool
    taken: bool
    refusal: str
    advice: str
    kept: bool


class RefusedForConsent(Lacking[Unagreed]):
    """See `refused_for_lack_of_consent`."""

    expected = "a message that is refused for lack of consent, and not kept"

    def lack(self, item: Any) -> str:
        """Say how it was met."""
        if item.taken:
            return f"{item.text!r} was taken without consent ({item.way})"
        if item.refusal != REQUIRED:
            return f"{item.text!r} was refused as {item.refusal} ({item.way})"
        return f"{item.text!r} was kept without consent ({item.way})" if item.kept else ""


def refused_for_lack_of_consent() -> RefusedForConsent:
    """Match a message that was refused for this reason and is not in the history."""
    return RefusedForConsent()


class AdvisedAllTheSame(Lacking[Unagreed]):
    """See `advised_all_the_same`."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.expected = f"advice to call {number} for an emergency, and none otherwise"

    def lack(self, item: Any) -> str:
        """Say what was shown instead."""
        if not item.emergency:
            return f"advice was shown for {item.text!r} ({item.way})" if item.advice else ""
        if not item.advice:
            return f"no advice was shown for {item.text!r} ({item.way})"
        return "" if self.number in item.advice else f"the advice ({item.way}) does not name it: {item.advice!r}"


def advised_all_the_same(number: str) -> AdvisedAllTheSame:
    """Match a message for which the advice with this number was shown if, and only if, it is an emergency."""
    return AdvisedAllTheSame(number)


@dataclass(frozen=True)
class HalfAgreed:
    """A consent that lacks one point: which one, how, the status of the answer, and whether chatting was refused."""

    point: str
    how: str
    status: int
    still_refused: bool


class NoConsent(Lacking[HalfAgreed]):
    """See `not_taken_as_consent`."""

    expected = "a partial consent that is refused as invalid and opens nothing"

    def lack(self, item: Any) -> str:
        """Say how it was met."""
        if item.status != 422:
            return f"a consent with the point {item.point} {item.how} was answered {item.status}"
        return "" if item.still_refused else f"a consent with the point {item.point} {item.how} opened the chat"


def not_taken_as_consent() -> NoConsent:
    """Match a partial consent that was refused and after which no chat takes place."""
    return NoConsent()


@dataclass(frozen=True)
class Agreed:
    """The turns after full consent, by when they were held; None for one that was refused."""

    turns: dict[str, Turn]


class ChatsAtLast(Lacking[Agreed]):
    """See `chats_at_last`."""

    expected = "answers to what is written after full consent, also after signing in again"

    def lack(self, item: Any) -> str:
        """Say which message was not answered."""
        for when, turn in item.turns.items():
            if turn.answer is None:
                return f"{when} the message was refused: {turn.error_code or 'no answer'}"
            if not turn.reply.strip():
                return f"{when} the answer was empty"
        return "" if len(item.turns) == 2 else f"only {len(item.turns)} messages were written"


def chats_at_last() -> ChatsAtLast:
    """Match a patient whose messages are answered after full consent."""
    return ChatsAtLast()
