"""From the first symptom to a nurse's decision: what each of the two people sees on the way."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import personas
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import Turn
from countersign.systems.medassist.model import Session
from countersign.systems.medassist.report_model import Queue, Report
from countersign.systems.medassist.socket import Frame
from countersign.transport.answer import Answer

TOLD_WITHIN = 5.0


@dataclass(frozen=True)
class Complaint:
    """What a patient told, and what came back for it. `ready` is the frame that says that a report has been made."""

    patient: Patient
    turns: tuple[Turn, ...]
    ready: Frame | None = None
    assessment: str = ""


@dataclass(frozen=True)
class Decided:
    """A nurse's decision: the queue before it, the report as it was read and as it came back."""

    queue: Queue
    before: Report
    after: Report
    decided_at: float


@dataclass(frozen=True)
class Outcome:
    """What the patient sees in the end: the session, and the report as the patient may read it."""

    session: Session
    answer: Answer


def reports_an_emergency(patient: Patient) -> Complaint:
    """Open a chat, report the emergency of the material, and wait for everything it brings."""
    turn = patient.says(_words()["complaints"]["an emergency"])
    return Complaint(patient, (turn,), patient.line.came_or_comes("par_ready", TOLD_WITHIN))


def tells_an_urgent_complaint(patient: Patient) -> Complaint:
    """Open a chat and tell the urgent complaint of the material; a report comes of it."""
    turn = patient.says(_words()["complaints"]["an urgent complaint"])
    return Complaint(patient, (turn,), patient.line.came_or_comes("par_ready", TOLD_WITHIN))


def tells_a_routine_complaint(patient: Patient, count: int) -> Complaint:
    """Tell the routine complaint of the material in so many messages and ask for a report."""
    turns = patient.says_all(personas.material("medassist")["routine_talk"][:count])
    patient.api.sessions.try_report(patient.session.id).must_be(201)
    return Complaint(patient, tuple(turns))


def approves(nurse: Nurse, patient: Patient) -> Decided:
    """Approve a patient's report."""
    queue = nurse.api.reports.whole_queue()
    before = nurse.finds_report_of(patient.session.id)
    return _decided(queue, before, lambda: nurse.api.reports.approve(before.id, _words()["approval_note"]))


def overrides(nurse: Nurse, patient: Patient) -> Decided:
    """Override a patient's report with the reason and the assessment of the material."""
    queue = nurse.api.reports.whole_queue()
    before = nurse.finds_report_of(patient.session.id)
    words = _words()["override"]
    return _decided(queue, before, lambda: nurse.api.reports.override(before.id, words["reason"], words["assessment"]))


def _decided(queue: Queue, before: Report, decide: Callable[[], Report]) -> Decided:
    decided_at = time.monotonic()
    return Decided(queue, before, decide(), decided_at)


def is_told(stage: Any, patient: Patient, decided: Decided, limit: float) -> float:
    """Journal and give the seconds from the decision to the frame that tells the patient of it."""
    frame = patient.line.wait_for_payload("par_update", TOLD_WITHIN, par_id=decided.before.id)
    seconds: float = stage.measure(
        "decision told to the patient",
        frame.arrived - decided.decided_at,
        "s",
        samples=1,
        limit=limit,
        relation="below",
        statistic="single",
        load="one patient, one nurse",
    )
    return seconds


def sees_outcome(patient: Patient) -> Outcome:
    """Read the session and its report as the patient."""
    return Outcome(patient.api.sessions.read(patient.session.id), patient.reads_outcome())


def emergency_number(stage: Any) -> str:
    """Give the number that patients are told to call, as the target states it (911 unless it says otherwise)."""
    return f"{stage.system('medassist').timings.get('emergency_number', 911):.0f}"


def kept_back(decided: Decided) -> dict[str, str]:
    """Give what the patient must not read after an override, by what it is."""
    return {"the reason": _words()["override"]["reason"], "the assessment of the AI": decided.before.assessment}


def corrected_wording() -> str:
    """Give the assessment that the nurse writes."""
    wording: str = _words()["override"]["assessment"]
    return wording


def _words() -> Any:
    return personas.material("medassist")
