"""What listeners of the hub are told: topics, happenings, downloads, the present, and one's own generations."""

from dataclasses import replace
from typing import Any

import pytest

from countersign.expect.modelhub.followed import (
    Listener,
    percentage_never_fell,
    steady_news,
    told_of_retries,
    told_the_story,
)
from countersign.expect.modelhub.happenings import Happened, told_with_all_facts
from countersign.expect.modelhub.live_tasks import LiveTask, TaskWindow, told_every_state
from countersign.expect.modelhub.present import Present, knows_the_present
from countersign.expect.modelhub.topics import Answered, Choice, greeted_with_topics, said_so, told_what_was_chosen
from countersign.systems.modelhub.socket import Frame
from countersign.systems.modelhub.topics import TOPICS
from expect.telling import told


def frame(kind: str, second: float = 0.0, **data: Any) -> Frame:
    stamp = f"2026-11-20T10:00:{second:06.3f}Z"
    return Frame(kind, {**data, "timestamp": stamp}, f"{second:010.3f}", second, {})


HAPPENED = {topic: ("1", "2") for topic in ("alerts", "model_status", "queue_updates", "system_stats", "x")}
CHOICE = Choice(("alerts",), ("alerts",), HAPPENED, {"alerts": ("1", "2")})


@pytest.mark.parametrize(
    ("choice", "wrong"),
    [
        (CHOICE, ""),
        (replace(CHOICE, told={**CHOICE.told, "x": ("1",)}), "the line had chosen alerts and was told of x 1 times"),
        (replace(CHOICE, chosen=(), listed=()), "the line had chosen no topic and was told of alerts 2 times"),
        (replace(CHOICE, told={"alerts": ("1",)}), "of 2 events of alerts, which was chosen, 1 were told"),
        (replace(CHOICE, told={"alerts": ("2", "1")}), "of 2 events of alerts, which was chosen, 2 were told"),
        (replace(CHOICE, listed=()), "the line had chosen alerts, and the hub named nothing as chosen"),
        (replace(CHOICE, happened={"alerts": ("1", "2")}), "things happened on 1 topics only"),
    ],
)
def test_only_what_was_chosen_is_told(choice: Choice, wrong: str) -> None:
    message = told(told_what_was_chosen(), choice)
    assert message.startswith(wrong) if wrong else message == ""


def test_a_choice_is_answered_in_words() -> None:
    good = frame("subscription_response", topic="alerts", subscribed=True, message="You get it.")
    answered = Answered("choosing alerts", "alerts", True, good)
    assert told(said_so(), answered) == ""
    assert "subscribed True" in told(said_so(), replace(answered, subscribed=False))
    assert "without a word" in told(said_so(), replace(answered, frame=frame("x", topic="alerts", subscribed=True)))


def test_a_line_is_greeted_with_all_topics() -> None:
    greeting = frame("connection_established", connection_id="c", available_topics=list(TOPICS), message="Choose.")
    assert told(greeted_with_topics(), greeting) == ""
    few = replace(greeting, data={**greeting.data, "available_topics": ["alerts"]})
    assert "the topics it names are ['alerts']" in told(greeted_with_topics(), few)


ALERT = frame("alert", alert_type="storage_low", message="Little is free.", severity="medium")
LOW = Happened("the space runs low", "alert", [ALERT], [{"severity": "medium"}])


@pytest.mark.parametrize(
    ("happened", "wrong"),
    [
        (LOW, ""),
        (replace(LOW, frames=[]), "nothing was told when the space runs low"),
        (replace(LOW, frames=[ALERT, ALERT]), "when the space runs low, 2 messages came instead of 1"),
        (
            replace(LOW, due=[{"severity": "critical"}]),
            "when the space runs low, the severity is told as 'medium' inst",
        ),
        (replace(LOW, frames=[frame("alert", message="x", severity="y")]), "when the space runs low, the message does"),
        (replace(LOW, frames=[replace(ALERT, event_id=None)]), "when the space runs low, the message bears no number"),
    ],
)
def test_what_happened_is_told_with_all_facts(happened: Happened, wrong: str) -> None:
    message = told(told_with_all_facts(), happened)
    assert message.startswith(wrong) if wrong else message == ""


def change(old: str, new: str, second: float, percent: float = 0.0) -> Frame:
    return frame("download_status_change", second, old_status=old, new_status=new, progress_percent=percent)


def news(second: float, percent: float) -> Frame:
    return frame("download_progress_update", second, status="downloading", progress_percent=percent)


RETRY = frame("download_retry", 2.5, retry_count=1, next_retry_in_seconds=0.4, error_message="It was away.")
STORY = (
    change("missing", "queued", 0),
    change("queued", "downloading", 1),
    news(1.9, 30),
    RETRY,
    news(3, 60),
    change("downloading", "completed", 3.9, 100),
)
STATES = ("queued", "downloading", "completed")
LISTENER = Listener("listener 1", STORY)


