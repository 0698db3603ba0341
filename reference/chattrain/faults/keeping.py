"""Faults of keeping: lines that reach the database late."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, insert, select

from reference.chattrain import clock, jsontext, tables
from reference.chattrain.chat import frames
from reference.chattrain.chat.connection import Connection as ChatConnection
from reference.chattrain.chat.conversation import Conversation
from reference.chattrain.chat.turns import Turns, rated
from reference.chattrain.completion import RatedLine
from reference.chattrain.database import Database, DatabaseUnavailable
from reference.chattrain.faults import fault
from reference.chattrain.messages import (
    EARLIER_LINES,
    CustomerLine,
    Evaluation,
    Item,
    MessageStore,
    SessionOver,
    StoredLine,
)
from reference.chattrain.parts import Parts
from reference.chattrain.sessions import Ending, Session, end_in

BEHIND_SECONDS = 30.0


@fault("write-behind", "CT-DATA-01", "CT-RESIL-05")
def write_behind(parts: Parts) -> None:
    """Confirm, answer, rate and recall lines out of memory, and write them to the database only every 30 s."""
    store = parts.messages = _WriteBehind(parts.database)
    parts.turns = _TurnsFromMemory(parts, store)
    parts.desk.handlers["session_start"] = _AccountFromMemory(parts, store).tell


class _WriteBehind(MessageStore):
    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._items: dict[int, Item] = {}
        self._ratings: dict[int, Evaluation] = {}
        self._last: int | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None

    async def store_line(self, session_id: int, text: str) -> StoredLine:
        if await self._database.read(lambda connection: _status(connection, session_id)) != "active":
            raise SessionOver
        before = await self.everything(session_id)
        number = await self._remember(session_id, "user", text, {})
        step = sum(item.role == "user" for item in before)
        return StoredLine(number, session_id, text, step, tuple(before[-EARLIER_LINES:]))

    async def store_answer(
        self, line: StoredLine, answer: CustomerLine, evaluation: Evaluation, ending: Ending | None
    ) -> int:
        if ending is not None:
            await self._database.write(lambda connection: end_in(connection, line.session_id, ending))
        self._ratings[line.id] = evaluation
        return await self._remember(line.session_id, "assistant", answer.text, answer.metadata())

    async def everything(self, session_id: int) -> list[Item]:
        """Give all lines of a session, also those that are not written yet."""
        known = {item.id: item for item in await self.items(session_id)}
        known |= {item.id: item for item in self._items.values() if item.session_id == session_id}
        return [
            replace(item, evaluation=self._ratings.get(item.id, item.evaluation)) for _, item in sorted(known.items())
        ]

    async def _remember(self, session_id: int, role: str, text: str, metadata: Mapping[str, object]) -> int:
        if self._last is None:
            newest = await self._database.read(lambda connection: connection.execute(_newest).scalar())
            self._last = self._last or newest or 0
        self._last += 1
        content = jsontext.clean(text)
        self._items[self._last] = Item(self._last, session_id, role, content, clock.now(), metadata, None)  # type: ignore[arg-type]
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BEHIND_SECONDS, self._begin_writing)
        return self._last

    def _begin_writing(self) -> None:
        self._timer = None
        self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        items, ratings = dict(self._items), dict(self._ratings)
        try:
            await self._database.write(lambda connection: _write_all(connection, items, ratings))
        except DatabaseUnavailable:
            self._timer = asyncio.get_running_loop().call_later(BEHIND_SECONDS, self._begin_writing)
            return
        for number in items:
            del self._items[number]
        for number in ratings:
            del self._ratings[number]


class _TurnsFromMemory(Turns):
    def __init__(self, parts: Parts, store: _WriteBehind) -> None:
        super().__init__(parts)
        self._store = store

    async def lines_of(self, session: Session) -> list[RatedLine]:
        return rated(await self._store.everything(session.id))


class _AccountFromMemory:
    def __init__(self, parts: Parts, store: _WriteBehind) -> None:
        self._parts = parts
        self._store = store

    async def tell(self, conversation: Conversation, connection: ChatConnection, _: Mapping[str, Any]) -> str:
        try:
            session = await self._parts.sessions.find(conversation.session.id)
            items = await self._store.everything(conversation.session.id)
        except DatabaseUnavailable:
            connection.send(frames.unavailable())
            return "SERVICE_UNAVAILABLE"
        connection.send(frames.session_info(session or conversation.session, conversation.entry, items))
        return "told"


_newest = select(func.max(tables.messages.c.id))


def _status(connection: Connection, session_id: int) -> str:
    return str(connection.execute(select(tables.sessions.c.status).where(tables.sessions.c.id == session_id)).scalar())


def _write_all(connection: Connection, items: Mapping[int, Item], ratings: Mapping[int, Evaluation]) -> None:
    for item in items.values():
        connection.execute(
            insert(tables.messages).values(
                id=item.id,
                session_id=item.session_id,
                role=item.role,
                content=item.content,
                timestamp=clock.iso(item.timestamp),
                metadata_json=jsontext.write(dict(item.metadata)),
            )
        )
    for number, rating in ratings.items():
        details = {"keyword_matches": dict(rating.keyword_matches), "quality_scores": dict(rating.quality_scores)}
        connection.execute(
            insert(tables.evaluations).values(
                message_id=number,
                score=rating.score,
                feedback=rating.feedback,
                suggestions_json=jsontext.write(list(rating.suggestions)),
                details_json=jsontext.write(details),
            )
        )
