"""The training itself: what is shown is what the server sent, as text, and a reload leads back."""

from collections.abc import Callable

from playwright.sync_api import expect

from countersign.systems.chattrain.page import PilotPage
from tests.page.conftest import Reference
from tests.page.lines import CLAIMS, MARKUP_LINE, SERVICE, SERVICE_LINES


def training(page: PilotPage, name: str, title: str = SERVICE) -> PilotPage:
    page.open()
    page.enter_user_name(name)
    assert page.start_training(title) < 5
    return page


def test_the_page_shows_what_the_server_sent(page: PilotPage, name: str) -> None:
    training(page, name)
    feedbacks = [page.exchange(line) for line in SERVICE_LINES[:2]]

    seen = page.window.seen
    assert [frame["content"] for frame in seen.sent("user_message")] == list(SERVICE_LINES[:2])
    assert page.said_by("You") == SERVICE_LINES[:2]
    opening = seen.received("session_start")[0]["first_message"]
    answers = [frame["content"] for frame in seen.received("assistant_message")]
    assert page.said_by("Customer") == (opening, *answers)
    for shown, frame in zip(feedbacks, seen.received("evaluation_feedback"), strict=True):
        assert shown.score == frame["score"]
        assert shown.comment == frame["content"]
        assert list(shown.suggestions) == frame["suggestions"]
        assert list(shown.detected) == frame["metadata"]["keyword_matches"]["matched"]
    assert [entry.speaker for entry in page.entries()] == ["System", "Customer", "You", "Customer", "You", "Customer"]
    assert seen.errors == []


def test_the_send_button_waits_for_something_to_send(page: PilotPage, name: str) -> None:
    training(page, name)
    states = [page.can_send()]
    for text in ("  \n ", "hello"):
        page.message_input.fill(text)
        states.append(page.can_send())
    page.send_button.click()
    expect(page.message_input).to_have_value("")
    states.append(page.can_send())

    assert states == [False, False, True, False]
    page.wait_for_feedback(1)
    expect(page.message_input).to_be_focused()


def test_enter_sends_and_shift_enter_starts_a_new_line(page: PilotPage, name: str) -> None:
    training(page, name)
    page.message_input.press_sequentially("first")
    page.message_input.press("Shift+Enter")
    page.message_input.press_sequentially("second")
    page.message_input.press("Enter")
    page.wait_for_feedback(1)

    assert [frame["content"] for frame in page.window.seen.sent("user_message")] == ["first\nsecond"]
    assert page.said_by("You") == ("first\nsecond",)


def test_the_input_takes_2000_characters_and_says_when_they_run_out(page: PilotPage, name: str) -> None:
    training(page, name)
    page.message_input.fill("x" * 1990)
    expect(page.window.page.get_by_text("10 characters left.")).to_be_visible()
    page.message_input.press_sequentially("y" * 15)

    assert len(page.message_input.input_value()) == 2000


def test_several_lines_sent_without_waiting_are_all_answered_in_order(page: PilotPage, name: str) -> None:
    training(page, name)
    lines = [f"Line number {number}, please" for number in range(5)]
    for line in lines:
        page.say(line)
    page.wait_for_feedback(5)

    assert list(page.said_by("You")) == lines
    assert [frame["content"] for frame in page.window.seen.sent("user_message")] == lines


def test_what_people_and_ai_write_stays_text(page: PilotPage, name: str) -> None:
    training(page, name)
    before = _elements(page)
    page.exchange(MARKUP_LINE)
    page.exchange("[[script do=markup]] hello there")

    assert MARKUP_LINE in page.said_by("You")
    answer = page.window.seen.received("assistant_message")[1]["content"]
    assert "<script>" in answer and answer in page.said_by("Customer")
    assert _elements(page) == before == {"img": 0, "script": 1, "b": 0}
    assert page.window.seen.dialogs == []
    assert page.window.seen.console == []
    assert page.title == f"ChatTrain: {SERVICE}"


