"""Everybody can use the page: by keyboard alone, with a screen reader, with tired eyes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from countersign.systems.chattrain.page import PilotPage
from countersign.systems.chattrain.page_access import live_regions
from countersign.systems.pages.access import controls
from tests.page.lines import SERVICE, SERVICE_LINES
from tests.page.test_chatting import training


@pytest.mark.parametrize("size", [(1280, 800), (400, 780)], ids=["wide", "narrow"])
def test_no_area_breaks_an_accessibility_rule(
    page_for: Callable[..., PilotPage], name: str, size: tuple[int, int]
) -> None:
    page = page_for(size=size)
    found: dict[str, list[str]] = {}

    def check(place: str, area: str) -> None:
        found[place] = [str(violation) for violation in page.violations(area)]  # type: ignore[arg-type]

    page.open()
    check("choose", "choose")
    page.start_buttons.first.click()
    check("choose, name refused", "choose")
    page.enter_user_name(name)
    page.start_training(SERVICE)
    check("chat", "chat")
    page.exchange(SERVICE_LINES[0])
    page.exchange("asdf")
    page.exchange("[[script do=status code=500]] help please")
    check("feedback", "feedback")
    for tab in page.documents.tabs():
        page.documents.open(tab.name)
        check(f"document {tab.name}", "documents")
    page.message_input.fill("not sent yet")
    check("with a line to send", "chat")
    page.end_session()
    check("summary", "feedback")

    assert {place: broken for place, broken in found.items() if broken} == {}
    assert len(found) == 8


def test_a_whole_training_works_by_keyboard_alone(page: PilotPage, name: str) -> None:
    window = page.window
    page.open()
    stops = [window.tab_to("textbox", "Your pilot user name")]
    window.type(name)
    stops.append(window.tab_to("button", f"Start Training Session: {SERVICE}"))
    window.press("Enter")
    page.wait_until_chatting()
    assert window.has_focus(page.message_input)
    window.type(SERVICE_LINES[0])
    window.press("Enter")
    page.wait_for_feedback(1)
    window.type("Thank you, I will reset it.")
    stops.append(window.tab_to("button", "Send message"))
    window.press("Space")
    page.wait_for_feedback(2)
    first, second = (tab.name for tab in page.documents.tabs())
    stops.append(window.tab_to("tab", first))
    window.press("ArrowRight")
    assert page.documents.shown(second).name == second
    window.press("ArrowLeft")
    stops.append(window.tab_to("tabpanel", first))
    stops.append(window.tab_to("log", "Conversation", backwards=True))
    stops.append(window.tab_to("button", "End Session", backwards=True))
    window.press("Enter")
    assert page.summary().exchanges == 2
    expect(page.summary_heading).to_be_focused()
    stops.append(window.tab_to("button", "Choose another scenario"))
    window.press("Enter")
    expect(page.choose_heading).to_be_focused()

    assert [stop.name for stop in stops if not stop.visible] == []
    assert window.seen.errors == []


def test_the_keyboard_gets_through_the_pdf_and_back(page: PilotPage, name: str) -> None:
    training(page, name)
    pdf = next(tab.name for tab in page.documents.tabs() if page.documents.open(tab.name).embedded)
    page.window.tab_to("tab", pdf)
    page.window.tab_to("link", f"Open {pdf} in a new tab")
    for _ in range(3):
        page.window.press("Tab")

    page.window.tab_to("textbox", "Message input", backwards=True)


def test_new_entries_and_changes_of_the_connection_are_announced(page: PilotPage, name: str) -> None:
    training(page, name)

    expect(page.log).to_have_attribute("aria-live", "polite")
    expect(page.log).not_to_have_attribute("aria-busy", "true")
    expect(page.connection).to_have_role("status")
    expect(page.connection).to_have_text("Connected")


def test_every_speaker_has_the_true_label(page: PilotPage, name: str) -> None:
    training(page, name)
    page.exchange(SERVICE_LINES[0])
    page.exchange("[[script do=status code=500]] help please")

    fallback = page.window.seen.received("assistant_message")[1]
    assert fallback["metadata"]["error"] is True
    assert fallback["content"] in page.said_by("System")
    assert fallback["content"] not in page.said_by("Customer")
    visible = page.log.get_by_role("article").all()
    for article, entry in zip(visible, page.entries(), strict=True):
        assert article.inner_text().startswith(entry.speaker)


def test_the_page_still_works_at_twice_the_text_size(page_for: Callable[..., PilotPage], name: str) -> None:
    page = page_for(size=(640, 400))
    training(page, name)

    page.exchange(SERVICE_LINES[0])

    assert page.window.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.message_input.scroll_into_view_if_needed()
    expect(page.send_button).to_be_in_viewport()


def test_controls_are_read_with_their_names_and_live_regions_with_their_manner(page: PilotPage, name: str) -> None:
    training(page, name)
    page.documents.tabs()

    seen = {(control.role, control.name) for control in controls(page.window)}

    assert {("textbox", "Message input"), ("button", "Send message"), ("tab", "Service Manual")} <= seen
    assert [(region.what, region.live) for region in live_regions(page)] == [
        ("the conversation", "polite"),
        ("the state of the connection", "polite"),
    ]
    page.log.evaluate("(element) => element.setAttribute('aria-live', 'off')")
    page.send_button.evaluate("(element) => { element.removeAttribute('aria-label'); element.textContent = ''; }")
    assert [region.announced for region in live_regions(page)] == [False, True]
    assert ("button", "") in {(control.role, control.name) for control in controls(page.window)}


def test_a_box_without_a_name_is_still_found_by_people_with_eyes(page: PilotPage, name: str) -> None:
    training(page, name)
    page.window.page.evaluate("document.querySelector('label[for=message]').remove()")
    page.message_input.evaluate("(element) => element.removeAttribute('placeholder')")

    assert page.exchange(SERVICE_LINES[0]).score == 93
