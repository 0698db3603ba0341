"""The pages of patients and nurses for everybody: each part looked at for barriers, in three sizes of the window."""

from collections.abc import Iterator

import personas
from countersign.errors import SystemFault
from countersign.expect.page_access import PartsSeen
from countersign.journeys.at_page import AtPage
from countersign.journeys.medassist.page_people import NurseAtPage, PatientAtPage
from countersign.journeys.medassist.patient import Patient


def goes_through_patient_page(person: PatientAtPage) -> PartsSeen:
    """Go through every part of the patient's page and look at each for barriers."""
    return _seen(person, _patients_way(person))


def goes_through_nurse_page(nurse: NurseAtPage) -> PartsSeen:
    """Go through every part of the nurses' page and look at each for barriers."""
    return _seen(nurse, _nurses_way(nurse))


def _seen(person: AtPage, way: Iterator[str]) -> PartsSeen:
    """Look at each part of the way. A page that lets nobody on ends it; what was seen until then counts."""
    barriers: dict[str, tuple[str, ...]] = {}
    try:
        for part in way:
            barriers[part] = tuple(_barriers(person))
            person.stage.recorder.say(f"{part}: {len(barriers[part])} barriers", body="\n".join(barriers[part]))
            person.picture(part)
    except SystemFault as fault:
        return PartsSeen(barriers, str(fault))
    return PartsSeen(barriers)


def _barriers(person: AtPage) -> Iterator[str]:
    from countersign.systems.pages.access import too_wide_by

    sizes: dict[str, tuple[int, int]] = personas.material("medassist_pages")["sizes"]
    for name, size in reversed(sizes.items()):  # the first one, in which the way goes on, comes last
        person.window.resize(*size)
        yield from (f"{violation}, {name}" for violation in person.window.violations())
        if (pixels := too_wide_by(person.window)) > 0:
            yield f"it has to be scrolled to the side ({pixels} pixels too wide), {name}"


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
