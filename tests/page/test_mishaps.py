"""What goes wrong on the way is said, and nothing is lost."""

from playwright.sync_api import expect

from countersign.systems.chattrain.page import PilotPage
from tests.page.conftest import Reference
from tests.page.lines import SERVICE_LINES
from tests.page.test_chatting import training


def test_a_restart_of_the_backend_is_survived_without_a_reload(
    page: PilotPage, name: str, reference: Reference
) -> None:
    training(page, name)
    page.exchange(SERVICE_LINES[0])
    reference.control("POST", "/systems/chattrain/process/kill")
    try:
        page.wait_for_connection("Disconnected", 5)
        page.message_input.fill("written while disconnected")
        assert not page.can_send()
        expect(page.end_button).to_be_disabled()
        expect(page.window.page.get_by_text("Trying again in").last).to_be_visible()
    finally:
        reference.control("POST", "/systems/chattrain/process/start")
    page.wait_for_connection("Connected", 15)

    page.send_button.click()
    page.wait_for_feedback(2)
    assert page.said_by("You") == (SERVICE_LINES[0], "written while disconnected")
    system = page.said_by("System")
    assert "connection was lost" in system[1] and "Connected again" in system[2]


def test_an_answer_in_work_when_the_line_drops_arrives_afterwards_once(
    page: PilotPage, name: str, reference: Reference
) -> None:
    training(page, name)
    page.say("[[script do=delay seconds=2]] Thank you, please wait")
    expect(page.window.page.get_by_text("Sending …")).to_be_hidden()
    reference.control("POST", "/systems/chattrain/process/kill")
    page.wait_for_connection("Disconnected", 5)
    reference.control("POST", "/systems/chattrain/process/start")
    page.wait_for_connection("Connected", 15)
    page.wait_for_feedback(1, 15)

    assert len(page.said_by("You")) == 1
    assert len(page.said_by("Customer")) == 2
    page.exchange(SERVICE_LINES[1])
    assert len(page.feedbacks()) == 2


def test_too_many_lines_are_refused_politely_and_can_be_sent_again(page: PilotPage, name: str) -> None:
    training(page, name)
    for number in range(27):
        page.say(f"Line {number}")
    refused = page.log.get_by_text("Not sent.")
    expect(refused.first).to_be_visible(timeout=15_000)

    frame = page.window.seen.received("security_error")[0]
    assert any(text.startswith(frame["content"]) and "Wait" in text for text in page.said_by("System"))
    before = len(page.said_by("You"))
    page.window.page.get_by_role("button", name="Edit and send again").first.click()
    expect(page.message_input).to_be_focused()
    assert page.message_input.input_value().startswith("Line 2")
    assert len(page.said_by("You")) == before - 1


def test_without_its_database_the_page_says_so_and_goes_on_afterwards(
    page: PilotPage, name: str, reference: Reference
) -> None:
    training(page, name)
    reference.control("POST", "/systems/chattrain/dependencies/database/stop")
    try:
        page.say("Is anybody there, please?")
        expect(page.log.get_by_text("Not sent.")).to_be_visible(timeout=8_000)
        assert page.connection_state == "Connected"
    finally:
        reference.control("POST", "/systems/chattrain/dependencies/database/start")
    page.window.page.get_by_role("button", name="Edit and send again").click()
    page.send_button.click()
    page.wait_for_feedback(1, 15)

    assert page.said_by("You") == ("Is anybody there, please?",)


def test_nothing_that_was_said_is_kept_in_the_browser(page: PilotPage, name: str) -> None:
    training(page, name)
    page.exchange("a very particular sentence")

    kept = page.window.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])")
    assert "particular" not in kept
    assert page.window.seen.console == []
