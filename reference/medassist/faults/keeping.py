"""Faults of keeping: messages that are acknowledged too early, numbered wrongly, or kept twice."""

import asyncio
import time

from sqlalchemy import Connection, MetaData, UniqueConstraint

from reference.common.clock import iso_exact, now
from reference.common.database import DatabaseUnavailable
from reference.medassist import tables
from reference.medassist.chat.desk import ChatDesk
from reference.medassist.chat.intake import Incoming, Taken
from reference.medassist.chat.messages import Message
from reference.medassist.chat.rooms import Connection as ChatConnection
from reference.medassist.faults import fault
from reference.medassist.parts import Parts
from reference.medassist.people import Caller

WRITTEN_LATER_SECONDS = 0.3
COUNT_HOLDS_SECONDS = 1.0


@fault("ack-before-store", "MA-DATA-02", "MA-RESIL-02")
def ack_before_store(parts: Parts) -> None:
    """Acknowledge a message 300 ms before it is written, also while the database cannot be used."""
    parts.chat_desk = _HastyDesk(parts)


class _HastyDesk(ChatDesk):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._last: dict[str, int] = {}

    async def keep(self, session_id: str, incoming: Incoming, connection: ChatConnection) -> Taken:
        number = await self._number_to_come(session_id, incoming, connection.caller)
        if number is None:
            return await super().keep(session_id, incoming, connection)
        self._last[session_id] = number
        at = iso_exact(now())
        coming = Message(incoming.message_id, session_id, "user", incoming.text, number, incoming.metadata, None, at)
        super().acknowledge(Taken(coming, True, None, None, []), connection)
        await asyncio.sleep(WRITTEN_LATER_SECONDS)
        return await super().keep(session_id, incoming, connection)

    def acknowledge(self, taken: Taken, connection: ChatConnection) -> None:
        if not taken.is_new:
            super().acknowledge(taken, connection)

    async def _number_to_come(self, session_id: str, incoming: Incoming, caller: Caller) -> int | None:
        """Guess the number of a message; None for one that was sent before. Raises Refused."""

        def work(connection: Connection) -> int | None:
            if self._parts.messages.named(connection, session_id, incoming.client_message_id) is not None:
                return None
            session = self._parts.sessions.get(connection, session_id)
            assert session is not None, "sessions are never deleted"
            self._parts.gate.check(connection, session, caller)
            return session.message_count + 1

        try:
            return await self._parts.database.read(work)
        except DatabaseUnavailable:
            return self._last.get(session_id, 0) + 1


@fault("count-plus-one", "MA-DATA-01", "MA-CHAT-04", "MA-WS-04")
def count_plus_one(parts: Parts) -> None:
    """Number messages by a count that may be a second old, and keep one that is sent again a second time."""
    parts.database.metadata = _without_unique_messages(tables.metadata)
    parts.messages.next_number = _OldCount(parts).next_number  # type: ignore[method-assign]
    parts.messages.named = lambda connection, session_id, client_message_id: None  # type: ignore[method-assign]


class _OldCount:
    def __init__(self, parts: Parts) -> None:
        self._next_number = parts.messages.next_number
        self._counts: dict[str, tuple[float, int]] = {}

    def next_number(self, connection: Connection, session_id: str) -> int:
        """Give the number behind a count that holds for a second."""
        right, at = self._next_number(connection, session_id), time.monotonic()
        counted_at, count = self._counts.get(session_id, (float("-inf"), 0))
        if at - counted_at > COUNT_HOLDS_SECONDS:
            count = right - 1
            self._counts[session_id] = (at, count)
        return count + 1


def _without_unique_messages(healthy: MetaData) -> MetaData:
    changed = MetaData()
    for table in healthy.sorted_tables:
        table.to_metadata(changed)
    messages = changed.tables["messages"]
    for constraint in list(messages.constraints):
        if isinstance(constraint, UniqueConstraint) and "session_id" in constraint.columns:
            messages.constraints.remove(constraint)
    return changed
