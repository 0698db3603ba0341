"""A patient looks at everything within reach, before and after a nurse's decision on the report."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import personas
from countersign.expect.medassist.discretion import Sighting
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.filing import Filed, files
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.scripts import bind
from countersign.systems.medassist.model import Session
from countersign.systems.medassist.report_model import Report
from countersign.transport.answer import Answer


@dataclass(frozen=True)
class Kept:
    """A report as the nurse reads it, and what of it is for nurses only (`secret`: what it is, its words).

    `for_patient` is the assessment the patient reads after the decision.
    """

    filed: Filed
    report: Report
    secret: Mapping[str, str]
    for_patient: str = ""


@dataclass(frozen=True)
class Looked:
    """What a patient got: readings of the report, of its sessions, and everything else with where it stood."""

    reports: tuple[Answer, ...]
    sessions: tuple[Session, ...]
    sightings: tuple[Sighting, ...]


def is_assessed(nurse: Nurse, patient: Patient) -> Kept:
    """File an emergency and wait until the AI has completed its report, in words that stand nowhere else.

    Where the AI is not scripted its own words are taken as they are.
    """
    stage, words = patient.stage, personas.material("medassist_nurse")["for_nurses_only"]
    said = f"It began near the heron {stage.tag}"
    if "scripted-ai" in patient.system.capabilities:
        written = {name: words[name] for name in ("assessment", "additional_notes")}
        bind(stage, "report", contains=said, when="report", urgency="immediate", **written)
    filed = files(patient, "emergency", said, stays=True)
    report = nurse.completed_report(filed.report_id)
    secret = {"the assessment of the AI": report.assessment, "the AI's notes": report.raw.get("additional_notes")}
    return Kept(filed, report, {what: text for what, text in secret.items() if text})


def decides_with_note(nurse: Nurse, kept: Kept, *, approved: bool) -> Kept:
    """Decide the report with a note for colleagues; an approval lets the patient read the AI's assessment."""
    note, override = personas.material("medassist_nurse")["for_nurses_only"]["note"], {}
    secret = dict(kept.secret) | {"the nurse's note": note, "the nurse's account": nurse.id}
    if approved:
        del secret["the assessment of the AI"]
    else:
        words = personas.material("medassist")["override"]
        override = {"override_reason": words["reason"], "override_assessment": words["assessment"]}
        secret["the nurse's reason"] = words["reason"]
    nurse.api.reports.try_review(kept.report.id, {"approved": approved, "notes": note, **override}).must_be(200)
    kept.filed.line.came_or_comes("par_update", 2.0)
    shown = override.get("override_assessment", kept.report.assessment)
    return replace(kept, secret=secret, for_patient=shown)


def looks_everywhere(patient: Patient, kept: Kept) -> Looked:
    """Read the report, the session, the list, the history and all frames as the patient; ask for the report anew."""
    api, filed = patient.api, kept.filed
    filed.line.ping()
    reports = (api.reports.try_read(filed.report_id), api.reports.try_of_session(filed.session_id))
    session, listed = api.sessions.read(filed.session_id), api.sessions.listed()
    places: list[tuple[str, Any]] = [
        ("the report", _read(reports[0])),
        ("the report of the session", _read(reports[1])),
        ("the session", session.raw),
        ("the list of sessions", [each.raw for each in listed]),
        ("the history", [message.raw for message in api.sessions.whole_history(filed.session_id)]),
        ("the chat", [dict(frame.data) for frame in filed.line.frames]),
    ]
    if "chat-http" in patient.system.capabilities:
        places.append(("asking for the report anew", _read(api.sessions.try_report(filed.session_id))))
    sightings = tuple(Sighting(where, data, kept.secret) for where, data in places)
    return Looked(reports, (session, *listed), sightings)


def _read(answer: Answer) -> Any:
    return answer.json()