def test_a_story_is_told_from_start_to_end() -> None:
    assert told(told_the_story(STATES), LISTENER) == ""
    assert "told of 0 ends" in told(told_the_story(STATES), replace(LISTENER, frames=STORY[:-1]))
    assert "told of 2 ends" in told(
        told_the_story(STATES), replace(LISTENER, frames=(*STORY, change("completed", "completed", 4, 100)))
    )
    assert "after its end" in told(told_the_story(STATES), replace(LISTENER, frames=(*STORY, news(4, 100))))
    assert "when it was queued" in told(told_the_story(STATES), replace(LISTENER, frames=(STORY[0], *STORY[2:])))
    assert "was told of queued, downloading, completed" in told(told_the_story(("queued", "completed")), LISTENER)


def test_a_percentage_never_falls() -> None:
    assert told(percentage_never_fell(), LISTENER) == ""
    fallen = (*STORY[:3], news(3, 20), STORY[-1])
    assert told(percentage_never_fell(), replace(LISTENER, frames=fallen)) == (
        "to listener 1 it fell from 30 to 20 percent"
    )
    assert "the last was 60" in told(percentage_never_fell(), replace(LISTENER, frames=STORY[:-1]))


def test_retries_are_told_once_each() -> None:
    assert told(told_of_retries(1), LISTENER) == ""
    assert "the retries [1]" in told(told_of_retries(2), LISTENER)
    mute = (replace(RETRY, data={**RETRY.data, "error_message": ""}),)
    assert "the sentence ''" in told(told_of_retries(1), replace(LISTENER, frames=mute))


def test_news_come_steadily_while_downloading() -> None:
    assert told(steady_news(1.0, 4), LISTENER) == ""
    rare = (*STORY[:2], STORY[4], STORY[5])
    assert "told nothing for 2.00 s" in told(steady_news(1.0, 4), replace(LISTENER, frames=rare))
    many = (*STORY[:2], *(news(1 + number / 10, 30) for number in range(5)), change("downloading", "paused", 2))
    assert "told 5 times in a second" in told(steady_news(1.0, 4), replace(LISTENER, frames=many))
    assert "told nothing while" in told(steady_news(1.0, 4), replace(LISTENER, frames=STORY[:1]))


def present(**data: Any) -> Frame:
    return frame("model_status_update", model_id="m", snapshot=True, **data)


NOW = Present("the newcomer", "model_status", "model_id", [present(size=1)], {"m": {}}, {"m": {}}, 0.1)
NOW = replace(NOW, before={"m": {"model_id": "m", "size": 1}}, after={"m": {"model_id": "m", "size": 2}})


@pytest.mark.parametrize(
    ("now", "wrong"),
    [
        (NOW, ""),
        (replace(NOW, told=[present(size=2)]), ""),
        (replace(NOW, told=[present(size=3)]), "the newcomer was told that m has size 3, the hub answers 2"),
        (replace(NOW, told=[present(size=3)], facts=("model_id",)), ""),
        (replace(NOW, told=[]), "the newcomer was told 0 times how m is now"),
        (replace(NOW, told=[present(size=1)] * 2), "the newcomer was told 2 times how m is now"),
        (replace(NOW, before={}, after={}), "the newcomer was told of m (model_status), which the hub does not name"),
        (replace(NOW, seconds=1.5), "the newcomer was told after 1.50 s"),
    ],
)
def test_the_present_is_told_as_the_hub_answers(now: Present, wrong: str) -> None:
    message = told(knows_the_present(1.0), now)
    assert message.startswith(wrong) if wrong else message == ""


def update(status: str, second: float, **more: Any) -> Frame:
    return frame("task_update", second, task_id="t", status=status, progress=0.0, message="It goes on.", **more)


TASK = LiveTask("t", {"pending": 0.0, "completed": 2.0})
END = update("completed", 2.5, output_path="t.txt")
WINDOW = TaskWindow("window 1", [TASK], (update("pending", 0.5), update("processing", 1), END), 0.1)


@pytest.mark.parametrize(
    ("frames", "wrong"),
    [
        (WINDOW.frames, ""),
        ((), "it was pending and completed, told was nothing"),
        ((*WINDOW.frames[:2], update("cancelled", 2)), "it was pending and completed, told was"),
        ((*WINDOW.frames, END), "2 ends were told"),
        ((WINDOW.frames[1], WINDOW.frames[0], END), "the states were told out of order"),
        ((*WINDOW.frames[:2], update("completed", 2)), "the message of its completion names no result"),
    ],
)
def test_a_window_is_told_every_state(frames: tuple[Frame, ...], wrong: str) -> None:
    message = told(told_every_state(), replace(WINDOW, frames=frames))
    assert wrong in message if wrong else message == ""


def test_a_message_is_late_by_what_its_owner_knew_before() -> None:
    assert WINDOW.delays == [0.5, 0.5]
