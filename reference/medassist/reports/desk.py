"""Everything that changes reports because of nurses: assignments and decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.medassist import tables
from reference.medassist.audit import AuditTrail
from reference.medassist.chat.messages import Message, MessageStore
from reference.medassist.chat.sessions import SessionStore
from reference.medassist.notices import Notice, NoticeBoard
from reference.medassist.people import Caller
from reference.medassist.refusals import Refused, conflict, missing
from reference.medassist.reports.par import Par
from reference.medassist.reports.queue import NurseQueue
from reference.medassist.reports.store import ParStore

Action = Literal["approved", "override", "escalate", "request_more_info"]
AUDITED: Mapping[str, str] = {
    "approved": "par_approved",
    "override": "par_overridden",
    "escalate": "par_escalated",
    "request_more_info": "par_info_requested",
    "assign": "par_assigned",
    "release": "par_released",
}
FINAL = ("approved", "override")

decisions = tables.par_decisions
users = tables.users


@dataclass(frozen=True)
class Decision:
    """What a nurse decides."""

    action: Action
    notes: str | None = None
    override_reason: str | None = None
    override_assessment: str | None = None


@dataclass(frozen=True)
class Done:
    """What came of it: the report now, what nurses are told, what the patient is told."""

    par: Par
    notices: list[Notice]
    question: Message | None = None


class NurseDesk:
    """Assigns and decides reports. Methods raise DatabaseUnavailable and Refused."""

    def __init__(
        self,
        database: SqlDatabase,
        *,
        pars: ParStore,
        queue: NurseQueue,
        sessions: SessionStore,
        messages: MessageStore,
        board: NoticeBoard,
        audit: AuditTrail,
    ) -> None:
        """Work on the reports in `database`."""
        self._database = database
        self._pars = pars
        self._queue = queue
        self._sessions = sessions
        self._messages = messages
        self._board = board
        self._audit = audit

    def refuse_decision(self, par: Par, caller: Caller) -> None:
        """Raise Refused if the caller may not decide the report in its present state."""
        if par.is_reviewed:
            raise conflict("This report has been decided already.", "ALREADY_REVIEWED")
        if par.assigned_nurse_id not in (None, caller.account.id):
            raise assigned_to_other()

    async def decide(self, par_id: str, decision: Decision, caller: Caller) -> Done:
        """Decide a report."""

        def work(connection: Connection) -> Done:
            par = self._get(connection, par_id)
            self.refuse_decision(par, caller)
            if decision.action == "escalate" and par.status == "escalated":
                raise conflict("This report has been escalated already.", "INVALID_TRANSITION")
            changed = self._pars.change(connection, par.id, **self._values(decision, caller))
            self._write_down(connection, par, changed, decision.action, caller=caller, decision=decision)
            question = self.follow(connection, changed, decision, caller)
            return Done(changed, self._notices(connection, changed), question)

        return await self._database.write(work)

    async def assign(self, par_id: str, nurse_id: str | None, caller: Caller) -> Done:
        """Give a report to a nurse, by default to the caller."""
        to = nurse_id or caller.account.id

        def work(connection: Connection) -> Done:
            par = self._get(connection, par_id)
            self.refuse_assignment(par, to, caller)
            if not _is_active_staff(connection, to):
                raise missing("nurse")
            if par.assigned_nurse_id == to:
                return Done(par, [])
            changed = self._pars.change(connection, par.id, status="in_review", assigned_nurse_id=to)
            self._write_down(connection, par, changed, "assign", caller=caller)
            return Done(changed, self._notices(connection, changed))

        return await self._database.write(work)

    def refuse_assignment(self, par: Par, to: str, caller: Caller) -> None:
        """Raise Refused if the report cannot be given to a nurse by the caller."""
        if par.is_reviewed:
            raise conflict("This report has been decided already.", "ALREADY_REVIEWED")
        if par.status == "escalated":
            raise conflict("An escalated report is not assigned.", "INVALID_TRANSITION")
        if par.assigned_nurse_id is not None and not _may_hand_over(par, caller):
            raise assigned_to_other()

    async def release(self, par_id: str, caller: Caller) -> Done:
        """Take a report back from its nurse."""

        def work(connection: Connection) -> Done:
            par = self._get(connection, par_id)
            if par.is_reviewed:
                raise conflict("This report has been decided already.", "ALREADY_REVIEWED")
            if par.assigned_nurse_id is None:
                raise conflict("Nobody holds this report.", "NOT_ASSIGNED")
            if not _may_hand_over(par, caller):
                raise assigned_to_other()
            changed = self._pars.change(connection, par.id, status="pending", assigned_nurse_id=None)
            self._write_down(connection, par, changed, "release", caller=caller)
            return Done(changed, self._notices(connection, changed))

        return await self._database.write(work)

    async def history(self, par_id: str) -> list[dict[str, Any]]:
        """Give what was decided about a report, the oldest first."""
        query = select(decisions).where(decisions.c.par_id == par_id).order_by(decisions.c.number)
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return [
            {
                "id": row.id,
                "par_id": row.par_id,
                "action": row.action,
                "nurse_id": row.nurse_id,
                "notes": row.notes,
                "override_reason": row.override_reason,
                "override_assessment": row.override_assessment,
                "previous_status": row.previous_status,
                "new_status": row.new_status,
                "created_at": row.created_at,
            }
            for row in rows
        ]

    def at(self) -> str:
        """Give the time of a decision."""
        return iso_exact(now())

    def _get(self, connection: Connection, par_id: str) -> Par:
        par = self._pars.get(connection, par_id)
        if par is None:
            raise missing("report")
        return par

    def _values(self, decision: Decision, caller: Caller) -> dict[str, Any]:
        if decision.action in FINAL:
            return {
                "status": "reviewed",
                "reviewed_by_id": caller.account.id,
                "reviewed_at": self.at(),
                "approved": decision.action == "approved",
                "override_reason": decision.override_reason,
                "override_assessment": decision.override_assessment,
                "notes": decision.notes,
                "awaits_ai": False,
            }
        status = "escalated" if decision.action == "escalate" else "pending"
        return {"status": status, "assigned_nurse_id": None}

    def follow(self, connection: Connection, par: Par, decision: Decision, caller: Caller) -> Message | None:
        """Let the session follow a decision; give the question that a nurse has for the patient."""
        session = self._sessions.get(connection, par.session_id)
        assert session is not None, "a report has a session"
        if decision.action in FINAL and session.is_open:
            self._sessions.moved(connection, session, "completed", caller.actor)
        if decision.action == "escalate" and session.status == "active":
            self._sessions.moved(connection, session, "escalated", caller.actor)
        if decision.action == "request_more_info" and decision.notes:
            return self._messages.add(connection, session.id, "system", decision.notes, {"from": "nurse"})
        return None

    def _write_down(
        self,
        connection: Connection,
        before: Par,
        after: Par,
        action: str,
        *,
        caller: Caller,
        decision: Decision | None = None,
    ) -> None:
        connection.execute(
            insert(decisions).values(
                id=fresh_id(),
                par_id=after.id,
                action=action,
                nurse_id=caller.account.id,
                notes=decision.notes if decision else None,
                override_reason=decision.override_reason if decision else None,
                override_assessment=decision.override_assessment if decision else None,
                previous_status=before.status,
                new_status=after.status,
                created_at=after.reviewed_at or self.at(),
            )
        )
        details: dict[str, str] = {"previous_status": before.status, "new_status": after.status}
        if action == "assign":
            details["nurse_id"] = str(after.assigned_nurse_id)
        self._audit.write(connection, AUDITED[action], caller.actor, "par", after.id, details=details)

    def _notices(self, connection: Connection, par: Par) -> list[Notice]:
        told = {"par_id": par.id, "status": par.status, "assigned_nurse_id": par.assigned_nurse_id}
        posted = [self._board.post(connection, "par_update", told)]
        return [*posted, self._board.post(connection, "queue_update", self._queue.waiting(connection))]


def assigned_to_other() -> Refused:
    """Refuse what only the nurse may do who holds the report."""
    return conflict("Another nurse holds this report.", "ASSIGNED_TO_OTHER")


def _may_hand_over(par: Par, caller: Caller) -> bool:
    return par.assigned_nurse_id == caller.account.id or caller.account.role == "admin"


def _is_active_staff(connection: Connection, user_id: str) -> bool:
    row = connection.execute(select(users).where(users.c.id == user_id)).first()
    return row is not None and bool(row.is_active) and row.role != "patient"
