"""Reports in the database: one for each session, raised by messages, completed by the AI, closed by a decision."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from reference.common import jsontext
from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.medassist import tables
from reference.medassist.audit import AuditTrail
from reference.medassist.people import Actor
from reference.medassist.reports.par import Par, par_of
from reference.medassist.reports.rules import ByRules
from reference.medassist.triage.judge import URGENCIES

pars = tables.pars

_ONE = select(pars).where(pars.c.id == bindparam("par_id"))
_OF_SESSION = select(pars).where(pars.c.session_id == bindparam("session_id"))


@dataclass(frozen=True)
class Change:
    """What became of a report: the report now, whether it is new, and whether nurses must be told."""

    par: Par
    is_new: bool
    is_changed: bool


class ParStore:
    """Keeps reports. Methods that wait raise DatabaseUnavailable; the others work inside a transaction."""

    def __init__(self, database: SqlDatabase, audit: AuditTrail) -> None:
        """Keep the reports in `database`."""
        self._database = database
        self._audit = audit

    async def find(self, par_id: str) -> Par | None:
        """Find a report."""
        return await self._database.look(lambda connection: self.get(connection, par_id))

    async def of_session(self, session_id: str) -> Par | None:
        """Find the report of a session."""
        return await self._database.look(lambda connection: self.get_of_session(connection, session_id))

    async def of_sessions(self, session_ids: Sequence[str]) -> dict[str, Par]:
        """Find the reports of several sessions at once, by session."""
        query = select(pars).where(pars.c.session_id.in_(session_ids))
        rows = await self._database.look(lambda connection: connection.execute(query).all()) if session_ids else []
        return {row.session_id: par_of(row) for row in rows}

    async def awaiting_ai(self) -> list[Par]:
        """Give the open reports for which the AI was still to be asked."""
        query = select(pars).where(pars.c.awaits_ai, pars.c.status != "reviewed").order_by(pars.c.created_at)
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return [par_of(row) for row in rows]

    def get(self, connection: Connection, par_id: str) -> Par | None:
        """Find a report."""
        row = connection.execute(_ONE, {"par_id": par_id}).first()
        return None if row is None else par_of(row)

    def get_of_session(self, connection: Connection, session_id: str) -> Par | None:
        """Find the report of a session."""
        row = connection.execute(_OF_SESSION, {"session_id": session_id}).first()
        return None if row is None else par_of(row)

    def create(
        self, connection: Connection, session_id: str, patient_id: str, *, by_rules: ByRules, version: str, by: Actor
    ) -> Par:
        """Make the report of a session by the rules alone; the AI is still to be asked."""
        at, par_id = iso_exact(now()), fresh_id()
        connection.execute(
            insert(pars).values(
                id=par_id,
                session_id=session_id,
                patient_id=patient_id,
                rag_sources_json="[]",
                confidence=0.0,
                degraded=True,
                awaits_ai=True,
                status="pending",
                model_version=version,
                created_at=at,
                updated_at=at,
                assessment=by_rules.assessment,
                symptoms_json=jsontext.write(list(by_rules.symptoms)),
                **_placed(by_rules.urgency, by_rules.red_flags),
                chief_complaint=by_rules.chief_complaint,
            )
        )
        details = {"session_id": session_id, "urgency": by_rules.urgency, "red_flags": list(by_rules.red_flags)}
        self._audit.write(connection, "par_generated", by, "par", par_id, details=details)
        return self._again(connection, par_id)

    def raise_by(self, connection: Connection, par: Par, by_rules: ByRules) -> Change:
        """Let an open report follow what the rules say of the session now; a decided one stays as it is."""
        urgency = self.combined(par.urgency, by_rules.urgency)
        flags = self.all_flags(par.red_flags, by_rules.red_flags)
        if par.is_reviewed or (urgency == par.urgency and flags == par.red_flags):
            return Change(par, False, False)
        values: dict[str, Any] = {**_placed(urgency, flags), "chief_complaint": by_rules.chief_complaint}
        if par.degraded:
            values["assessment"] = by_rules.assessment
            values["symptoms_json"] = jsontext.write(list(by_rules.symptoms))
        return Change(self.change(connection, par.id, **values), False, True)

    def combined(self, present: str, latest: str) -> str:
        """Combine the urgency of a report with that of the session's messages: it never falls."""
        return max(present, latest, key=URGENCIES.index)  # type: ignore[arg-type]

    def all_flags(self, present: Sequence[str], latest: Sequence[str]) -> tuple[str, ...]:
        """Combine the flags of a report with those of the session's messages: none is lost."""
        return tuple(dict.fromkeys((*present, *latest)))

    def change(self, connection: Connection, par_id: str, **values: Any) -> Par:
        """Change a report."""
        connection.execute(update(pars).where(pars.c.id == par_id).values(updated_at=iso_exact(now()), **values))
        return self._again(connection, par_id)

    def place(self, urgency: str, flags: Sequence[str]) -> Mapping[str, Any]:
        """Give the columns that decide where a report stands."""
        return _placed(urgency, flags)

    def _again(self, connection: Connection, par_id: str) -> Par:
        par = self.get(connection, par_id)
        assert par is not None, "reports are never deleted"
        return par


def _placed(urgency: str, flags: Sequence[str]) -> dict[str, Any]:
    return {
        "urgency": urgency,
        "urgency_rank": URGENCIES.index(urgency),  # type: ignore[arg-type]
        "red_flags_json": json.dumps(list(flags)),
        "has_red_flags": bool(flags),
    }
