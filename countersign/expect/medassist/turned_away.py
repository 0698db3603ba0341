"""Matchers for what people are told who want something while the database cannot be used."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

UNAVAILABLE = 503
STORAGE = "STORAGE_UNAVAILABLE"


@dataclass(frozen=True)
class TurnedAway:
    """A wish, and the answer to it."""

    what: str
    answer: Answer


@dataclass(frozen=True)
class ChatRefusal:
    """A message in the chat: whether it was acknowledged, the code of its refusal (empty: none came), and times.

    `advised_after` is when the emergency advice came, None if it did not.
    """

    what: str
    emergency: bool
    acknowledged: bool
    code: str
    refused_after: float
    advised_after: float | None


class AskedBackLater(Lacking[TurnedAway]):
    """See `asked_back_later`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a wish turned away within {limit:g} s with a waiting time"

    def lack(self, item: Any) -> str:
        """Say what came instead, or that it came late."""
        answer = item.answer
        if answer.status != UNAVAILABLE:
            return f"{item.what} was answered {answer.status}: {answer.beginning()[:80]!r}"
        if not answer.headers.get("retry-after", "").isdecimal():
            return f"{item.what} was turned away without a waiting time"
        return "" if answer.seconds < self.limit else f"{item.what} was turned away after {answer.seconds:.2f} s"


def asked_back_later(limit: float) -> AskedBackLater:
    """Match a wish that was turned away in less than `limit` seconds, saying when to try again."""
    return AskedBackLater(limit)


class NotPromised(Lacking[ChatRefusal]):
    """See `refused_and_not_promised`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a message refused within {limit:g} s and never acknowledged, an emergency with its advice"

    def lack(self, item: Any) -> str:
        """Say what was promised, or what was not told in time."""
        if item.acknowledged:
            return f"{item.what} was acknowledged though nothing can be stored"
        if item.code != STORAGE:
            return f"{item.what} brought {item.code or 'no refusal'} after {item.refused_after:.2f} s"
        if item.refused_after >= self.limit:
            return f"{item.what} was refused after {item.refused_after:.2f} s"
        if not item.emergency:
            return ""
        if item.advised_after is None:
            return f"{item.what} brought no advice"
        late = item.advised_after >= self.limit
        return f"{item.what} brought its advice after {item.advised_after:.2f} s" if late else ""


def refused_and_not_promised(limit: float) -> NotPromised:
    """Match a message that was refused in time and not acknowledged; an emergency also brought its advice in time."""
    return NotPromised(limit)
