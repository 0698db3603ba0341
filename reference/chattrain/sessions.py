"""Training sessions and the proof that somebody owns one."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, insert, select, update

from reference.chattrain import clock, jsontext, tables
from reference.chattrain.database import Database

Status = Literal["active", "completed", "abandoned"]
TOKEN_BYTES = 24
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Session:
    """A training session as it is stored. `summary` is there once the session is over."""

    id: int
    scenario_id: int
    user_id: str
    status: Status
    created_at: datetime
    completed_at: datetime | None
    summary: dict[str, Any] | None
    token_hash: str


@dataclass(frozen=True)
class Ending:
    """How a session ends: as `completed` or `abandoned`, when, and with which summary."""

    status: Status
    at: datetime
    summary: dict[str, Any]


class SessionStore:
    """Creates sessions, finds them again and ends them. Every method raises DatabaseUnavailable."""

    def __init__(self, database: Database) -> None:
        """Keep the sessions in `database`."""
        self._database = database

    async def create(self, scenario_id: int, user_id: str) -> tuple[Session, str]:
        """Open a session of `user_id`. Gives it with its token, which is kept only as a hash."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        created_at = clock.now()
        table = tables.sessions

        def work(connection: Any) -> int:
            done = connection.execute(
                insert(table).values(
                    scenario_id=scenario_id,
                    user_id=user_id,
                    status="active",
                    created_at=clock.iso(created_at),
                    data_json="{}",
                    token_hash=_hash(token),
                )
            )
            return int(done.inserted_primary_key[0])

        number = await self._database.write(work)
        return Session(number, scenario_id, user_id, "active", created_at, None, None, _hash(token)), token

    async def find(self, session_id: int) -> Session | None:
        """Find a session by its number."""
        if not -LARGEST_ID <= session_id <= LARGEST_ID:
            return None
        query = select(tables.sessions).where(tables.sessions.c.id == session_id)
        row = await self._database.read(lambda connection: connection.execute(query).first())
        return None if row is None else _session(row)

    async def owned(self, session_id: int, token: str) -> Session | None:
        """Find a session for the holder of its token; an unknown number and a wrong token look the same."""
        session = await self.find(session_id)
        expected = session.token_hash if session else _hash("")
        matches = hmac.compare_digest(expected, _hash(token))
        return session if session and matches else None

    async def active(self) -> Sequence[Session]:
        """Give all sessions that are still active."""
        query = select(tables.sessions).where(tables.sessions.c.status == "active")
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [_session(row) for row in rows]

    async def end(self, session_id: int, ending: Ending) -> bool:
        """End an active session. Gives False when it had ended before: final states do not change."""
        return await self._database.write(lambda connection: end_in(connection, session_id, ending))


def end_in(connection: Any, session_id: int, ending: Ending) -> bool:
    """End the session within a transaction that is already open; False when it was no longer active."""
    table = tables.sessions
    done = connection.execute(
        update(table)
        .where(table.c.id == session_id, table.c.status == "active")
        .values(
            status=ending.status,
            completed_at=clock.iso(ending.at),
            data_json=jsontext.write({"summary": ending.summary}),
        )
    )
    return bool(done.rowcount)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        scenario_id=row.scenario_id,
        user_id=row.user_id,
        status=row.status,
        created_at=clock.moment(row.created_at),
        completed_at=clock.moment(row.completed_at) if row.completed_at else None,
        summary=json.loads(row.data_json).get("summary"),
        token_hash=row.token_hash,
    )
