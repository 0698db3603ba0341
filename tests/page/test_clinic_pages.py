"""The pages of patients and nurses when things go wrong around them: lost lines, old tokens, loading anew."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from countersign.evidence import Recorder, Redactor
from countersign.systems.medassist.nurse_page import NursePage
from countersign.systems.medassist.patient_page import PatientPage
from countersign.transport.browser import Browser, Window
from tests.page.conftest import Reference

PASSWORD = "Good-Pass-1"
EMERGENCY, ROUTINE = "There is a pain in my chest", "I have a runny nose"


@dataclass(frozen=True)
class Clinic:
    """MedAssist as the tests need it: new patients, nurses who are there, its process."""

    reference: Reference
    window: Callable[[str], Window]

    @property
    def url(self) -> str:
        return str(self.reference.medassist["url"])

    def process(self, action: str, **settings: Any) -> None:
        """Kill, start or restart it; answers when that is done."""
        self.reference.control("POST", f"/systems/medassist/process/{action}", {"settings": settings})

    def patient(self, name: str) -> tuple[str, PatientPage]:
        """Give the address of a fresh patient and the page on which that patient is chatting."""
        email = f"{name.lower()}{time.monotonic_ns()}@example.org"
        body = {"email": email, "password": PASSWORD, "full_name": f"{name} {time.monotonic_ns()}"}
        assert httpx.post(f"{self.url}/api/auth/register", json=body).status_code == 201
        page = PatientPage(self.window(name))
        page.open()
        page.sign_in(email, PASSWORD)
        page.agree()
        page.wait_until_chatting()
        return email, page

    def nurse(self) -> tuple[NursePage, httpx.Client]:
        """Give the page of a nurse on duty, and a client of the same nurse."""
        account = next(each for each in self.reference.medassist["staff"] if each["role"] == "nurse")
        page = NursePage(self.window("Nora"))
        page.open()
        page.sign_in(account["email"], account["password"])
        page.wait_for_queue()
        body = {"email": account["email"], "password": account["password"]}
        token = httpx.post(f"{self.url}/api/auth/login", json=body).json()["access_token"]
        return page, httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def clinic(browser: Browser, reference: Reference) -> Iterator[Clinic]:
    opened: list[Window] = []

    def window(actor: str) -> Window:
        url = str(reference.medassist["url"])
        opened.append(browser.window(url, system="medassist", actor=actor, recorder=Recorder(Redactor())))
        return opened[-1]

    yield Clinic(reference, window)
    for each in opened:
        each.close()


def said(page: PatientPage) -> list[str]:
    return [text.split("\n")[0].strip() for text in page.entries().all_inner_texts()]


def test_what_is_written_while_the_line_is_lost_goes_out_once_when_it_is_back(clinic: Clinic) -> None:
    _, page = clinic.patient("Pia")
    page.say(ROUTINE)
    page.wait_for_entries(2)
    clinic.process("kill")
    status = page.window.page.get_by_role("status")
    expect(status).to_have_text("Reconnecting")
    page.say("It is worse in the evening, 8/10")
    expect(page.log).to_contain_text("Sending")
    expect(status).to_have_text("Offline", timeout=30_000)
    clinic.process("start")
    page.window.page.get_by_role("button", name="Try now", exact=True).click()
    page.is_connected()
    page.wait_for_entries(5)  # two lines, two answers, and that a report is ready
    expect(page.log).not_to_contain_text("Sending")
    lines = page.log.get_by_role("article", name="You", exact=True)
    answers = page.log.get_by_role("article", name="Assistant", exact=True)
    assert (lines.count(), answers.count()) == (2, 2)


def test_loading_anew_leads_back_with_the_advice_still_in_view(clinic: Clinic) -> None:
    _, page = clinic.patient("Paul")
    page.say(EMERGENCY)
    page.wait_for_entries(4)
    before = sorted(text for text in page.log.get_by_role("article").all_inner_texts() if "ready" not in text)
    page.window.reload()
    page.wait_until_chatting()
    page.wait_for_entries(3)
    expect(page.alert("911")).to_be_visible()
    assert sorted(page.log.get_by_role("article").all_inner_texts()) == before


def test_a_nurses_question_stands_in_the_conversation_under_the_nurses_name(clinic: Clinic) -> None:
    _, page = clinic.patient("Priya")
    page.say("My toothache is 8/10")
    page.wait_for_entries(3)
    _, nurse = clinic.nurse()
    waiting = nurse.get("/api/pars/queue", params={"limit": 200}).json()["queue"]
    mine = next(entry for entry in waiting if entry["patient_name"].startswith("Priya"))
    question = "Since when do you have a fever?"
    body = {"action": "request_more_info", "notes": question}
    assert nurse.post(f"/api/pars/{mine['id']}/review", json=body).status_code == 200
    expect(page.log.get_by_role("article", name="Nurse", exact=True)).to_contain_text(question)
    assert page.window.seen.errors == []


def test_both_pages_outlive_their_tokens(clinic: Clinic) -> None:
    clinic.process("restart", ACCESS_TOKEN_EXPIRE_MINUTES="0.05")
    try:
        _, page = clinic.patient("Pia")
        desk, _ = clinic.nurse()
        page.window.page.wait_for_timeout(4_000)  # longer than a token lives: sockets are closed, answers are 401
        page.say("My toothache is 9/10")
        page.wait_for_entries(3, 15.0)
        page.is_connected(15.0)
        expect(desk.table).to_contain_text("My toothache is 9/10", timeout=15_000)
        expect(desk.sign_in_button).to_be_hidden()
    finally:
        clinic.process("restart", ACCESS_TOKEN_EXPIRE_MINUTES="30")


def test_a_sign_in_that_was_taken_back_leads_to_the_way_in_and_shows_nothing(clinic: Clinic) -> None:
    email, page = clinic.patient("Paul")
    page.say(EMERGENCY)
    page.wait_for_entries(2)
    admin = next(each for each in clinic.reference.medassist["staff"] if each["role"] == "admin")
    body = {"email": admin["email"], "password": admin["password"]}
    token = httpx.post(f"{clinic.url}/api/auth/login", json=body).json()["access_token"]
    with httpx.Client(base_url=clinic.url, headers={"Authorization": f"Bearer {token}"}) as office:
        users = office.get("/api/users", params={"limit": 200}).json()
        mine = next(user for user in users if user["email"] == email)
        assert office.patch(f"/api/users/{mine['id']}", json={"is_active": False}).status_code == 200
    expect(page.sign_in_button).to_be_visible(timeout=15_000)
    expect(page.window.page.locator("body")).not_to_contain_text(EMERGENCY)
    expect(page.window.page.get_by_text("Your sign-in has ended")).to_be_visible()


def test_a_patient_is_sent_away_from_the_nurses_page(clinic: Clinic) -> None:
    email, _ = clinic.patient("Pia")
    page = NursePage(clinic.window("Pia"))
    page.open()
    page.sign_in(email, PASSWORD)
    expect(page.alerts.filter(has_text="for nurses")).to_be_visible()
    expect(page.table).to_be_hidden()
    page.window.reload()
    expect(page.sign_in_button).to_be_visible()


def test_an_account_can_be_made_on_the_page_and_what_is_missing_is_said(clinic: Clinic) -> None:
    page = PatientPage(clinic.window("Pia"))
    shown = page.window.page
    page.open()
    page.create_account_button.first.click()
    name = shown.get_by_role("textbox", name="Full name", exact=True)
    name.fill("Pia Paulsen")
    page.email.fill(f"pia{time.monotonic_ns()}@example.org")
    page.password.fill("weak")
    make = shown.get_by_role("button", name="Create account", exact=True)
    make.click()
    expect(page.password).to_have_attribute("aria-invalid", "true")
    page.password.fill(PASSWORD)
    make.click()
    page.agree()
    page.wait_until_chatting()
    assert page.window.seen.errors == []
