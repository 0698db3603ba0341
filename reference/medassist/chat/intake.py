"""Take a patient's message in: judge it, keep it with everything that follows from it, all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.medassist.audit import AuditTrail
from reference.medassist.chat.messages import Message, MessageStore
from reference.medassist.chat.sessions import Session, SessionStore
from reference.medassist.consent import Consents
from reference.medassist.notices import Notice, NoticeBoard
from reference.medassist.people import Caller
from reference.medassist.refusals import Refused, conflict
from reference.medassist.reports.maker import ParMaker
from reference.medassist.reports.par import Par
from reference.medassist.triage.advice import AdviceWriter
from reference.medassist.triage.judge import Judge, Judgement

LONGEST = 5000
LONGEST_NAME = 64


@dataclass(frozen=True)
class Incoming:
    """A patient's message as it came, judged, with the id under which it is kept."""

    text: str
    client_message_id: str | None
    judgement: Judgement
    message_id: str = field(default_factory=fresh_id)

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Give what is kept beside the text."""
        return {
            "urgency": self.judgement.urgency,
            "red_flags": list(self.judgement.red_flags),
            "client_message_id": self.client_message_id,
        }


@dataclass(frozen=True)
class Taken:
    """A message that is kept. `is_new` is False for one that was sent before; `par` is a report it has brought."""

    message: Message
    is_new: bool
    advice: Message | None
    par: Par | None
    notices: list[Notice]


class Gate:
    """Says who may chat now."""

    def __init__(self, consents: Consents) -> None:
        """Ask `consents`."""
        self._consents = consents

    def check(self, connection: Connection, session: Session, caller: Caller) -> None:
        """Raise Refused for a closed session or a missing consent."""
        if not self._consents.given(connection, caller.account.id):
            raise Refused(403, "Agree to the consent text first.", "CONSENT_REQUIRED")
        if not session.is_open:
            raise conflict("This session is closed.", "SESSION_CLOSED")


class Intake:
    """Takes messages in. Methods that wait raise DatabaseUnavailable and Refused."""

    def __init__(
        self,
        database: SqlDatabase,
        *,
        gate: Gate,
        sessions: SessionStore,
        messages: MessageStore,
        maker: ParMaker,
        board: NoticeBoard,
        advice: AdviceWriter,
        judge: Judge,
        audit: AuditTrail,
    ) -> None:
        """Keep messages in `database`."""
        self._database = database
        self._gate = gate
        self._sessions = sessions
        self._messages = messages
        self._maker = maker
        self._board = board
        self._advice = advice
        self._judge = judge
        self._audit = audit

    def judged(self, text: str, client_message_id: str | None) -> Incoming:
        """Judge a message."""
        return Incoming(text, client_message_id, self._judge.judge(text))

    def advice_for(self, incoming: Incoming) -> str | None:
        """Give the emergency advice for a message, None if it needs none."""
        flags = incoming.judgement.red_flags
        return self._advice.advice(flags) if flags else None

    async def check(self, session_id: str, client_message_id: str | None, caller: Caller) -> None:
        """Raise Refused if the caller may not chat in a session now; what was sent before may always be sent again."""

        def work(connection: Connection) -> None:
            session = self._sessions.get(connection, session_id)
            assert session is not None, "sessions are never deleted"
            if self._messages.named(connection, session_id, client_message_id) is None:
                self._gate.check(connection, session, caller)

        await self._database.read(work)

    async def take(self, session_id: str, incoming: Incoming, caller: Caller) -> Taken:
        """Keep a message, and what follows from it."""
        return await self._database.write(lambda connection: self._take(connection, session_id, incoming, caller))

    def _take(self, connection: Connection, session_id: str, incoming: Incoming, caller: Caller) -> Taken:
        session = self._sessions.get(connection, session_id)
        assert session is not None, "sessions are never deleted"
        repeated = self._messages.named(connection, session_id, incoming.client_message_id)
        if repeated is not None:
            return Taken(repeated, False, self._messages.advice_in(connection, repeated), None, [])
        self._gate.check(connection, session, caller)
        judgement = incoming.judgement
        message = self._messages.add(
            connection,
            session_id,
            "user",
            incoming.text,
            incoming.metadata,
            client_message_id=incoming.client_message_id,
            message_id=incoming.message_id,
        )
        details = {"session_id": session_id, "urgency": judgement.urgency}
        self._audit.write(connection, "message_received", caller.actor, "message", message.id, details=details)
        advice = self._advise(connection, session, message, incoming, caller)
        par, notices = self._report(connection, session, message, judgement, caller)
        return Taken(message, True, advice, par, notices)

    def _advise(
        self, connection: Connection, session: Session, message: Message, incoming: Incoming, caller: Caller
    ) -> Message | None:
        advice = self.advice_for(incoming)
        if advice is None:
            return None
        flags = list(incoming.judgement.red_flags)
        details = {"message_id": message.id, "red_flags": flags}
        self._audit.write(connection, "red_flag_detected", caller.actor, "session", session.id, details=details)
        if session.status == "active":
            self._sessions.moved(connection, session, "escalated", caller.actor)
        told = {"kind": "emergency_advice", "red_flags": flags, "about": message.id}
        return self._messages.add(connection, session.id, "system", advice, told)

    def _report(
        self, connection: Connection, session: Session, message: Message, judgement: Judgement, caller: Caller
    ) -> tuple[Par | None, list[Notice]]:
        change = self._maker.follow(connection, session, judgement.urgency, caller.actor)
        notices: list[Notice] = []
        if judgement.red_flags:
            told = {
                "session_id": session.id,
                "par_id": change.par.id if change else None,
                "red_flags": list(judgement.red_flags),
                "urgency": judgement.urgency,
                "priority": "high",
            }
            notices.append(self._board.post(connection, "red_flag_alert", told))
        if change is not None:
            notices += self._maker.notices(connection, change)
        return (change.par if change is not None and change.is_new else None), notices
