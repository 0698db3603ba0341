"""Patients and nurses at their pages: each has a window of the run's one browser."""

from typing import Any

from countersign.errors import SuiteError
from countersign.journeys.at_page import AtPage
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient


class PatientAtPage(AtPage):
    """A patient whose account is there and who does everything else on the page."""

    def __init__(self, patient: Patient) -> None:
        from countersign.systems.medassist.patient_page import PatientPage  # loads Playwright, other runs do without

        self.patient = patient
        self.page = PatientPage.in_new_window(
            patient.stage.browser(), patient.system, actor=patient.name, role="patient", recorder=patient.stage.recorder
        )
        patient.agrees = False
        patient.full_name = patient.full_name or full_name_of(patient)
        super().__init__(patient.stage, patient.name, self.page.window)

    def signs_in(self) -> None:
        """Open the page and sign in; the consent text comes first."""
        self.page.open()
        self.page.sign_in(self.patient.account.email, self.patient.account.password)
        self.page.wait_for_consent()

    def agrees(self) -> None:
        """Agree to the consent text and wait until messages can be written."""
        self.page.agree()
        self.page.wait_until_chatting()

    def leaves(self) -> None:
        """Have the sessions that the page opened closed in the end, and close the window."""
        try:
            for session in self.patient.signed_in_again().sessions.listed():
                self.patient.clinic.opened(session.id)
        finally:
            super().leaves()


class NurseAtPage(AtPage):
    """A nurse who works at the page."""

    def __init__(self, nurse: Nurse) -> None:
        from countersign.systems.medassist.nurse_page import NursePage

        self.nurse = nurse
        self.page = NursePage.in_new_window(
            nurse.stage.browser(), nurse.system, actor=nurse.name, role="nurse", recorder=nurse.stage.recorder
        )
        super().__init__(nurse.stage, nurse.name, self.page.window)

    def signs_in(self) -> None:
        """Open the page, sign in and wait for the queue."""
        self.page.open()
        self.page.sign_in(self.nurse.account.email, self.nurse.account.password)
        self.page.wait_for_queue()


class AtPages:
    """Who is at which page in a scenario."""

    def __init__(self, stage: Any) -> None:
        self._stage = stage
        self._patients: dict[str, PatientAtPage] = {}
        self._nurses: dict[str, NurseAtPage] = {}

    def patient(self, name: str) -> PatientAtPage:
        """Give a patient at the page; the window is opened when it is first asked for."""
        if name not in self._patients:
            self._patients[name] = PatientAtPage(_cast(self._stage, name, Patient))
        return self._patients[name]

    def nurse(self, name: str) -> NurseAtPage:
        """Give a nurse at the page; the window is opened when it is first asked for."""
        if name not in self._nurses:
            self._nurses[name] = NurseAtPage(_cast(self._stage, name, Nurse))
        return self._nurses[name]

    def everybody(self) -> tuple[AtPage, ...]:
        """Give all who are at a page."""
        return (*self._patients.values(), *self._nurses.values())


def at_pages(stage: Any) -> AtPages:
    """Give the people at pages of a scenario."""
    people: AtPages = stage.shared(AtPages, lambda: AtPages(stage))
    return people


def full_name_of(patient: Patient) -> str:
    """Give a full name that only this patient of the run has, so that the queue shows one row of it."""
    return f"{patient.persona.attributes.full_name} {patient.stage.tag}"


def _cast(stage: Any, name: str, role: type[Any]) -> Any:
    person = stage.actor(name)
    if not isinstance(person, role):
        raise SuiteError(f"{name} is no {role.__name__.lower()}; mend the sentence")
    return person
