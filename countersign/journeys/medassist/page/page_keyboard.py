"""Both pages by keyboard alone, and what a screen reader is told meanwhile."""

from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.page_announcing import DialogFocus
from countersign.journeys.by_keyboard import Hands, KeyboardVisit
from countersign.journeys.medassist.page.page_people import NurseAtPage, PatientAtPage, full_name_of


@dataclass(frozen=True)
class UrgenciesShown:
    """The texts that show an urgency."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class NursesVisit:
    """What a nurse did by keyboard alone, and where an urgency was shown on the way."""

    visit: KeyboardVisit
    urgencies: UrgenciesShown


def visits_by_keyboard(person: PatientAtPage) -> KeyboardVisit:
    """Sign in, agree, complain, report an emergency and sign out, as a patient, by keyboard alone."""
    page, hands, account = person.page, Hands(person), person.patient.account
    words = personas.material("medassist")["complaints"]
    _signs_in(hands, page, account)
    page.wait_for_consent()
    hands.takes_in()
    for number, box in enumerate(page.boxes.all(), 1):
        hands.comes_to_element(box, "checkbox", f"of agreement {number}")
        hands.window.press("Space")
    hands.presses("button", "I agree")
    page.wait_until_chatting()
    hands.takes_in()
    with hands.hearing("the answer", lambda: _newest_answer(person)):
        hands.writes("Message", words["a routine complaint"])
        hands.presses("button", "Send")
        page.wait_for_entries(2)
    person.picture("the answer, and the focus")
    with hands.hearing("the emergency advice", lambda: "call"):
        hands.writes("Message", words["an emergency"])
        hands.presses("button", "Send", "Space")
        hands.window.shown(page.alerts.filter(has_text="call").first, "the emergency advice as an alert")
    hands.takes_in()
    hands.presses("button", "Sign out")
    hands.window.shown(page.sign_in_button, "the button 'Sign in' after signing out")
    hands.visit.finished = True
    return hands.visit


def _newest_answer(person: PatientAtPage) -> str:
    session = person.patient.api.sessions.listed()[0]
    answers = [
        message for message in person.patient.api.sessions.whole_history(session.id) if message.role == "assistant"
    ]
    return answers[-1].content if answers else "an answer"


def _signs_in(hands: Hands, page: Any, account: Any) -> None:
    page.open()
    hands.takes_in()
    hands.writes("Email", account.email)
    hands.comes_to_element(page.password, "textbox", "Password")
    hands.window.type(account.password)
    hands.presses("button", "Sign in")


def decides_by_keyboard(nurse: NurseAtPage) -> NursesVisit:
    """Sign in, hear of an emergency, narrow the queue down, override the report and sign out, by keyboard alone."""
    hands, urgencies = Hands(nurse), list[str]()
    _decides(nurse, hands, urgencies)
    return NursesVisit(hands.visit, UrgenciesShown(tuple(urgencies)))


def _decides(nurse: NurseAtPage, hands: Hands, urgencies: list[str]) -> None:
    page, account = nurse.page, nurse.nurse.account
    patient = nurse.stage.actor("Paul")
    patient.full_name = name = full_name_of(patient)
    _signs_in(hands, page, account)
    page.wait_for_queue()
    hands.takes_in()
    with hands.hearing("the new report"):
        patient.says(personas.material("medassist")["complaints"]["an emergency"])
        hands.window.shown(
            page.row_of(name), f"the report of {patient.name} in the queue, without loading the page anew"
        )
    urgencies.append(page.read_row(page.row_of(name)).under("urgency"))
    hands.comes_to_element(page.row_of(name).get_by_role("button"), "button", "Open report")
    hands.window.press("Enter")
    page.wait_for_report()
    hands.takes_in()
    urgencies.append(page.report_text())
    hands.presses("button", "Override")
    hands.visit.dialog = hands.looks_into_dialog(page.dialog, page.override_button, "the dialog 'Override assessment'")
    if not hands.visit.dialog.came_back:
        return
    _narrows_down(nurse, hands, name)
    with hands.hearing("the decision"):
        _overrides(nurse, hands)
        page.seconds_until_gone(page.row_of(name), "the queue without the decided report")
    kept = bool(hands.window.page.evaluate("() => document.activeElement !== document.body"))
    hands.visit.dialog = DialogFocus(True, True, True, kept_afterwards=kept)
    hands.presses("button", "Sign out")
    hands.window.shown(page.sign_in_button, "the button 'Sign in' after signing out")
    hands.visit.finished = True


def _narrows_down(nurse: NurseAtPage, hands: Hands, name: str) -> None:
    page = nurse.page
    with hands.hearing("the narrowed queue"):
        hands.comes_to("combobox", "Urgency")
        hands.window.press("i")  # a list goes to the entry that begins so
        hands.comes_to("checkbox", "Only red flags")
        hands.window.press("Space")
        hands.writes("Search", name)
        hands.window.shown(page.row_of(name), "the row that matches all filters")
        hands.window.eventually(lambda: _only_one(page), what="one row under all filters")


def _only_one(page: Any) -> None:
    assert page.rows.count() == 1, f"{page.rows.count()} rows"


def _overrides(nurse: NurseAtPage, hands: Hands) -> None:
    words = personas.material("medassist_pages")["override"]
    hands.presses("button", "Override")
    hands.window.shown(nurse.page.dialog, "the dialog 'Override assessment'")
    hands.writes("Reason", words["reason"])
    hands.writes("Corrected assessment", words["assessment"])
    hands.presses("button", "Confirm override")
