"""Alerts: raised when something is wrong, resolved when it is well again, told to the nurses."""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select, update

from reference.common.clock import iso_exact, now
from reference.common.database import DatabaseUnavailable
from reference.common.ids import fresh_id
from reference.medassist import tables
from reference.medassist.models.figures import p95
from reference.medassist.notices import Notice

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

ROUND_SECONDS = 1.5
LEAST_REQUESTS = 20
MOST_ERRORS = 0.05
SLOWEST_SECONDS = 1.5
CANARY_SHOWN_SECONDS = 45.0

alerts = tables.alerts


@dataclass(frozen=True)
class Trouble:
    """Something that is wrong now."""

    name: str
    severity: str
    message: str
    model_id: str | None = None

    @property
    def key(self) -> tuple[str, str | None]:
        """Give what tells this trouble from others."""
        return (self.name, self.model_id)


class AlertWatch:
    """Looks for trouble in rounds."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._withdrawn: dict[str, float] = {}
        self._database_failed_at: str | None = None

    async def canary_withdrawn(self, model_id: str) -> None:
        """Raise the alert of a canary that was withdrawn, at once."""
        self._withdrawn[model_id] = time.monotonic()
        await self.look()

    async def look(self) -> None:
        """Raise and resolve alerts by what is wrong now."""
        if not await self._parts.database.usable():
            self._database_failed_at = self._database_failed_at or iso_exact(now())
            return
        try:
            troubles = {trouble.key: trouble for trouble in await self.troubles()}
            if self._database_failed_at is not None:
                trouble = Trouble("database_unavailable", "critical", "The database could not be used.")
                troubles[trouble.key] = trouble
            notices = await self._parts.database.write(lambda connection: self._settle(connection, troubles))
        except DatabaseUnavailable:
            return
        self._database_failed_at = None
        self._parts.board.tell(notices)

    async def troubles(self) -> list[Trouble]:
        """Give what is wrong now."""
        found = self._of_models()
        if self._parts.breaker.state != "closed":
            found.append(Trouble("breaker_open", "critical", "The AI fails: calls are not let through."))
        oldest = await self._parts.queue.oldest_immediate()
        if oldest is not None and oldest > self._parts.settings.alert_immediate_wait_seconds:
            found.append(Trouble("immediate_waiting", "critical", "An immediate report waits for a nurse."))
        for model_id, at in list(self._withdrawn.items()):
            if time.monotonic() - at > CANARY_SHOWN_SECONDS:
                del self._withdrawn[model_id]
            else:
                found.append(Trouble("canary_rolled_back", "warning", "A failing canary was withdrawn.", model_id))
        return found

    async def listing(self, status: str | None) -> list[dict[str, Any]]:
        """Give the alerts, the newest first. Raises DatabaseUnavailable."""
        query = select(alerts).order_by(alerts.c.created_at.desc(), alerts.c.id).limit(500)
        query = query if status is None else query.where(alerts.c.status == status)
        rows = await self._parts.database.look(lambda connection: connection.execute(query).all())
        return [
            {
                "id": row.id,
                "name": row.name,
                "severity": row.severity,
                "status": row.status,
                "model_id": row.model_id,
                "message": row.message,
                "created_at": row.created_at,
                "resolved_at": row.resolved_at,
            }
            for row in rows
        ]

    def _of_models(self) -> list[Trouble]:
        found = []
        for model_id in self._parts.figures.models():
            calls = self._parts.figures.calls(model_id)
            if len(calls) < LEAST_REQUESTS:
                continue
            if sum(call.failed for call in calls) / len(calls) > MOST_ERRORS:
                found.append(Trouble("model_error_rate", "critical", "More than 5 % of the requests failed.", model_id))
            if p95([call.seconds for call in calls]) > SLOWEST_SECONDS:
                found.append(Trouble("model_latency", "warning", "Answers take more than 1.5 s.", model_id))
        return found

    def _settle(self, connection: Connection, troubles: dict[tuple[str, str | None], Trouble]) -> list[Notice]:
        notices = []
        active = connection.execute(select(alerts).where(alerts.c.status == "active")).all()
        known = {(row.name, row.model_id) for row in active}
        for row in active:
            if (row.name, row.model_id) not in troubles:
                gone = {"status": "resolved", "resolved_at": iso_exact(now())}
                connection.execute(update(alerts).where(alerts.c.id == row.id).values(gone))
                notices.append(self._notice(connection, row.name, row.severity, "resolved"))
        for key, trouble in troubles.items():
            if key not in known:
                since = self._database_failed_at if trouble.name == "database_unavailable" else None
                connection.execute(
                    insert(alerts).values(
                        id=fresh_id(),
                        name=trouble.name,
                        severity=trouble.severity,
                        status="active",
                        model_id=trouble.model_id,
                        message=trouble.message,
                        created_at=since or iso_exact(now()),
                    )
                )
                notices.append(self._notice(connection, trouble.name, trouble.severity, "active"))
        return notices

    def _notice(self, connection: Connection, name: str, severity: str, status: str) -> Notice:
        told = {"name": name, "severity": severity, "status": status}
        return self._parts.board.post(connection, "system_alert", told)
