"""The messages of all sessions, numbered without gaps, and each answered once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, insert, select, update

from reference.common import jsontext
from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.medassist import tables

Role = Literal["user", "assistant", "system"]

messages = tables.messages
sessions = tables.sessions

_ADD = insert(messages)
_TAKE_NUMBER = (
    update(sessions)
    .where(sessions.c.id == bindparam("named"))
    .values(last_sequence=sessions.c.last_sequence + 1, updated_at=bindparam("at"))
    .returning(sessions.c.last_sequence)
)
_NAMED = select(messages).where(
    messages.c.session_id == bindparam("session_id"), messages.c.client_message_id == bindparam("named")
)
_REPLY = select(messages).where(messages.c.in_reply_to == bindparam("message_id"))
_AFTER = (
    select(messages)
    .where(messages.c.session_id == bindparam("session_id"), messages.c.sequence_number > bindparam("after"))
    .order_by(messages.c.sequence_number)
    .limit(bindparam("most"))
)
_COUNT = select(sessions.c.last_sequence).where(sessions.c.id == bindparam("session_id"))


@dataclass(frozen=True)
class Message:
    """A stored message. `token_count` is known of answers of the AI."""

    id: str
    session_id: str
    role: Role
    content: str
    sequence_number: int
    metadata: Mapping[str, Any]
    token_count: int | None
    created_at: str

    @property
    def client_message_id(self) -> str | None:
        """Give the name that the client gave to a patient's message."""
        named = self.metadata.get("client_message_id")
        return named if isinstance(named, str) else None

    def shown(self) -> dict[str, Any]:
        """Give the message as clients see it."""
        return {
            "id": self.id,
            "session_id": self.session_id,
            "role": self.role,
            "content": self.content,
            "sequence_number": self.sequence_number,
            "metadata": dict(self.metadata),
            "token_count": self.token_count,
            "created_at": self.created_at,
        }


class MessageStore:
    """Keeps messages. Methods that wait raise DatabaseUnavailable; the others work inside a transaction."""

    def __init__(self, database: SqlDatabase) -> None:
        """Keep the messages in `database`."""
        self._database = database

    def add(
        self,
        connection: Connection,
        session_id: str,
        role: Role,
        content: str,
        metadata: Mapping[str, Any],
        *,
        client_message_id: str | None = None,
        in_reply_to: str | None = None,
        tokens: int | None = None,
        message_id: str | None = None,
    ) -> Message:
        """Keep a message under the next number of its session, and a new id unless one is given."""
        number = self.next_number(connection, session_id)
        named = message_id or fresh_id()
        message = Message(named, session_id, role, content, number, metadata, tokens, iso_exact(now()))
        values = {
            "id": message.id,
            "session_id": session_id,
            "role": role,
            "content": content,
            "sequence_number": number,
            "metadata_json": jsontext.write(dict(metadata)),
            "token_count": tokens,
            "created_at": message.created_at,
            "client_message_id": client_message_id,
            "in_reply_to": in_reply_to,
        }
        connection.execute(_ADD, values)
        return message

    def next_number(self, connection: Connection, session_id: str) -> int:
        """Take the next number of a session."""
        return int(connection.execute(_TAKE_NUMBER, {"named": session_id, "at": iso_exact(now())}).scalar_one())

    def named(self, connection: Connection, session_id: str, client_message_id: str | None) -> Message | None:
        """Find the message that a client sent under this name before."""
        if client_message_id is None:
            return None
        row = connection.execute(_NAMED, {"session_id": session_id, "named": client_message_id}).first()
        return None if row is None else message_of(row)

    def reply_in(self, connection: Connection, message_id: str) -> Message | None:
        """Find the answer to a message."""
        row = connection.execute(_REPLY, {"message_id": message_id}).first()
        return None if row is None else message_of(row)

    def advice_in(self, connection: Connection, message: Message) -> Message | None:
        """Find the emergency advice that was stored right behind a message."""
        query = select(messages).where(
            messages.c.session_id == message.session_id,
            messages.c.sequence_number == message.sequence_number + 1,
            messages.c.role == "system",
        )
        row = connection.execute(query).first() if message.metadata.get("red_flags") else None
        return None if row is None else message_of(row)

    async def store_reply(
        self, to: Message, content: str, metadata: Mapping[str, Any], tokens: int | None
    ) -> tuple[Message, bool]:
        """Keep the answer to a message; if it has one already, give that one and False."""

        def work(connection: Connection) -> tuple[Message, bool]:
            kept = self.reply_in(connection, to.id)
            if kept is not None:
                return kept, False
            return self.add(
                connection, to.session_id, "assistant", content, metadata, in_reply_to=to.id, tokens=tokens
            ), True

        return await self._database.write(work)

    async def listing(self, session_id: str, after: int, limit: int | None) -> tuple[list[Message], int]:
        """Give the messages above number `after` in their order, and how many the session has."""
        return await self._database.read(lambda connection: self.listed(connection, session_id, after, limit))

    def listed(
        self, connection: Connection, session_id: str, after: int, limit: int | None
    ) -> tuple[list[Message], int]:
        """Do the same inside a transaction."""
        wanted = {"session_id": session_id, "after": after, "most": tables.LARGEST_NUMBER if limit is None else limit}
        total = connection.execute(_COUNT, {"session_id": session_id}).scalar_one()
        return [message_of(row) for row in connection.execute(_AFTER, wanted).all()], total

    async def unanswered(self) -> list[Message]:
        """Give the patients' messages that have no answer, in their order."""
        replies = messages.alias("replies")
        query = (
            select(messages)
            .outerjoin(replies, replies.c.in_reply_to == messages.c.id)
            .where(messages.c.role == "user", replies.c.id.is_(None))
            .order_by(messages.c.session_id, messages.c.sequence_number)
        )
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return [message_of(row) for row in rows]


def message_of(row: Any) -> Message:
    """Read a message from a row."""
    return Message(
        row.id,
        row.session_id,
        row.role,
        row.content,
        row.sequence_number,
        json.loads(row.metadata_json),
        row.token_count,
        row.created_at,
    )