def test_ending_shows_the_summary_and_the_way_on(page: PilotPage, name: str) -> None:
    training(page, name)
    page.exchange(SERVICE_LINES[0])

    summary = page.end_session()

    frame = page.window.seen.received("session_complete")[0]
    assert frame["status"] == "abandoned"
    assert summary.exchanges == 1
    assert summary.average_score == frame["summary"]["average_score"]
    assert list(summary.strengths) == (frame["summary"]["strengths"] or ["Nothing stood out yet."])
    assert "does not count as completed" in summary.text
    expect(page.summary_heading).to_be_focused()
    expect(page.message_input).to_be_hidden()
    page.window.page.get_by_role("button", name="Choose another scenario").click()
    expect(page.choose_heading).to_be_focused()
    expect(page.user_name).to_have_value(name)
    assert page.start_training(CLAIMS) < 5
    assert page.feedbacks() == ()


def test_fulfilling_the_conditions_completes_the_training(page: PilotPage, name: str) -> None:
    training(page, name)
    for line in SERVICE_LINES:
        page.say(line)
    summary = page.summary()

    assert (summary.exchanges, summary.average_score) == (4, 91.8)
    assert "completed this training" in summary.text
    assert [feedback.score for feedback in page.feedbacks()] == [93, 89, 89, 96]


def test_a_reload_returns_to_the_running_session(page: PilotPage, name: str, reference: Reference) -> None:
    training(page, name)
    for line in SERVICE_LINES[:2]:
        page.exchange(line)
    entries, feedbacks = page.entries(), page.feedbacks()

    page.reload()
    page.wait_until_chatting()
    page.wait_for_feedback(2)

    assert page.entries() == entries
    assert page.feedbacks() == feedbacks
    assert len([request for request in page.window.seen.requests if request.method == "POST"]) == 1
    page.exchange(SERVICE_LINES[2])
    assert page.said_by("You") == SERVICE_LINES[:3]


def test_a_reload_while_an_answer_is_in_work_shows_it_once_and_in_its_place(page: PilotPage, name: str) -> None:
    training(page, name)
    page.exchange(SERVICE_LINES[0])
    page.say("[[script do=delay seconds=1.5]] Thank you, please wait")
    expect(page.window.page.get_by_text("Sending …")).to_be_hidden()
    page.reload()
    page.wait_until_chatting()
    page.wait_for_feedback(2)

    speakers = [entry.speaker for entry in page.entries()]
    assert speakers == ["System", "Customer", "You", "Customer", "You", "Customer"]
    page.exchange(SERVICE_LINES[2])
    assert len(page.feedbacks()) == 3


def test_a_reload_after_the_end_shows_the_summary_again(page: PilotPage, name: str) -> None:
    training(page, name)
    page.exchange(SERVICE_LINES[0])
    before = page.end_session()

    page.reload()

    assert page.summary() == before
    assert page.said_by("You") == SERVICE_LINES[:1]


def test_a_session_that_is_gone_leads_back_to_choosing(page: PilotPage, name: str) -> None:
    training(page, name)
    page.window.page.evaluate(
        """() => { const kept = JSON.parse(sessionStorage.getItem("chattrain.session"));
          kept.websocketUrl = "/chat/999999?token=wrong";
          sessionStorage.setItem("chattrain.session", JSON.stringify(kept)); }"""
    )
    page.reload()

    expect(page.choose_heading).to_be_focused()
    expect(page.window.page.get_by_role("alert")).to_contain_text("can no longer be opened")
    assert page.start_training(SERVICE) < 5


def test_a_second_window_takes_over_and_the_first_can_take_back(page_for: Callable[..., PilotPage], name: str) -> None:
    first, second = training(page_for(), name), page_for()
    first.exchange(SERVICE_LINES[0])
    kept = first.window.page.evaluate("sessionStorage.getItem('chattrain.session')")
    second.window.open()
    second.window.page.evaluate("(kept) => sessionStorage.setItem('chattrain.session', kept)", kept)
    second.reload()
    second.wait_for_feedback(1)

    first.wait_for_connection("Disconnected")
    assert "opened in another window" in first.said_by("System")[-1]
    first.window.page.get_by_role("button", name="Continue here").click()
    first.wait_for_connection("Connected")
    second.wait_for_connection("Disconnected")
    first.exchange(SERVICE_LINES[1])
    assert first.said_by("You") == SERVICE_LINES[:2]


def _elements(page: PilotPage) -> dict[str, int]:
    return {tag: page.window.page.locator(tag).count() for tag in ("img", "script", "b")}
