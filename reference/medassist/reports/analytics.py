"""The figures on the nurses' dashboard, counted from stored reports."""

from typing import Any

from sqlalchemy import select

from reference.common.clock import moment, now
from reference.common.database import SqlDatabase
from reference.medassist import tables
from reference.medassist.triage.judge import URGENCIES

pars = tables.pars


class Analytics:
    """Counts reports and decisions."""

    def __init__(self, database: SqlDatabase) -> None:
        """Count in `database`."""
        self._database = database

    async def figures(self, start: str | None, end: str | None) -> dict[str, Any]:
        """Give the figures of the reports made from `start` to `end`. Raises DatabaseUnavailable."""
        query = select(pars.c.urgency, pars.c.status, pars.c.approved, pars.c.created_at, pars.c.reviewed_at)
        query = query.where(pars.c.created_at >= start) if start else query
        query = query.where(pars.c.created_at <= end) if end else query
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return self.counted(rows)

    def counted(self, rows: Any) -> dict[str, Any]:
        """Count."""
        reviewed = [row for row in rows if row.status == "reviewed"]
        waiting = [row for row in rows if row.status != "reviewed"]
        approved = sum(1 for row in reviewed if row.approved)
        minutes = [_minutes(row.created_at, row.reviewed_at) for row in reviewed]
        at = now().isoformat()
        return {
            "total_pars": len(rows),
            "pending_count": len(waiting),
            "reviewed_count": len(reviewed),
            "approved_count": approved,
            "overridden_count": len(reviewed) - approved,
            "approval_rate": approved / len(reviewed) if reviewed else 0.0,
            "override_rate": (len(reviewed) - approved) / len(reviewed) if reviewed else 0.0,
            "urgency_breakdown": {each: sum(1 for row in rows if row.urgency == each) for each in URGENCIES},
            "average_review_time_minutes": sum(minutes) / len(minutes) if minutes else None,
            "longest_wait_minutes": max((_minutes(row.created_at, at) for row in waiting), default=0.0),
        }


def _minutes(start: str, end: str) -> float:
    return (moment(end) - moment(start)).total_seconds() / 60
