"""A backup while the system runs, the total loss of its database, and the restore."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.errors import NotEnoughSamples
from countersign.expect.medassist.restored import Inventory, Restored
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.medassist.assessment.first_symptom import Complaint, reports_an_emergency
from countersign.journeys.medassist.chat.scribes import Scribe, scribes, writing
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.duty import emergencies
from countersign.journeys.medassist.patient import Patient
from countersign.load.meanwhile import meanwhile
from countersign.systems.medassist.report_model import Report
from countersign.transport import eventually

READY_WITHIN = 30.0
WRITING_WITHIN = 10.0
BACKUP_WITHIN = 120.0
WRITTEN_BEHIND = 4


@dataclass(frozen=True)
class Practice:
    """A clinic with some history: patients who write, reports that wait or were decided, and the nurse who did it."""

    scribes: Sequence[Scribe]
    nurse: Nurse
    reports: Sequence[str]


@dataclass(frozen=True)
class NewJourney:
    """A new patient's way after the restore: what came of the emergency, and the report as the nurse approved it."""

    complaint: Complaint
    report: Report


def practice(stage: Any, nurse: Nurse, count: int) -> Practice:
    """Let so many patients begin to write, and as many report emergencies, half of which are approved or overridden."""
    reports = [emergency.report_id for emergency in emergencies(stage, "Paul", count)]
    for number, report_id in enumerate(reports[: count // 2]):
        if number % 2:
            nurse.api.reports.override(report_id, "The patient told more on the phone.", "Please come in today.")
        else:
            nurse.api.reports.approve(report_id, "Read and agreed.")
    busy: Practice = stage.keep(Practice(scribes(stage, count), nurse, reports))
    return busy


def lost_and_restored(stage: Any, busy: Practice) -> Restored:
    """Back the data up while everybody writes on, destroy the database, restore it and start the system again."""
    control, name = stage.system().control, f"countersign-{stage.tag}"
    ready = partial(busy.nurse.api.ask, "GET", "/api/health/ready", token="")
    with rolled_back(control, lambda: ready().must_be(200), within=READY_WITHIN):
        (before, began), written = meanwhile(
            lambda: _backed_up(busy, lambda: control.back_up(name)), writing(busy.scribes), within=BACKUP_WITHIN
        )
        for outcome in written:
            outcome.get()
        control.stop()
        control.lose_database()
        control.restore(name)
        control.start()
    missing = [lack for scribe in busy.scribes for lack in scribe.missing(until=began)]
    count = sum(each.at < began for scribe in busy.scribes for each in scribe.confirmed)
    return Restored(before, _inventory(busy), count, missing)


def _backed_up(busy: Practice, back_up: Any) -> tuple[Inventory, float]:
    everything = [len(scribe.confirmed) for scribe in busy.scribes]
    _until_written(busy, [count + 1 for count in everything])
    before, began = _inventory(busy), time.monotonic()
    back_up()
    behind = [len(scribe.confirmed) + 1 for scribe in busy.scribes]
    _until_written(busy, behind)
    return before, began


def _until_written(busy: Practice, counts: Sequence[int]) -> None:
    def written() -> None:
        there = [len(scribe.confirmed) for scribe in busy.scribes]
        assert all(now >= wanted for now, wanted in zip(there, counts, strict=True)), f"{sum(there)} are confirmed"

    eventually(written, WRITING_WITHIN, what="everybody's next message to be confirmed")


def _inventory(busy: Practice) -> Inventory:
    """List the reports, their decisions and the audit entries of everybody in the practice."""
    nurse, things = busy.nurse, dict[tuple[str, str], str]()
    for report_id in busy.reports:
        report = nurse.api.reports.read(report_id)
        things["report", report_id] = f"{report.status}, {report.urgency}, approved {report.approved}"
        for number, step in enumerate(nurse.api.reports.decisions(report_id)):
            things["decision", f"{number + 1} of report {report_id}"] = f"{step.action} at {step.created_at}"
    trail = nurse.clinic.admin.audit
    for person in (nurse, *(scribe.person for scribe in busy.scribes)):
        for entry in trail.entries(user_id=person.id, limit=500):
            things["audit entry", entry.id] = f"{entry.action}, {entry.outcome}"
    return Inventory(things)


def measure_restored(stage: Any, restored: Restored) -> Restored:
    """Journal how much had to be there again and how much is missing. Raises NotEnoughSamples for hardly anything."""
    total = restored.messages + len(restored.before.things)
    stage.measure(
        "messages, reports, decisions and audit entries missing after the restore",
        len(restored.missing),
        "",
        samples=total,
        limit=0,
        relation="equal to",
        statistic="count",
        load=f"{restored.messages} messages, "
        + ", ".join(f"{restored.before.count(kind)} {kind}s" for kind in ("report", "decision")),
    )
    if restored.messages < WRITTEN_BEHIND:
        raise NotEnoughSamples(f"only {restored.messages} messages were confirmed before the backup")
    return restored


def new_journey(patient: Patient, nurse: Nurse) -> NewJourney:
    """Let somebody new report an emergency and a nurse approve it."""
    complaint = reports_an_emergency(patient)
    waiting = nurse.finds_report_of(patient.session.id)
    return NewJourney(complaint, nurse.api.reports.approve(waiting.id, "Read and agreed."))
