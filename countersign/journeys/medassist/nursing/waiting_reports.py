"""Many reports that wait for a decision: made quickly by several patients at once, and decided quickly in the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import SystemFault
from countersign.journeys.medassist.clinic import clinic_of
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.load.together import Outcome, together

SESSIONS_A_PATIENT = 20
"""As many messages as one patient may send in ten seconds, each in a session of its own (contract, section 8)."""
DECISIONS_A_NURSE = 70
"""Below the burst of requests that one user is allowed (100)."""
MADE_WITHIN = 150.0
DECIDED_WITHIN = 120.0


@dataclass(frozen=True)
class WaitingReports:
    """How many reports wait, those of others among them."""

    total: int


def have_reports_wait(stage: Any, count: int) -> WaitingReports:
    """Have patients tell an urgent complaint in so many sessions, and see that at least so many reports wait.

    They are decided when the scenario is over.
    """
    clinic = clinic_of(stage)
    shares = [min(SESSIONS_A_PATIENT, count - start) for start in range(0, count, SESSIONS_A_PATIENT)]
    pia = personas.load("Pia", seed=stage.options.seed)
    patients = [Patient(stage, pia, f".w{number}") for number, _ in enumerate(shares)]
    stage.at_end(lambda: _decide_all(stage, patients), "deciding the reports that were made to wait")
    jobs = [partial(_complains, patient, share) for patient, share in zip(patients, shares, strict=True)]
    _all_well(together(jobs, within=MADE_WITHIN))
    counted = clinic.admin.reports.try_queue(limit=1, urgency="urgent").must_be(200).json()["total"]
    if counted < count:
        raise SystemFault(f"medassist: {count} urgent complaints were told, {counted} urgent reports wait")
    return WaitingReports(counted)


def _complains(patient: Patient, sessions: int) -> None:
    """Tell an urgent complaint in each of so many sessions; over HTTP where that is offered, which takes least."""
    words = personas.material("medassist")["complaints"]["an urgent complaint"]
    for _ in range(sessions):
        session = patient.opens_session()
        if "chat-http" in patient.system.capabilities:
            patient.api.sessions.say(session.id, words)
        else:
            line = patient.joins()
            line.exchange(words)
            line.close()


def _decide_all(stage: Any, patients: Sequence[Patient]) -> None:
    """Decide the reports by their sessions, so that no queue has to be read for it."""
    sessions = [session.id for patient in patients for session in patient.sessions]
    nora = personas.load("Nora", seed=stage.options.seed)
    nurses = [Nurse(stage, nora, f".d{start}") for start in range(0, 2 * len(sessions), DECISIONS_A_NURSE)]
    jobs = [partial(_approves, nurse, sessions[number :: len(nurses)]) for number, nurse in enumerate(nurses)]
    _all_well(together(jobs, within=DECIDED_WITHIN))


def _approves(nurse: Nurse, sessions: Sequence[str]) -> None:
    for session_id in sessions:
        found = nurse.api.reports.try_of_session(session_id)
        if found.status == 200:  # a session that was opened when the making failed has none
            nurse.api.reports.approve(found.json()["id"], "closed after the scenario")


def _all_well(outcomes: Sequence[Outcome[None]]) -> None:
    for outcome in outcomes:
        outcome.get()
