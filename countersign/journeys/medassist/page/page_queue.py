"""What nurses do with the queue on their page: narrowing down, overriding, reading what was typed, signing out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import personas
from countersign.errors import DeadlineExceeded
from countersign.expect.medassist.page_queue import Narrowed, ShownAsTyped
from countersign.expect.page_markup import Liveliness
from countersign.expect.traces import Place, Trace
from countersign.journeys.medassist.page.page_people import NurseAtPage, full_name_of
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.report_model import Report

ARRIVES_WITHIN = 6.0
NARROWED_WITHIN = 3.0


@dataclass(frozen=True)
class OverrideOnPage:
    """An override on the page. `refused` says what became of the try without texts: still in the dialog, in the queue.

    `gone_after` is the seconds from confirming to the colleague's page without the report; `loads` counts how often
    that page was loaded meanwhile. `report` is the report afterwards.
    """

    dialog_stayed: bool
    still_waiting: bool
    gone_after: float
    loads: int
    report: Report


@dataclass(frozen=True)
class NarrowedDown:
    """The queue under one filter after the other."""

    looks: tuple[Narrowed, ...]


@dataclass
class Came:
    """Whose reports have come to whose pages in a scenario, in their order."""

    reports: list[tuple[Patient, tuple[NurseAtPage, ...]]] = field(default_factory=list)


@dataclass(frozen=True)
class SignedOut:
    """What the page showed after signing out, and what must not be found in it."""

    places: tuple[Place, ...]
    traces: tuple[Trace, ...]


def report_comes(patient: Patient, kind: str, nurses: Sequence[NurseAtPage]) -> None:
    """Have a patient tell a complaint away from the page; wait for the report on pages that are open."""
    patient.full_name = full_name_of(patient)
    turn = patient.says(personas.material("medassist")["complaints"][kind])
    if turn.urgency == "routine":
        patient.api.sessions.try_report(patient.session.id).must_be(201)
    came = patient.stage.shared(Came, Came)
    came.reports.append((patient, tuple(nurses)))
    for nurse in nurses:
        what = f"the report of {patient.name} in the queue of {nurse.name}, without loading the page anew"
        nurse.window.shown(nurse.page.row_of(patient.account.full_name), what, ARRIVES_WITHIN)


def narrowed(nurse: NurseAtPage, *, sought: str, wanted: bool, **filters: Any) -> Narrowed:
    """Narrow the queue down, and see within 3 seconds whether a patient's row is there as `wanted`."""
    page = nurse.page
    page.narrow_down(**filters)
    row = page.row_of(sought)
    named = ", ".join(f"{name} {value}" for name, value in filters.items()) or "no filter"
    try:
        if wanted:
            page.seconds_until_shown(row, "the row with this filter", NARROWED_WITHIN)
        else:
            page.seconds_until_gone(row, "the queue without the row", NARROWED_WITHIN)
    except DeadlineExceeded:
        return Narrowed(named, sought, wanted, shown=not wanted)
    return Narrowed(named, sought, wanted, shown=wanted)


def narrows_down(nurse: NurseAtPage) -> NarrowedDown:
    """Use every filter, and see whose report is left: the emergency that came first, or the routine one after it."""
    first, second = (patient.account.full_name for patient, _ in nurse.stage.the(Came).reports)
    looks: list[tuple[dict[str, Any], str, str]] = [
        ({"urgency": "Immediate"}, first, second),
        ({"urgency": "Routine"}, second, first),
        ({"red_flags": True}, first, second),
        ({"words": second}, second, first),
        ({"words": personas.material("medassist")["complaints"]["an emergency"][-14:]}, first, second),
    ]
    found = []
    for filters, there, gone in looks:
        found.append(narrowed(nurse, sought=gone, wanted=False, **filters))
        found.append(narrowed(nurse, sought=there, wanted=True, **filters))
    nurse.picture("the queue narrowed down")
    found += [narrowed(nurse, sought=name, wanted=True) for name in (first, second)]
    return NarrowedDown(tuple(found))


