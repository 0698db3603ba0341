"""A patient who tells symptoms in several turns and asks for the report, twice."""

import personas
from countersign.expect.medassist.assessment import Assessed
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.waiting import whole_queue
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.scripts import bind


def asks_twice_for_the_report(patient: Patient, nurse: Nurse, *, readable: bool = True) -> Assessed:
    """Tell the symptoms of the material, ask for the report and ask again; a nurse reads it each time.

    Unless `readable`, the AI answers the request with words that are no report.
    """
    material = personas.material("medassist_chat")
    lines = material["told_in_turns"]["lines"]
    patient.says_all(lines[:-1])
    last = f"{lines[-1]} ({patient.stage.tag})"
    patient.says(last)
    if not readable:
        bind(patient.stage, "say", contains=last, when="report", text=material["unreadable_report"])
    session_id = patient.session.id
    first = patient.api.sessions.try_report(session_id).must_be(200, 201)
    report = nurse.api.reports.of_session(session_id)
    second = patient.api.sessions.try_report(session_id).must_be(200, 201)
    again = nurse.api.reports.of_session(session_id)
    waiting = sum(entry.session_id == session_id for entry in whole_queue(nurse))
    symptoms = tuple(material["told_in_turns"]["symptoms"])
    return Assessed((*lines[:-1], last), symptoms, report, again, (first.status, second.status), waiting)
