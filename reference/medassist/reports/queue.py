"""The nurses' queue: what waits, in which order, and how much of it there is."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from reference.common.clock import moment, now
from reference.common.database import SqlDatabase
from reference.medassist import tables

pars, users = tables.pars, tables.users


@dataclass(frozen=True)
class QueueFilter:
    """Which reports are asked for; None does not filter. Without a status those that wait for a decision."""

    urgency: str | None = None
    has_red_flags: bool | None = None
    status: str | None = None
    assigned_nurse: str | None = None
    words: str | None = None
    limit: int = 100
    offset: int = 0


class NurseQueue:
    """Reads the queue. Every method that waits raises DatabaseUnavailable."""

    def __init__(self, database: SqlDatabase) -> None:
        """Read from `database`."""
        self._database = database

    async def read(self, wanted: QueueFilter) -> dict[str, Any]:
        """Give a page of the reports that match, and the counts over all that match."""
        condition = self.joined(self.conditions(wanted))
        page = self.page(
            select(pars, users.c.full_name).join(users, users.c.id == pars.c.patient_id).where(condition), wanted
        )
        counts = _counts().join(users, users.c.id == pars.c.patient_id).where(condition)

        def work(connection: Connection) -> dict[str, Any]:
            rows = connection.execute(page).all()
            counted = connection.execute(counts).one()._mapping
            at = now()
            return {"queue": [_shown(row, at) for row in rows], **self.totals(dict(counted), rows)}

        return await self._database.read(work)

    def conditions(self, wanted: QueueFilter) -> list[ColumnElement[bool]]:
        """Give one condition for each filter."""
        found: list[ColumnElement[bool]] = []
        if wanted.status is not None:
            found.append(pars.c.status == wanted.status)
        elif wanted.words is None:
            found.append(pars.c.status != "reviewed")
        if wanted.urgency is not None:
            found.append(pars.c.urgency == wanted.urgency)
        if wanted.has_red_flags is not None:
            found.append(pars.c.has_red_flags == wanted.has_red_flags)
        if wanted.assigned_nurse is not None:
            found.append(pars.c.assigned_nurse_id == wanted.assigned_nurse)
        if wanted.words is not None:
            found.append(or_(_holds(users.c.full_name, wanted.words), _holds(pars.c.chief_complaint, wanted.words)))
        return found

    def joined(self, conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
        """Join conditions: all of them must be met."""
        return and_(True, *conditions)

    def order(self) -> list[ColumnElement[Any]]:
        """Give the order: red flags first, then by urgency, then the oldest first."""
        return [pars.c.has_red_flags.desc(), pars.c.urgency_rank.desc(), pars.c.created_at, pars.c.id]

    def page(self, query: Select[Any], wanted: QueueFilter) -> Select[Any]:
        """Cut the page out."""
        return query.order_by(*self.order()).limit(wanted.limit).offset(wanted.offset)

    def totals(self, counted: dict[str, int], rows: Any) -> dict[str, int]:
        """Give the counts that go with a page; `rows` are those of the page."""
        return {name: int(value or 0) for name, value in counted.items()}

    def waiting(self, connection: Connection) -> dict[str, int]:
        """Count, inside a transaction, everything that waits."""
        counted = connection.execute(_WAITING).one()._mapping
        return {name: int(value or 0) for name, value in counted.items()}

    async def waiting_by_urgency(self) -> dict[str, int]:
        """Count what waits, by urgency."""
        query = select(pars.c.urgency, func.count()).where(pars.c.status != "reviewed").group_by(pars.c.urgency)
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return {urgency: count for urgency, count in rows}

    async def oldest_immediate(self) -> float | None:
        """Give the seconds for which the oldest immediate report has waited for somebody."""
        query = select(func.min(pars.c.created_at)).where(pars.c.urgency == "immediate", pars.c.status == "pending")
        oldest = await self._database.look(lambda connection: connection.execute(query).scalar_one())
        return None if oldest is None else (now() - moment(oldest)).total_seconds()


def _counts() -> Any:
    def counted(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.sum(case((condition, 1), else_=0))

    return select(
        func.count().label("total"),
        counted(pars.c.urgency == "urgent").label("urgent_count"),
        counted(pars.c.urgency == "immediate").label("immediate_count"),
        counted(pars.c.has_red_flags.is_(True)).label("red_flag_count"),
    ).select_from(pars)


_WAITING = _counts().where(pars.c.status != "reviewed")


def _holds(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    return func.lower(column).contains(words.lower(), autoescape=True)


def _shown(row: Any, at: datetime) -> dict[str, Any]:
    return {
        "id": row.id,
        "session_id": row.session_id,
        "patient_id": row.patient_id,
        "patient_name": row.full_name,
        "chief_complaint": row.chief_complaint,
        "urgency": row.urgency,
        "has_red_flags": bool(row.has_red_flags),
        "red_flags": json.loads(row.red_flags_json),
        "status": row.status,
        "assigned_nurse_id": row.assigned_nurse_id,
        "wait_time_minutes": round(max(0.0, (at - moment(row.created_at)).total_seconds()) / 60, 4),
        "created_at": row.created_at,
    }
