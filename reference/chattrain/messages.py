"""The lines of all conversations, with what they were worth."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select

from reference.chattrain import clock, jsontext, tables
from reference.chattrain.database import Database
from reference.chattrain.scoring import Rating
from reference.chattrain.sessions import Ending, end_in

EARLIER_LINES = 10


class SessionOver(Exception):
    """The session has ended; it takes no more lines."""


@dataclass(frozen=True)
class Evaluation:
    """What the trainee is told about a line."""

    score: int
    feedback: str
    suggestions: tuple[str, ...]
    keyword_matches: Mapping[str, Any]
    quality_scores: Mapping[str, float]

    @classmethod
    def of(cls, rating: Rating, comment: str, suggestions: Sequence[str]) -> "Evaluation":
        """Put a rating and the words about it together."""
        matches = {
            "matched": list(rating.matched),
            "missed": list(rating.missed),
            "match_percentage": rating.match_percentage,
        }
        return cls(rating.score, comment, tuple(suggestions), matches, dict(rating.qualities))


@dataclass(frozen=True)
class Item:
    """A stored line of the trainee ("user") or of the customer ("assistant")."""

    id: int
    session_id: int
    role: Literal["user", "assistant"]
    content: str
    timestamp: datetime
    metadata: Mapping[str, Any]
    evaluation: Evaluation | None


@dataclass(frozen=True)
class StoredLine:
    """A trainee line that is kept: its number, its step, and up to ten stored lines before it."""

    id: int
    session_id: int
    text: str
    step: int
    earlier: tuple[Item, ...]


@dataclass(frozen=True)
class CustomerLine:
    """The customer's answer. `failed` marks the fallback that stands in when the AI gave nothing usable."""

    text: str
    model: str
    tokens: int
    failed: bool

    def metadata(self) -> dict[str, Any]:
        """Give what is told and stored about the answer besides its text."""
        about: dict[str, Any] = {"model": self.model, "tokens": self.tokens, "timestamp": clock.iso(clock.now())}
        return {**about, "error": True} if self.failed else about


class MessageStore:
    """Keeps and gives back the lines. Every method raises DatabaseUnavailable."""

    def __init__(self, database: Database) -> None:
        """Keep the lines in `database`."""
        self._database = database

    async def store_line(self, session_id: int, text: str) -> StoredLine:
        """Keep a trainee line (masked). Raises SessionOver."""

        def work(connection: Connection) -> StoredLine:
            if not self.takes_lines(_status_of(connection, session_id)):
                raise SessionOver
            number = _insert(connection, session_id, "user", text, {})
            return _stored(connection, number, session_id, text)

        return await self._database.write(work)

    def takes_lines(self, status: str) -> bool:
        """Say whether a session in this state takes lines of its trainee."""
        return status == "active"

    async def store_answer(
        self, line: StoredLine, answer: CustomerLine, evaluation: Evaluation, ending: Ending | None
    ) -> int:
        """Keep the customer's answer, the evaluation of the line and, where it completes the session, the end.

        All of it or nothing is kept. Gives the number of the answer.
        """

        def work(connection: Connection) -> int:
            number = _insert(connection, line.session_id, "assistant", answer.text, answer.metadata())
            connection.execute(
                insert(tables.evaluations).values(
                    message_id=line.id,
                    score=evaluation.score,
                    feedback=evaluation.feedback,
                    suggestions_json=jsontext.write(list(evaluation.suggestions)),
                    details_json=jsontext.write(
                        {"keyword_matches": evaluation.keyword_matches, "quality_scores": evaluation.quality_scores}
                    ),
                )
            )
            if ending is not None:
                end_in(connection, line.session_id, ending)
            return number

        return await self._database.write(work)

    async def items(self, session_id: int) -> list[Item]:
        """Give all lines of a session in the order of the conversation."""
        query = _with_evaluations().where(tables.messages.c.session_id == session_id)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [_item(row) for row in rows]

    async def unanswered(self) -> list[StoredLine]:
        """Give the confirmed lines of active sessions that nobody answered, for example because of a kill."""
        return await self._database.read(_unanswered)


def _status_of(connection: Connection, session_id: int) -> str:
    query = select(tables.sessions.c.status).where(tables.sessions.c.id == session_id)
    return str(connection.execute(query).scalar_one())


def _stored(connection: Connection, number: int, session_id: int, text: str) -> StoredLine:
    table = tables.messages
    before = (table.c.session_id == session_id) & (table.c.id < number)
    step = connection.execute(select(func.count()).where(before, table.c.role == "user")).scalar_one()
    newest_first = select(table).where(before).order_by(table.c.id.desc()).limit(EARLIER_LINES)
    earlier = tuple(_item(row) for row in reversed(connection.execute(newest_first).all()))
    return StoredLine(number, session_id, text, step, earlier)


def _unanswered(connection: Connection) -> list[StoredLine]:
    table = tables.messages
    query = (
        select(table)
        .join(tables.sessions, tables.sessions.c.id == table.c.session_id)
        .outerjoin(tables.evaluations, tables.evaluations.c.message_id == table.c.id)
        .where(table.c.role == "user", tables.sessions.c.status == "active", tables.evaluations.c.score.is_(None))
        .order_by(table.c.id)
    )
    return [_stored(connection, row.id, row.session_id, row.content) for row in connection.execute(query).all()]


def _insert(connection: Connection, session_id: int, role: str, content: str, metadata: Mapping[str, Any]) -> int:
    done = connection.execute(
        insert(tables.messages).values(
            session_id=session_id,
            role=role,
            content=jsontext.clean(content),
            timestamp=clock.iso(clock.now()),
            metadata_json=jsontext.write(dict(metadata)),
        )
    )
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def _with_evaluations() -> Any:
    rated = tables.evaluations
    return (
        select(tables.messages, rated.c.score, rated.c.feedback, rated.c.suggestions_json, rated.c.details_json)
        .outerjoin(rated, rated.c.message_id == tables.messages.c.id)
        .order_by(tables.messages.c.id)
    )


def _item(row: Any) -> Item:
    return Item(
        id=row.id,
        session_id=row.session_id,
        role=row.role,
        content=row.content,
        timestamp=clock.moment(row.timestamp),
        metadata=json.loads(row.metadata_json),
        evaluation=_evaluation(row),
    )


def _evaluation(row: Any) -> Evaluation | None:
    if getattr(row, "score", None) is None:
        return None
    details = json.loads(row.details_json)
    return Evaluation(
        score=row.score,
        feedback=row.feedback,
        suggestions=tuple(json.loads(row.suggestions_json)),
        keyword_matches=details["keyword_matches"],
        quality_scores=details["quality_scores"],
    )
