"""Make reports: at once by the rules, then completed by one call of the AI."""

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from reference.common import jsontext
from reference.common.database import DatabaseUnavailable, SqlDatabase
from reference.medassist import tables
from reference.medassist.audit import AuditTrail
from reference.medassist.chat.messages import Message, MessageStore, message_of
from reference.medassist.chat.prompts import PromptBuilder
from reference.medassist.chat.safety import SafetyFilter
from reference.medassist.chat.sessions import Session
from reference.medassist.models.inference import Inference, NoActiveVersion, NoAnswer
from reference.medassist.notices import Notice, NoticeBoard
from reference.medassist.people import SYSTEM, Actor
from reference.medassist.refusals import conflict
from reference.medassist.reports.par import Par
from reference.medassist.reports.queue import NurseQueue
from reference.medassist.reports.rules import ReportRules
from reference.medassist.reports.store import Change, ParStore
from reference.medassist.triage.judge import URGENCIES

MODEL = "clinical_assessment"
LONGEST_TEXT = 4000
LONGEST_SYMPTOM = 300
MOST_SYMPTOMS = 30
_FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")

messages = tables.messages

_SAID = select(messages).where(messages.c.session_id == bindparam("session_id")).order_by(messages.c.sequence_number)


@dataclass(frozen=True)
class Suggestion:
    """What the AI says a report should hold."""

    symptoms: tuple[str, ...]
    assessment: str
    urgency: str
    additional_notes: str | None
    confidence: float
    version: str


