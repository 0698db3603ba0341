"""Sessions in the database, and the states they move through."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, case, insert, select, update

from reference.common import jsontext
from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.medassist import tables
from reference.medassist.audit import AuditTrail
from reference.medassist.people import Actor, Caller
from reference.medassist.refusals import conflict

Status = Literal["active", "completed", "escalated", "cancelled"]
STATUSES: tuple[Status, ...] = ("active", "completed", "escalated", "cancelled")
OPEN: tuple[Status, ...] = ("active", "escalated")
TRANSITIONS: Mapping[str, tuple[Status, ...]] = {
    "active": ("escalated", "completed", "cancelled"),
    "escalated": ("completed", "cancelled"),
    "completed": (),
    "cancelled": (),
}

sessions = tables.sessions

_ONE = select(sessions).where(sessions.c.id == bindparam("session_id"))
_ADD = insert(sessions)


@dataclass(frozen=True)
class Session:
    """A session as it is stored. `message_count` is also the number of its last message."""

    id: str
    patient_id: str
    status: Status
    metadata: Mapping[str, Any]
    notes: str | None
    created_at: str
    updated_at: str
    completed_at: str | None
    message_count: int

    @property
    def is_open(self) -> bool:
        """Say whether the session takes messages."""
        return self.status in OPEN


class SessionStore:
    """Creates sessions, finds and moves them. Methods that wait raise DatabaseUnavailable."""

    def __init__(self, database: SqlDatabase, audit: AuditTrail) -> None:
        """Keep the sessions in `database`."""
        self._database = database
        self._audit = audit

    async def create(self, caller: Caller, metadata: Mapping[str, Any]) -> Session:
        """Open a session of a patient."""
        at = iso_exact(now())
        session = Session(fresh_id(), caller.account.id, "active", metadata, None, at, at, None, 0)

        def work(connection: Connection) -> None:
            values = {
                "id": session.id,
                "patient_id": session.patient_id,
                "status": session.status,
                "metadata_json": jsontext.write(dict(metadata)),
                "created_at": at,
                "updated_at": at,
                "last_sequence": 0,
            }
            connection.execute(_ADD, values)
            self._audit.write(connection, "session_created", caller.actor, "session", session.id, details={})

        await self._database.write(work)
        return session

    async def find(self, session_id: str) -> Session | None:
        """Find a session."""
        return await self._database.look(lambda connection: self.get(connection, session_id))

    def get(self, connection: Connection, session_id: str) -> Session | None:
        """Find a session inside a transaction."""
        row = connection.execute(_ONE, {"session_id": session_id}).first()
        return None if row is None else session_of(row)

    async def listing(self, caller: Caller, status: Status | None, limit: int, offset: int) -> list[Session]:
        """Give the sessions a caller may see, the newest first; staff see escalated ones before the others."""
        query = select(sessions)
        order = [sessions.c.created_at.desc(), sessions.c.id]
        if caller.is_staff:
            query = query.where(sessions.c.status == status if status else sessions.c.status.in_(OPEN))
            order.insert(0, case((sessions.c.status == "escalated", 0), else_=1))
        else:
            query = query.where(sessions.c.patient_id == caller.account.id)
            query = query.where(sessions.c.status == status) if status else query
        query = query.order_by(*order).limit(limit).offset(offset)
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return [session_of(row) for row in rows]

    async def move(self, session_id: str, to: Status, actor: Actor) -> Session:
        """Move a session to another state. Raises Refused (409) for a transition that is not allowed."""

        def work(connection: Connection) -> Session:
            session = self.get(connection, session_id)
            assert session is not None, "sessions are never deleted"
            if to not in TRANSITIONS[session.status]:
                raise conflict(f"A session that is {session.status} cannot become {to}.", "INVALID_TRANSITION")
            return self.moved(connection, session, to, actor)

        return await self._database.write(work)

    def moved(self, connection: Connection, session: Session, to: Status, actor: Actor) -> Session:
        """Move a session inside a transaction, whatever its state."""
        at = iso_exact(now())
        ended = {"completed_at": at} if to in ("completed", "cancelled") else {}
        changed = update(sessions).where(sessions.c.id == session.id).values(status=to, updated_at=at, **ended)
        connection.execute(changed)
        details = {"previous_status": session.status, "new_status": to}
        self._audit.write(connection, f"session_{to}", actor, "session", session.id, details=details)
        moved = self.get(connection, session.id)
        assert moved is not None, "sessions are never deleted"
        return moved


def session_of(row: Any) -> Session:
    """Read a session from a row."""
    return Session(
        row.id,
        row.patient_id,
        row.status,
        json.loads(row.metadata_json),
        row.notes,
        row.created_at,
        row.updated_at,
        row.completed_at,
        row.last_sequence,
    )
