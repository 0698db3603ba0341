"""Faults of bad days: a failing AI, a breaker, and what a backup holds."""

import asyncio
from collections.abc import Iterator

from sqlalchemy import Table

from reference.medassist import tables
from reference.medassist.accounts.signing_in import TokenPair
from reference.medassist.chat.answering import Answering, Said, Turn
from reference.medassist.faults import fault
from reference.medassist.faults.load import lasting
from reference.medassist.models.breaker import Permission
from reference.medassist.parts import Parts
from reference.medassist.people import Actor

SIGN_IN_WAITS_SECONDS = 5.0
LEFT_OUT = frozenset({tables.par_decisions.name, tables.audit_logs.name})


@fault("silent-on-ai-failure", "MA-RESIL-01")
def silent_on_ai_failure(parts: Parts) -> None:
    """Say nothing when the AI fails: the patient waits for ever, and every sign-in for 5 s behind the patient."""
    silent = _SilentAnswering(parts)
    parts.answering = silent
    sign_in = parts.sign_ins.sign_in

    async def behind_the_patient(email: str, password: str, actor: Actor) -> TokenPair:
        if silent.patients_waiting:
            await lasting(SIGN_IN_WAITS_SECONDS)
        return await sign_in(email, password, actor)

    parts.sign_ins.sign_in = behind_the_patient  # type: ignore[method-assign]


class _SilentAnswering(Answering):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.patients_waiting = 0

    async def compose(self, turn: Turn) -> Said:
        said = await super().compose(turn)
        if said.outcome != "fallback":
            return said
        self.patients_waiting += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.patients_waiting -= 1
        return said


@fault("breaker-stuck", "MA-RESIL-03", "MA-RESIL-04")
def breaker_stuck(parts: Parts) -> None:
    """Open the breaker after five failures in total, whatever succeeds in between, and never try again."""
    breaker = parts.breaker
    admit = breaker.admit

    def only_while_closed() -> Permission | None:
        return admit() if breaker.state == "closed" else None

    breaker.admit = only_while_closed  # type: ignore[method-assign]
    breaker.succeeded = breaker.give_back  # type: ignore[method-assign]


@fault("backup-without-decisions", "MA-RESIL-05")
def backup_without_decisions(parts: Parts) -> None:
    """Leave the decisions of nurses and the audit trail out of the backup."""
    healthy = parts.backup.tables

    def some() -> Iterator[Table]:
        return (table for table in healthy() if table.name not in LEFT_OUT)

    parts.backup.tables = some  # type: ignore[method-assign]
