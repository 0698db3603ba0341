"""Matchers for a conversation that is read back: is it the one that was seen while it was held?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import Exchange

ROUNDED = 0.1


def difference(exchanges: Sequence[Exchange], items: Sequence[Mapping[str, Any]]) -> str:
    """Name the first thing in which a conversation read back differs from the exchanges seen; empty if none."""
    return next(_differences(exchanges, items), "")


@dataclass(frozen=True)
class ReadBack:
    """A session as it was seen while it was held, and as it was read from a new client right after its end.

    `read` are the stored lines, `session` is what is told of the session as a whole.
    """

    who: str
    seen: Sequence[Exchange]
    read: Sequence[Mapping[str, Any]]
    session: Mapping[str, Any]

    @property
    def average_seen(self) -> float:
        """The average of the scores that were shown."""
        return sum(exchange.feedback.score for exchange in self.seen) / len(self.seen)


class ReadsBackCompletely(Lacking[ReadBack]):
    """See `reads_back_completely`."""

    expected = "a session read back as it was held: messages, order, answers, scores and comments"

    def lack(self, item: Any) -> str:
        """Say whose session it is and the first thing that differs."""
        found = difference(item.seen, item.read)
        return f"{item.who}: {found}" if found else ""


def reads_back_completely() -> ReadsBackCompletely:
    """Match a session of which exactly what was seen is read back."""
    return ReadsBackCompletely()


class AveragesItsScores(Lacking[ReadBack]):
    """See `averages_its_scores`."""

    expected = "a session whose average is the one of the scores that were shown"

    def lack(self, item: Any) -> str:
        """Say both averages."""
        told = item.session.get("average_score")
        is_number = isinstance(told, int | float) and not isinstance(told, bool)
        if is_number and abs(told - item.average_seen) <= ROUNDED:
            return ""
        return f"{item.who}: told was {told}, the scores shown average {item.average_seen:.2f}"


def averages_its_scores() -> AveragesItsScores:
    """Match a session whose average (one decimal, so within 0.1) is that of its scores."""
    return AveragesItsScores()


def _differences(exchanges: Sequence[Exchange], items: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if len(items) != 2 * len(exchanges):
        said = sum(item.get("role") == "user" for item in items)
        yield f"{said} of {len(exchanges)} messages were read back, and {len(items) - said} answers"
        return
    for number, exchange in enumerate(exchanges, 1):
        line, answer = items[2 * number - 2], items[2 * number - 1]
        where = f"message {number}"
        yield from _unequal(f"{where}: speakers", [line.get("role"), answer.get("role")], ["user", "assistant"])
        yield from _unequal(f"{where}: text", line.get("content"), exchange.line)
        yield from _unequal(f"{where}: number", line.get("id"), _number(exchange, "message_received"))
        yield from _unequal(f"{where}: answer", answer.get("content"), exchange.reply)
        yield from _unequal(f"{where}: number of the answer", answer.get("id"), _number(exchange, "assistant_message"))
        yield from _of_rating(where, exchange, line.get("evaluation"))


def _of_rating(where: str, exchange: Exchange, stored: Any) -> Iterator[str]:
    if not isinstance(stored, Mapping):
        yield f"{where}: read back without its score and comment"
        return
    shown = exchange.feedback
    keywords = stored.get("keyword_matches") or {}
    yield from _unequal(f"{where}: score", stored.get("score"), shown.score)
    yield from _unequal(f"{where}: comment", stored.get("feedback"), shown.comment)
    yield from _unequal(f"{where}: suggestions", stored.get("suggestions"), list(shown.suggestions))
    yield from _unequal(f"{where}: keywords found", keywords.get("matched"), list(shown.matched))
    yield from _unequal(f"{where}: keywords missed", keywords.get("missed"), list(shown.missed))
    yield from _unequal(f"{where}: quality", stored.get("quality_scores"), dict(shown.quality))


def _unequal(what: str, read: Any, seen: Any) -> Iterator[str]:
    if read != seen:
        yield f"{what}: read back was {_short(read)}, seen was {_short(seen)}"


def _number(exchange: Exchange, kind: str) -> Any:
    frame = exchange.first(kind)
    return frame.data.get("message_id") if frame else None


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else text[:117] + "..."
