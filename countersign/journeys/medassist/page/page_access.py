"""The pages of patients and nurses for everybody: each part looked at for barriers, in three sizes of the window."""

from collections.abc import Iterator

import personas
from countersign.expect.page_access import PartsSeen
from countersign.journeys.barriers import looks_for_barriers
from countersign.journeys.medassist.page.page_people import NurseAtPage, PatientAtPage
from countersign.journeys.medassist.patient import Patient


def goes_through_patient_page(person: PatientAtPage) -> PartsSeen:
    """Go through every part of the patient's page and look at each for barriers."""
    return looks_for_barriers(person, _patients_way(person), personas.material("medassist_pages")["sizes"])


def goes_through_nurse_page(nurse: NurseAtPage) -> PartsSeen:
    """Go through every part of the nurses' page and look at each for barriers."""
    return looks_for_barriers(nurse, _nurses_way(nurse), personas.material("medassist_pages")["sizes"])


def _patients_way(person: PatientAtPage) -> Iterator[str]:
    page, patient = person.page, person.patient
    page.open()
    yield "the way in"
    page.sign_in(patient.account.email, personas.material("medassist_pages")["wrong_password"])
    person.window.shown(page.alerts.filter(has_text="sign").first, "an alert after a wrong password")
    yield "a refused sign-in"
    page.click(page.create_account_button.first, "Create account")
    # By its words: whether the box has them as its name is what is looked at.
    person.window.shown(person.window.page.get_by_text("Full name", exact=True), "the words 'Full name'")
    yield "creating an account"
    person.signs_in()
    yield "the consent text"
    person.agrees()
    yield "the empty chat"
    page.say(personas.material("medassist")["complaints"]["a routine complaint"])
    page.wait_for_entries(2)
    yield "the filled chat"
    page.say(personas.material("medassist")["complaints"]["an emergency"])
    person.window.shown(page.alerts.filter(has_text="call").first, "the emergency advice as an alert")
    page.wait_for_entries(4)
    yield "the emergency advice"
    nurse = person.stage.actor("Nora")
    session = patient.api.sessions.listed()[0]
    nurse.api.reports.approve(nurse.finds_report_of(session.id).id)
    person.window.shown(page.outcome, "the region 'Outcome' after the decision")
    yield "the outcome"


def _nurses_way(nurse: NurseAtPage) -> Iterator[str]:
    page, material = nurse.page, personas.material("medassist")
    for kind, suffix in (("an emergency", ".a"), ("an urgent complaint", ".b")):
        patient = Patient(nurse.stage, personas.load("Pia", seed=nurse.stage.options.seed), suffix)
        patient.full_name = f"{patient.persona.attributes.full_name} {nurse.stage.tag}{suffix}"
        patient.says(material["complaints"][kind])
    page.open()
    yield "the way in"
    page.sign_in(nurse.nurse.account.email, personas.material("medassist_pages")["wrong_password"])
    nurse.window.shown(page.alerts.filter(has_text="sign").first, "an alert after a wrong password")
    yield "a refused sign-in"
    nurse.signs_in()
    nurse.window.shown(page.rows.nth(1), "two reports in the queue")
    yield "the queue"
    page.open_report(page.rows.first)
    yield "an open report"
    page.open_override()
    yield "the override dialog"
    page.click(page.confirm_button, "Confirm override")
    yield "an override that lacks its texts"
