"""A nurse needs more than the report tells: she escalates it, or asks the patient."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.medassist.decided import Attempt
from countersign.expect.medassist.question import Asked
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.deciding import letters
from countersign.journeys.medassist.nursing.filing import Pile
from countersign.systems.medassist.model import Session
from countersign.systems.medassist.report_model import Report


@dataclass(frozen=True)
class Escalated:
    """Tries without a proper note, the report after the proper one, and its session."""

    tries: tuple[Attempt, ...]
    report: Report
    session: Session


def escalates(nurse: Nurse, pile: Pile) -> Escalated:
    """Try to escalate the first report of a pile without a proper note, then escalate it."""
    filed, reports, words = pile.filed[0], nurse.api.reports, personas.material("medassist_nurse")
    tries = []
    for body in words["no_proper_note"]:
        sent = {name: _written(value) for name, value in body.items()}
        called = f"{body['action'].replace('_', ' ')} with a note of {len(sent.get('notes', ''))} letters"
        answer = reports.try_review(filed.report_id, sent)
        tries.append(Attempt(called, answer, reports.read(filed.report_id)))
    reports.act(filed.report_id, "escalate", words["escalation_note"])
    return Escalated(tuple(tries), reports.read(filed.report_id), nurse.api.sessions.read(filed.session_id))


@dataclass(frozen=True)
class AskedBack:
    """A question to the patient, where it came to, and the report after it."""

    asked: Asked
    report: Report


def asks_patient(nurse: Nurse, pile: Pile) -> AskedBack:
    """Ask the patient of the first report for more information; see what comes into the chat and into the history."""
    filed, question = pile.filed[0], personas.material("medassist_nurse")["question"]
    before = len(filed.line.frames)
    nurse.api.reports.act(filed.report_id, "request_more_info", question)
    filed.line.ping()
    came = [frame.payload for frame in filed.line.frames[before:] if frame.type == "message"]
    history = filed.patient.api.sessions.whole_history(filed.session_id)
    asked = Asked(
        question,
        tuple((str(each.get("role")), str(each.get("content"))) for each in came),
        tuple((message.role, message.content) for message in history),
    )
    return AskedBack(asked, nurse.api.reports.read(filed.report_id))


def _written(value: Any) -> Any:
    return letters(value["letters"]) if isinstance(value, Mapping) else value
