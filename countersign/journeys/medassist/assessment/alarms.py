"""Emergencies that are told one after the other, half of them while the AI fails, and what each of them sets off."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any

import personas
from countersign.errors import SuiteError
from countersign.expect.medassist.alarms import Alarm
from countersign.journeys.measuring import measure_percentile
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.waiting import whole_queue
from countersign.journeys.medassist.patient import Patient
from countersign.systems.scripted_ai import mark

ALARMS_A_PATIENT = 10


@dataclass(frozen=True)
class Alarms:
    """Emergencies and what each of them set off, in the order they were told."""

    all: tuple[Alarm, ...]


def reports_emergencies(patient: Patient, count: int) -> Alarms:
    """Report so many emergencies of the material, each in a session of its own; several patients of a kind do it.

    Every second one is told while the AI fails at answering, where the AI is scripted: never twice in a row, so that
    the system goes on asking it.
    """
    told = personas.material("medassist_triage")["alarms"][:count]
    if len(told) < count:
        raise SuiteError("personas/material/medassist_triage.yaml has too few emergencies; add some under alarms")
    scripted = "scripted-ai" in patient.system.capabilities
    failures = cycle(personas.material("medassist_triage")["ai_failures"])
    writers = [Patient(patient.stage, patient.persona, f"-{n}") for n in range(-(-count // ALARMS_A_PATIENT))]
    alarms = [
        _reports(writers[number // ALARMS_A_PATIENT], each, next(failures) if scripted and number % 2 else None)
        for number, each in enumerate(told)
    ]
    return Alarms(tuple(alarms))


def _reports(patient: Patient, told: Mapping[str, Any], failure: Mapping[str, Any] | None) -> Alarm:
    patient.opens_session()
    line = patient.joins()
    message = told["message"]
    turn = patient.says(mark(**failure, when="chat", line=message) if failure else message)
    line.close()
    session = patient.api.sessions.read(patient.session.id)
    history = patient.api.sessions.history(session.id).messages
    return Alarm(turn, bool(told.get("self_harm")), failure is not None, session, history)


def finds_them_in_the_queue(nurse: Nurse, alarms: Alarms) -> Alarms:
    """Give the alarms with their reports in the nurse's queue."""
    waiting = {entry.session_id: entry for entry in whole_queue(nurse)}
    return Alarms(tuple(replace(alarm, waiting=waiting.get(alarm.session.id)) for alarm in alarms.all))


def time_to_advice(stage: Any, alarms: Alarms, percent: float, limit: float) -> float:
    """Journal and give the time from sending to the advice that `percent` of 100 emergencies do not exceed."""
    return measure_percentile(
        stage,
        "advice shown after an emergency",
        [alarm.turn.alerted_after for alarm in alarms.all],
        percent,
        below=limit,
        load="one patient at a time, the AI failing at every second one where it is scripted",
        required=len(alarms.all),
    )


def crisis_line(stage: Any) -> str:
    """Give the number for people in a crisis, as the target states it (988 unless it says otherwise)."""
    return f"{stage.system('medassist').timings.get('crisis_line', 988):.0f}"
