"""The way from the first symptom to a nurse's decision, gone by both people on their pages."""

import time
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.medassist.page_queue import Narrowed
from countersign.journeys.medassist.page.page_people import NurseAtPage, PatientAtPage, at_pages
from countersign.journeys.medassist.page.page_queue import narrowed

UNCHANGED = "without loading the page anew"


@dataclass(frozen=True)
class OnTwoPages:
    """What both saw. `loads` counts how often the nurse's page was loaded from signing in to the decision.

    `arrived_after` and `told_after` are seconds: from the patient's message to the row, from the decision to the
    outcome. `advice` is what the alert says before and after the answer (empty if it is gone).
    """

    arrived_after: float
    loads: int
    narrowed: tuple[Narrowed, ...]
    advice: tuple[str, str]
    told_after: float
    outcome: str
    assessment: str


def goes_the_whole_way(patient: PatientAtPage, nurse: NurseAtPage, number: str) -> OnTwoPages:
    """Have the patient report an emergency and the nurse find and approve it; `number` is the one to be called."""
    loads = nurse.window.seen.loads
    name = patient.patient.account.full_name
    sent = time.monotonic()
    patient.page.say(personas.material("medassist")["complaints"]["an emergency"])
    nurse.page.window.shown(nurse.page.row_of(name), f"the report of {patient.name} in the queue, {UNCHANGED}", 6.0)
    arrived = time.monotonic() - sent
    alert = patient.page.alert(number)
    patient.window.shown(alert, f"an alert that says to call {number}")
    first = patient.window.text(alert, "the alert")
    patient.page.wait_for_entries(2)
    patient.picture(f"the emergency on the page of {patient.name}")
    found = tuple(narrowed(nurse, **filters) for filters in _filters(name))
    nurse.page.open_report(nurse.page.row_of(name))
    nurse.picture(f"the report on the page of {nurse.name}")
    report = nurse.nurse.api.reports.queue(limit=200)
    assessment = next(
        nurse.nurse.api.reports.read(entry.id).assessment for entry in report.entries if entry.patient_name == name
    )
    nurse.page.approve()
    told = patient.page.seconds_until_shown(patient.page.outcome, "the region 'Outcome' after the decision")
    still = patient.window.text(alert, "the alert") if alert.is_visible() else ""
    return OnTwoPages(
        arrived,
        nurse.window.seen.loads - loads,
        found,
        (first, still),
        told,
        patient.page.outcome_text(),
        assessment,
    )


def _filters(name: str) -> tuple[dict[str, Any], ...]:
    return (
        {"sought": name, "wanted": True, "urgency": "Immediate"},
        {"sought": name, "wanted": False, "urgency": "Routine"},
        {"sought": name, "wanted": True, "red_flags": True},
        {"sought": name, "wanted": True, "words": name},
        {"sought": name, "wanted": True},
    )


def troubles(stage: Any) -> list[str]:
    """Give what the browsers of all people at pages report: errors, and requests that failed."""
    seen = [person.window.seen for person in at_pages(stage).everybody()]
    return [trouble for each in seen for trouble in (*each.errors, *each.failed_requests)]