class ParMaker:
    """Makes and completes reports. Methods that wait raise DatabaseUnavailable and Refused."""

    def __init__(
        self,
        database: SqlDatabase,
        *,
        pars: ParStore,
        rules: ReportRules,
        store: MessageStore,
        prompts: PromptBuilder,
        inference: Inference,
        safety: SafetyFilter,
        board: NoticeBoard,
        queue: NurseQueue,
        audit: AuditTrail,
    ) -> None:
        """Keep reports in `database`."""
        self._database = database
        self._pars = pars
        self.rules = rules
        self._store = store
        self._prompts = prompts
        self._inference = inference
        self._safety = safety
        self._board = board
        self._queue = queue
        self._audit = audit
        self._in_work: dict[str, asyncio.Lock] = {}
        self.on_change: Callable[[Change], None] = lambda change: None

    def follow(self, connection: Connection, session: Session, urgency: str, by: Actor) -> Change | None:
        """Let the report of a session follow a message just kept; urgent and immediate ones make it."""
        par = self._pars.get_of_session(connection, session.id)
        if par is None and urgency == "routine":
            return None
        by_rules = self.rules.sum_up(_messages_in(connection, session.id))
        if par is None:
            version = self._version(session.patient_id)
            made = self._pars.create(
                connection, session.id, session.patient_id, by_rules=by_rules, version=version, by=by
            )
            return Change(made, True, True)
        return self._pars.raise_by(connection, par, by_rules)

    def notices(self, connection: Connection, change: Change) -> list[Notice]:
        """Post what nurses are told about a report."""
        par = change.par
        if not change.is_changed:
            return []
        if change.is_new:
            told: dict[str, Any] = {"par_id": par.id, "session_id": par.session_id}
            told |= {"urgency": par.urgency, "has_red_flags": bool(par.red_flags)}
            posted = [self._board.post(connection, "new_par", told)]
        else:
            told = {"par_id": par.id, "status": par.status, "assigned_nurse_id": par.assigned_nurse_id}
            posted = [self._board.post(connection, "par_update", told)]
        return [*posted, self._board.post(connection, "queue_update", self._queue.waiting(connection))]

    def refuse_request(self, par: Par | None, message_count: int) -> None:
        """Raise Refused where a report cannot be made or renewed."""
        if par is not None and par.is_reviewed:
            raise conflict("The report of this session has been decided.", "ALREADY_REVIEWED")
        if message_count == 0:
            raise conflict("The patient has not written anything yet.", "NO_MESSAGES")

    async def request(self, session: Session, by: Actor) -> tuple[Par, bool]:
        """Make the report of a session, or renew the AI's part of it. Gives it, and whether it is new."""

        def work(connection: Connection) -> tuple[Par, bool, list[Notice]]:
            told = _messages_in(connection, session.id)
            par = self._pars.get_of_session(connection, session.id)
            self.refuse_request(par, sum(1 for message in told if message.role == "user"))
            if par is not None:
                return par, False, []
            by_rules = self.rules.sum_up(told)
            version = self._version(session.patient_id)
            made = self._pars.create(
                connection, session.id, session.patient_id, by_rules=by_rules, version=version, by=by
            )
            return made, True, self.notices(connection, Change(made, True, True))

        par, is_new, notices = await self._database.write(work)
        self._board.tell(notices)
        if is_new:
            self.on_change(Change(par, True, True))
        return await self.complete(par), is_new

    async def complete(self, par: Par) -> Par:
        """Ask the AI for its part of a report, and keep it; a report that cannot be completed stays degraded."""
        lock = self._in_work.setdefault(par.session_id, asyncio.Lock())
        try:
            async with lock:
                said, _ = await self._store.listing(par.session_id, 0, None)
                suggestion = await self._ask(par, said)
                change, notices = await self._database.write(
                    lambda connection: self._keep(connection, par.id, suggestion)
                )
        finally:
            if not lock.locked():
                self._in_work.pop(par.session_id, None)
        self._board.tell(notices)
        return change

    async def complete_later(self, par: Par) -> bool:
        """Complete a report in the background; give whether that is done, or must be tried again."""
        try:
            await self.complete(par)
        except DatabaseUnavailable:
            return False
        return True

    async def _ask(self, par: Par, said: Sequence[Message]) -> Suggestion | None:
        try:
            choice = self._inference.choose(MODEL, par.patient_id)
            answer = await self._inference.ask(MODEL, self._prompts.report(said), choice)
        except (NoAnswer, NoActiveVersion):
            return None
        return read_suggestion(answer.text, answer.choice.version)

    def _keep(self, connection: Connection, par_id: str, suggestion: Suggestion | None) -> tuple[Par, list[Notice]]:
        par = self._pars.get(connection, par_id)
        assert par is not None, "reports are never deleted"
        if par.is_reviewed:
            return par, []
        by_rules = self.rules.sum_up(_messages_in(connection, par.session_id))
        if suggestion is None:
            values: dict[str, Any] = {
                "assessment": by_rules.assessment,
                "symptoms_json": jsontext.write(list(by_rules.symptoms)),
                "additional_notes": None,
                "confidence": 0.0,
                "degraded": True,
            }
            urgency = par.urgency
        else:
            values = self._suggested(connection, par, suggestion)
            urgency = self.rules.with_suggestion(par.urgency, suggestion.urgency)
        placed = self._pars.place(urgency, par.red_flags)
        changed = self._pars.change(connection, par.id, **values, **placed, awaits_ai=False)
        notices = [] if suggestion is None else self.notices(connection, Change(changed, False, True))
        return changed, notices

    def _suggested(self, connection: Connection, par: Par, suggestion: Suggestion) -> dict[str, Any]:
        assessment, replaced = self._safety.assessment(suggestion.assessment)
        notes, withheld = self._safety.assessment(suggestion.additional_notes or "")
        if replaced or withheld:
            details = {"session_id": par.session_id, "text": "assessment"}
            self._audit.write(connection, "safety_filter_triggered", SYSTEM, "par", par.id, details=details)
        return {
            "assessment": assessment,
            "symptoms_json": jsontext.write(list(suggestion.symptoms)),
            "additional_notes": None if withheld else (notes or None),
            "confidence": suggestion.confidence,
            "degraded": False,
            "model_version": suggestion.version,
        }

    def _version(self, patient_id: str) -> str:
        try:
            return self._inference.choose(MODEL, patient_id).version
        except NoActiveVersion:
            return "none"


def read_suggestion(text: str, version: str) -> Suggestion | None:
    """Read the AI's part of a report; None if it cannot be read."""
    try:
        body = json.loads(_FENCE.sub("", text))
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict):
        return None
    assessment, symptoms, notes = body.get("assessment"), body.get("symptoms", []), body.get("additional_notes")
    urgency = str(body.get("urgency", "routine")).strip().lower()
    confidence = body.get("confidence", 0.5)
    if not isinstance(assessment, str) or not assessment.strip() or not isinstance(symptoms, list):
        return None
    if urgency not in URGENCIES or isinstance(confidence, bool) or not isinstance(confidence, int | float):
        return None
    if not 0 <= confidence <= 1:
        return None
    named = [each.strip()[:LONGEST_SYMPTOM] for each in symptoms if isinstance(each, str) and each.strip()]
    return Suggestion(
        tuple(named[:MOST_SYMPTOMS]),
        _clean(assessment),
        urgency,
        _clean(notes) if isinstance(notes, str) and notes.strip() else None,
        float(confidence),
        version,
    )


def _clean(text: str) -> str:
    return jsontext.clean(text).replace("\0", "").strip()[:LONGEST_TEXT]


def _messages_in(connection: Connection, session_id: str) -> list[Message]:
    return [message_of(row) for row in connection.execute(_SAID, {"session_id": session_id}).all()]
