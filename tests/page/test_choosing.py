"""The first view: what is offered, who one is, and what it says when something is in the way."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from countersign.systems.chattrain.page import PilotPage
from tests.page.conftest import Reference
from tests.page.lines import SERVICE


def answered(page: PilotPage, path: str, status: int, body: object, headers: dict[str, str] | None = None) -> None:
    """Let the next calls of this path be answered like this, as a troubled service would."""

    def fulfil(route: Route) -> None:
        route.fulfill(
            status=status,
            body=json.dumps(body),
            headers={"Content-Type": "application/json", **(headers or {})},
        )

    page.window.page.route(f"**{path}", fulfil)


def test_the_page_shows_the_scenarios_of_the_api_and_no_error(page: PilotPage, reference: Reference) -> None:
    seconds = page.open()

    offered = reference.get("/api/scenarios")
    cards = page.scenarios()
    assert [card.title for card in cards] == [item["title"] for item in offered]
    for card, item in zip(cards, offered, strict=True):
        assert item["config"]["description"] in card.text
        assert item["config"]["difficulty"] in card.text.lower()
        assert card.duration_minutes == 30
        assert card.document_count == len(item["config"]["documents"]) == 2
    assert page.title.startswith("ChatTrain")
    assert page.language == "en"
    assert page.window.seen.errors == []
    assert seconds < 3
    assert [request.path for request in page.window.seen.requests if request.path.startswith("/api")] == [
        "/api/scenarios"
    ]


@pytest.mark.parametrize(("name", "sentence"), [("", "Enter your pilot user name"), ("a b<c>", "Use only letters")])
def test_a_name_that_cannot_be_is_refused_before_anything_is_started(page: PilotPage, name: str, sentence: str) -> None:
    page.open()
    page.enter_user_name(name)

    page.start_buttons.first.click()

    expect(page.user_name).to_be_focused()
    expect(page.user_name).to_have_attribute("aria-invalid", "true")
    expect(page.user_name).to_have_accessible_description(_containing(sentence))
    assert not [request for request in page.window.seen.requests if request.method == "POST"]


@pytest.mark.parametrize(
    ("status", "headers", "sentence"),
    [
        (429, {"Retry-After": "12"}, "wait 12 seconds"),
        (503, {"Retry-After": "2"}, "busy at the moment. Please wait 2 seconds"),
        (404, {}, "no longer available"),
        (500, {}, "could not be started"),
    ],
)
def test_a_session_that_cannot_start_is_told_politely_and_can_be_tried_again(
    page: PilotPage, name: str, status: int, headers: dict[str, str], sentence: str
) -> None:
    page.open()
    page.enter_user_name(name)
    answered(page, "/api/sessions", status, {"detail": "No."}, headers)

    page.start_buttons.first.click()

    expect(page.window.page.get_by_role("alert")).to_contain_text(sentence)
    page.window.page.unroute("**/api/sessions")
    assert page.start_training(SERVICE) < 5
    assert page.connection_state == "Connected"


def test_a_refused_name_is_said_beside_the_name(page: PilotPage, name: str) -> None:
    page.open()
    page.enter_user_name(name)
    answered(page, "/api/sessions", 422, {"detail": [{"type": "x", "loc": ["body", "user_id"], "msg": "No."}]})

    page.start_buttons.first.click()

    expect(page.user_name).to_have_accessible_description(_containing("This name was not accepted"))
    expect(page.user_name).to_be_focused()


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [(200, [], "There is nothing to train at the moment"), (503, {"detail": "No."}, "could not be loaded")],
)
def test_a_list_without_scenarios_says_what_to_do(page: PilotPage, status: int, body: object, sentence: str) -> None:
    answered(page, "/api/scenarios", status, body)
    page.window.open()
    expect(page.window.page.get_by_role("alert")).to_contain_text(sentence)

    page.window.page.unroute("**/api/scenarios")
    page.window.page.get_by_role("button", name="Load the scenarios again").click()

    expect(page.start_buttons).to_have_count(3)
    expect(page.window.page.get_by_role("alert")).to_be_empty()


def test_pressing_start_twice_opens_one_session(page: PilotPage, name: str) -> None:
    page.open()
    page.enter_user_name(name)

    page.start_buttons.first.dblclick()
    page.wait_until_chatting()

    started = [request for request in page.window.seen.requests if request.method == "POST"]
    assert [request.path for request in started] == ["/api/sessions"]


def test_a_narrow_window_needs_no_sideways_scrolling(page_for: Callable[..., PilotPage], name: str) -> None:
    page = page_for(size=(400, 780))
    page.open()
    assert _overflow(page) <= 0
    page.enter_user_name(name)
    page.start_training(SERVICE)
    page.exchange("w" * 300)

    assert _overflow(page) <= 0


def _overflow(page: PilotPage) -> int:
    return int(page.window.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def _containing(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text))
