"""Matchers for registrations by which somebody wants to become more than a patient."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

FORBIDDEN = 403


@dataclass(frozen=True)
class Registered:
    """A registration: what was tried, by whom, the answer, and what came of it.

    `role` is that of the account afterwards, None if nobody can sign in with it. `reads_queue` says whether it opens
    the nurses' queue.
    """

    what: str
    who: str
    answer: Answer
    role: str | None
    reads_queue: bool = False

    @property
    def tried(self) -> str:
        """Say who tried what."""
        return f"{self.who} who registers with {self.what}"


class RefusedWithoutTrace(Lacking[Registered]):
    """See `refused_without_trace`."""

    expected = "a registration as staff that is forbidden and makes no account"

    def lack(self, item: Registered) -> str:
        """Say what was answered or made instead."""
        if item.answer.status != FORBIDDEN:
            return f"{item.tried} met {item.answer.status} instead of {FORBIDDEN}"
        return f"{item.tried} was refused, and there is an account ({item.role}) all the same" if item.role else ""


def refused_without_trace() -> RefusedWithoutTrace:
    """Match a registration that was answered with 403 and left no account."""
    return RefusedWithoutTrace()


class PatientAtMost(Lacking[Registered]):
    """See `a_patient_at_most`."""

    expected = "a registration that makes a patient or nobody"

    def lack(self, item: Registered) -> str:
        """Say who came into being."""
        if item.answer.status >= 500:
            return f"{item.tried} met a server error, {item.answer.status}"
        if item.answer.status >= 400 and item.role:
            return f"{item.tried} was refused, and there is an account ({item.role}) all the same"
        if item.role not in (None, "patient"):
            return f"{item.tried} became {item.role}"
        return f"{item.tried} can read the nurses' queue" if item.reads_queue else ""


def a_patient_at_most() -> PatientAtMost:
    """Match a registration that made a patient, or was refused and made nobody."""
    return PatientAtMost()
