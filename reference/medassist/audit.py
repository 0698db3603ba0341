"""The audit trail: who did what to which record, when, from where, with what result. It is only ever added to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select

from reference.common import jsontext
from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.medassist import tables
from reference.medassist.people import Actor

Outcome = Literal["success", "failure", "blocked"]
LONGEST_AGENT = 300

logs = tables.audit_logs

_ADD = insert(logs)


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are asked for; None does not filter. Dates are times as texts, both ends included."""

    user_id: str | None = None
    action: str | None = None
    resource_type: str | None = None
    resource_id: str | None = None
    start: str | None = None
    end: str | None = None
    limit: int = 100
    offset: int = 0


class AuditTrail:
    """Writes entries, inside the transaction of what they are about, and reads them."""

    def __init__(self, database: SqlDatabase) -> None:
        """Keep the trail in `database`."""
        self._database = database

    def write(
        self,
        connection: Connection,
        action: str,
        actor: Actor,
        resource_type: str,
        resource_id: str | None,
        *,
        details: Mapping[str, Any],
        outcome: Outcome = "success",
    ) -> None:
        """Add an entry. `details` hold ids, states and codes, never what somebody said."""
        entry = {
            "id": fresh_id(),
            "action": action,
            "user_id": actor.user_id,
            "user_email": actor.email,
            "role": actor.role,
            "resource_type": resource_type,
            "resource_id": resource_id,
            "ip_address": actor.ip,
            "user_agent": (actor.agent or "")[:LONGEST_AGENT] or None,
            "details_json": jsontext.write(dict(details)),
            "outcome": outcome,
            "created_at": self.at(),
        }
        connection.execute(_ADD, entry)

    def at(self) -> str:
        """Give the time of an entry."""
        return iso_exact(now())

    async def note(
        self,
        action: str,
        actor: Actor,
        resource_type: str,
        resource_id: str | None,
        *,
        details: Mapping[str, Any],
        outcome: Outcome = "success",
    ) -> None:
        """Add an entry in a transaction of its own. Raises DatabaseUnavailable."""
        await self._database.write(
            lambda connection: self.write(
                connection, action, actor, resource_type, resource_id, details=details, outcome=outcome
            )
        )

    async def find(self, wanted: AuditFilter) -> tuple[list[dict[str, Any]], int]:
        """Give the entries asked for, the newest first, and how many match. Raises DatabaseUnavailable."""
        conditions = [
            column == value
            for column, value in (
                (logs.c.user_id, wanted.user_id),
                (logs.c.action, wanted.action),
                (logs.c.resource_type, wanted.resource_type),
                (logs.c.resource_id, wanted.resource_id),
            )
            if value is not None
        ]
        conditions += [logs.c.created_at >= wanted.start] if wanted.start else []
        conditions += [logs.c.created_at <= wanted.end] if wanted.end else []
        page = select(logs).where(*conditions).order_by(logs.c.number.desc()).limit(wanted.limit).offset(wanted.offset)
        count = select(func.count()).select_from(logs).where(*conditions)

        def work(connection: Connection) -> tuple[list[dict[str, Any]], int]:
            total = connection.execute(count).scalar_one()
            return [_shown(row) for row in connection.execute(page).all()], total

        return await self._database.read(work)


def _shown(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "action": row.action,
        "user_id": row.user_id,
        "user_email": row.user_email,
        "role": row.role,
        "resource_type": row.resource_type,
        "resource_id": row.resource_id,
        "ip_address": row.ip_address,
        "user_agent": row.user_agent,
        "details": json.loads(row.details_json),
        "outcome": row.outcome,
        "created_at": row.created_at,
    }
