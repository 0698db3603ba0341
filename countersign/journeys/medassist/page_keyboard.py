"""Both pages by keyboard alone, and what a screen reader is told meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import personas
from countersign.errors import DeadlineExceeded
from countersign.expect.page_announcing import Change, DialogFocus, is_told
from countersign.journeys.at_page import AtPage
from countersign.journeys.medassist.page_people import NurseAtPage, PatientAtPage, full_name_of
from countersign.systems.pages.model import Control

if TYPE_CHECKING:
    from countersign.transport.browser import FocusStop

TOLD_WITHIN = 2.0
"""Seconds from a change to its announcement, as new and decided reports have (contract, section 3)."""

TABS_IN_DIALOG = 6
"""More presses of Tab than the dialog has controls, so that the focus comes round once."""


@dataclass
class KeyboardVisit:
    """What was done by keyboard alone: where the focus stopped, what could be operated, what changed on the way.

    `urgencies` are the texts that show an urgency; `finished` says whether the way was gone to its end.
    """

    stops: "list[FocusStop]" = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    urgencies: list[str] = field(default_factory=list)
    dialog: DialogFocus | None = None
    finished: bool = False


class _Hands:
    """Does things by keyboard alone and keeps what comes of it."""

    def __init__(self, person: AtPage) -> None:
        self.person, self.window, self.visit = person, person.window, KeyboardVisit()

    def comes_to(self, role: str, name: str) -> None:
        self.visit.stops.append(self.window.tab_to(role, name))

    def comes_to_element(self, element: Any, role: str, name: str) -> None:
        self.visit.stops.append(self.window.tab_to_element(element, role, name))

    def writes(self, name: str, text: str) -> None:
        self.comes_to("textbox", name)
        self.window.type(text)

    def presses(self, role: str, name: str, key: str = "Enter") -> None:
        self.comes_to(role, name)
        self.window.press(key)

    def signs_in(self, page: Any, email: str, password: str) -> None:
        page.open()
        self.takes_in()
        self.writes("Email", email)
        self.comes_to_element(page.password, "textbox", "Password")
        self.window.type(password)
        self.presses("button", "Sign in")

    def takes_in(self) -> None:
        from countersign.systems.pages.access import controls

        self.visit.controls += controls(self.window)

    @contextmanager
    def hearing(self, what: str, words: Callable[[], str] = str) -> Iterator[None]:
        """Keep what logs, status and alerts say before, and after, when they have had time to tell it."""
        from countersign.systems.pages.access import all_live_regions

        before = all_live_regions(self.window)
        yield
        wanted = words()

        def told() -> None:
            assert is_told(Change(what, wanted, before, all_live_regions(self.window))), "nothing new is told"

        with suppress(DeadlineExceeded):  # what is not told by then is judged as silent
            self.window.eventually(told, TOLD_WITHIN, what=f"{what} to be told")
        self.visit.changes.append(Change(what, wanted, before, all_live_regions(self.window)))


def visits_by_keyboard(person: PatientAtPage) -> KeyboardVisit:
    """Sign in, agree, complain, report an emergency and sign out, as a patient, by keyboard alone."""
    page, hands, account = person.page, _Hands(person), person.patient.account
    words = personas.material("medassist")["complaints"]
    hands.signs_in(page, account.email, account.password)
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


def decides_by_keyboard(nurse: NurseAtPage) -> KeyboardVisit:
    """Sign in, hear of an emergency, narrow the queue down, override the report and sign out, by keyboard alone."""
    page, hands, account = nurse.page, _Hands(nurse), nurse.nurse.account
    patient = nurse.stage.actor("Paul")
    patient.full_name = name = full_name_of(patient)
    hands.signs_in(page, account.email, account.password)
    page.wait_for_queue()
    hands.takes_in()
    with hands.hearing("the new report"):
        patient.says(personas.material("medassist")["complaints"]["an emergency"])
        hands.window.shown(
            page.row_of(name), f"the report of {patient.name} in the queue, without loading the page anew"
        )
    hands.visit.urgencies.append(page.read_row(page.row_of(name)).under("urgency"))
    hands.comes_to_element(page.row_of(name).get_by_role("button"), "button", "Open report")
    hands.window.press("Enter")
    page.wait_for_report()
    hands.takes_in()
    hands.visit.urgencies.append(page.report_text())
    hands.visit.dialog = _looks_into_dialog(nurse, hands)
    if not hands.visit.dialog.came_back:
        return hands.visit
    _narrows_down(nurse, hands, name)
    with hands.hearing("the decision"):
        _overrides(nurse, hands)
        page.seconds_until_gone(page.row_of(name), "the queue without the decided report")
    kept = bool(hands.window.page.evaluate("() => document.activeElement !== document.body"))
    hands.visit.dialog = DialogFocus(True, True, True, kept_afterwards=kept)
    hands.presses("button", "Sign out")
    hands.window.shown(page.sign_in_button, "the button 'Sign in' after signing out")
    hands.visit.finished = True
    return hands.visit


def _looks_into_dialog(nurse: NurseAtPage, hands: _Hands) -> DialogFocus:
    """Open the dialog, go round in it with Tab, and leave it with Escape."""
    page = nurse.page
    hands.presses("button", "Override")
    hands.window.shown(page.dialog, "the dialog 'Override assessment'")
    nurse.picture("the dialog, and the focus")
    if not page.has_focus_in_dialog():
        return DialogFocus(went_in=False)
    stayed = True
    for _ in range(TABS_IN_DIALOG):
        hands.window.press("Tab")
        stayed = stayed and page.is_focus_kept_by_dialog()
    hands.window.press("Escape")
    page.seconds_until_gone(page.dialog, "the dialog to be closed by Escape")
    return DialogFocus(True, stayed, came_back=hands.window.has_focus(page.override_button))


def _narrows_down(nurse: NurseAtPage, hands: _Hands, name: str) -> None:
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


def _overrides(nurse: NurseAtPage, hands: _Hands) -> None:
    words = personas.material("medassist_pages")["override"]
    hands.presses("button", "Override")
    hands.window.shown(nurse.page.dialog, "the dialog 'Override assessment'")
    hands.writes("Reason", words["reason"])
    hands.writes("Corrected assessment", words["assessment"])
    hands.presses("button", "Confirm override")