def overrides_beside_colleague(stage: Any, name_of_nurse: str) -> OverrideOnPage:
    """Override the report that came to two pages, first without its texts; watch the page of the colleague."""
    patient, nurses = stage.the(Came).reports[-1]
    nurse = next(each for each in nurses if each.name == name_of_nurse)
    colleague = next(each for each in nurses if each.name != name_of_nurse)
    name, words = patient.account.full_name, personas.material("medassist_pages")["override"]
    loads = colleague.window.seen.loads
    nurse.page.open_report(nurse.page.row_of(name))
    nurse.page.open_override()
    nurse.page.click(nurse.page.confirm_button, "Confirm override")
    # A refusal has no name of its own on the page: the report is asked for instead, after the dialog had its time.
    stayed = nurse.page.dialog.is_visible()
    nurse.picture("an override without its texts")
    waiting = patient.session.id in {entry.session_id for entry in nurse.nurse.api.reports.queue(limit=200).entries}
    nurse.page.confirm_override(words["reason"], words["assessment"])
    gone = colleague.page.seconds_until_gone(
        colleague.page.row_of(name),
        f"the queue of {colleague.name} without the report that {nurse.name} decided, without loading the page anew",
    )
    report = nurse.nurse.api.reports.of_session(patient.session.id)
    return OverrideOnPage(stayed, waiting, gone, colleague.window.seen.loads - loads, report)


def typed_markup(stage: Any) -> Patient:
    """Have a patient register and complain with markup, and wait for the report. Both hold the scenario's own mark."""
    material = personas.material("medassist_pages")["markup"]
    name = f"{material['name']} {stage.tag}"
    patient = Patient(stage, personas.load("Pia", seed=stage.options.seed), ".markup", full_name=name)
    patient.says(f"{material['complaint']} {stage.tag}")
    stage.shared(Came, Came).reports.append((patient, ()))
    return patient


def reads_markup(nurse: NurseAtPage) -> tuple[ShownAsTyped, Liveliness]:
    """Sign in and read the report of the patient who typed markup: in the queue, and opened."""
    patient, _ = nurse.stage.the(Came).reports[-1]
    kinds, mark = personas.material("medassist_pages")["markup"]["elements"], nurse.stage.tag
    nurse.page.open()
    before = {kind: nurse.window.page.locator(kind).count() for kind in kinds}
    nurse.signs_in()
    nurse.window.shown(nurse.page.marked_row(mark), "the row of the patient who typed markup", ARRIVES_WITHIN)
    row = nurse.page.read_row(nurse.page.marked_row(mark))
    nurse.page.open_report(nurse.page.marked_row(mark))
    nurse.picture("the report with markup as text")
    shown = ShownAsTyped(
        name=patient.account.full_name,
        complaint=patient.turn.sent.content,
        name_in_row=row.under("patient"),
        complaint_in_row=row.under("complaint"),
        report=nurse.page.report_text(),
    )
    after = {kind: nurse.window.page.locator(kind).count() for kind in kinds}
    seen = nurse.window.seen
    return shown, Liveliness(tuple(seen.dialogs), before, after, tuple(seen.errors))


def signs_out_from(nurse: NurseAtPage, patient: Patient) -> SignedOut:
    """Open a patient's report, sign out, and read what the page still shows, also after loading it anew."""
    from countersign.systems.pages.access import text_in_view

    nurse.page.open_report(nurse.page.row_of(patient.account.full_name))
    nurse.page.sign_out()
    left = Place("the page after signing out", text_in_view(nurse.window))
    nurse.window.reload()
    nurse.window.shown(nurse.page.sign_in_button, "the button 'Sign in' after loading the page anew")
    anew = Place("the page loaded anew after signing out", text_in_view(nurse.window))
    told = " ".join(turn.sent.content for turn in patient.turns)
    traces = (Trace.of("the patient's name", patient.account.full_name), Trace.of("the complaint", told))
    return SignedOut((left, anew), traces)
