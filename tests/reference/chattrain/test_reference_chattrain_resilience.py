"""A running ChatTrain when something goes wrong: its AI, its database, its process, its trainees."""

import signal
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from chattrain_live import AiProcess, ChatTrainProcess, fresh_user, until
from websockets.exceptions import ConnectionClosed
from worked_lines import FULL_SERVICE

Another = Callable[..., ChatTrainProcess]
THE_THREE = ["message_received", "assistant_message", "evaluation_feedback"]


def kinds(frames: list[dict[str, Any]]) -> list[str]:
    return [frame["type"] for frame in frames]


def health(chattrain: ChatTrainProcess) -> tuple[int, str]:
    answer = chattrain.http.get("/api/health")
    return answer.status_code, answer.json()["status"]


@pytest.mark.parametrize(
    ("behaviour", "calls"),
    [
        ("status code=400", {1}),
        ("status code=401", {1}),
        ("status code=403", {1}),
        ("status code=429", {2}),
        ("status code=500", {2}),
        ("status code=503", {2}),
        ("empty", {1, 2}),
        ("blank", {1, 2}),
        ("null", {1, 2}),
        ("no-choices", {1, 2}),
        ("garbage", {1, 2}),
        ("cut", {1, 2}),
    ],
)
def test_a_failing_ai_is_replaced_by_a_neutral_sentence(
    chattrain: ChatTrainProcess, ai: AiProcess, behaviour: str, calls: set[int]
) -> None:
    mark = f"mark-{fresh_user()}"
    trainee = chattrain.enter(chattrain.session())
    began = time.monotonic()
    receipt, answer, feedback = trainee.exchange(f"{FULL_SERVICE[0]} {mark} [[script do={behaviour}]]")
    assert time.monotonic() - began < 3
    assert kinds([receipt, answer, feedback]) == THE_THREE
    assert (answer["metadata"]["error"], answer["metadata"]["model"]) == (True, "fallback")
    assert feedback["score"] == 93
    assert len(ai.calls_with(mark)) in calls
    assert health(chattrain) == (200, "degraded")
    assert chattrain.http.get("/api/health").json()["checks"]["ai"] == "down"
    assert "error" not in trainee.exchange("Hello")[1]["metadata"]
    assert health(chattrain) == (200, "healthy")
    trainee.line.close()


def test_long_and_marked_up_answers_pass_as_text(chattrain: ChatTrainProcess) -> None:
    trainee = chattrain.enter(chattrain.session())
    for behaviour in ("markup", "long"):
        answer = trainee.exchange(f"Hello [[script do={behaviour}]]")[1]
        assert "error" not in answer["metadata"]
        assert answer["content"]
    trainee.line.close()


def test_a_hanging_ai_holds_up_nobody_else(another_chattrain: Another) -> None:
    chattrain = another_chattrain(AI_TIMEOUT_SECONDS="2")
    hanging = chattrain.enter(chattrain.session())
    began = time.monotonic()
    hanging.say("Hello [[script do=hang]]")
    assert hanging.frame()["type"] == "message_received"
    hanging.say("")
    assert hanging.frame(0.5)["error_code"] == "VALIDATION_ERROR"
    assert hanging.info()["messages"][0]["evaluation"] is None
    other = chattrain.enter(chattrain.session())
    assert kinds(other.exchange("Hello", within=1)) == THE_THREE
    assert chattrain.http.get("/api/health").elapsed.total_seconds() < 1
    assert time.monotonic() - began < 2
    answer = hanging.frame(4)
    assert 1.9 < time.monotonic() - began < 3
    assert answer["metadata"]["error"] is True
    assert hanging.frame()["type"] == "evaluation_feedback"
    for trainee in (hanging, other):
        trainee.line.close()


def test_a_dripping_ai_is_held_to_the_same_end(another_chattrain: Another, dripping_ai: str) -> None:
    chattrain = another_chattrain(AI_TIMEOUT_SECONDS="1.5", OPENAI_BASE_URL=dripping_ai)
    trainee = chattrain.enter(chattrain.session())
    began = time.monotonic()
    answer = trainee.exchange("Hello")[1]
    assert answer["metadata"]["error"] is True
    assert 1.4 < time.monotonic() - began < 3
    trainee.line.close()


def test_without_an_ai_the_training_goes_on(another_chattrain: Another) -> None:
    for settings in ({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, {"OPENAI_BASE_URL": ""}):
        chattrain = another_chattrain(**settings)
        trainee = chattrain.enter(chattrain.session())
        began = time.monotonic()
        assert trainee.exchange(FULL_SERVICE[0])[2]["score"] == 93
        assert time.monotonic() - began < 3
        trainee.line.close()


def test_without_its_database_it_confirms_nothing_and_recovers(another_chattrain: Another) -> None:
    chattrain = another_chattrain()
    session = chattrain.session()
    trainee = chattrain.enter(session)
    trainee.exchange("before")
    holder = sqlite3.connect(chattrain.database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert_unavailable(chattrain, trainee)
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert_recovered(chattrain, trainee, session)


def test_without_its_database_file_it_confirms_nothing_and_recovers(another_chattrain: Another) -> None:
    chattrain = another_chattrain()
    session = chattrain.session()
    trainee = chattrain.enter(session)
    trainee.exchange("before")
    away = chattrain.database.with_name("away.sqlite3")
    chattrain.database.rename(away)
    try:
        assert_unavailable(chattrain, trainee)
    finally:
        away.rename(chattrain.database)
    assert_recovered(chattrain, trainee, session)


def assert_unavailable(chattrain: ChatTrainProcess, trainee: Any) -> None:
    began = time.monotonic()
    for number in range(3):
        trainee.say(f"meanwhile {number}")
    refusals = trainee.frames(3, within=3)
    assert time.monotonic() - began < 3
    assert [(frame["type"], frame.get("code")) for frame in refusals] == [("error", "SERVICE_UNAVAILABLE")] * 3
    began = time.monotonic()
    scenarios = chattrain.http.get("/api/scenarios").json()
    answer = chattrain.http.post("/api/sessions", json={"scenario_id": scenarios[0]["id"], "user_id": fresh_user()})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert time.monotonic() - began < 3
    assert health(chattrain) == (503, "unhealthy")
    # Several callers at once wait side by side and not one after the other.
    began = time.monotonic()
    with ThreadPoolExecutor(8) as together:
        body = {"scenario_id": scenarios[0]["id"], "user_id": fresh_user()}
        answers = list(together.map(lambda _: chattrain.http.post("/api/sessions", json=body), range(8)))
    assert {answer.status_code for answer in answers} == {503}
    assert time.monotonic() - began < 3


def assert_recovered(chattrain: ChatTrainProcess, trainee: Any, session: dict[str, Any]) -> None:
    until(lambda: health(chattrain) == (200, "healthy"), "healthy again", within=10)
    assert kinds(trainee.exchange("after")) == THE_THREE
    trainee.line.close()
    assert [item["content"] for item in chattrain.read_back(session)[::2]] == ["before", "after"]
    assert chattrain.session()["id"] > session["id"]


def test_an_answer_whose_database_went_away_is_kept_later(another_chattrain: Another) -> None:
    chattrain = another_chattrain()
    session = chattrain.session()
    trainee = chattrain.enter(session)
    trainee.say("wait [[script do=delay seconds=1]]")
    assert trainee.frame()["type"] == "message_received"
    holder = sqlite3.connect(chattrain.database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    until(lambda: "kept later" in chattrain.log.read_text(), "the answer could not be kept", within=5)
    trainee.say("meanwhile")
    assert trainee.frame(3)["code"] == "SERVICE_UNAVAILABLE"
    holder.execute("ROLLBACK")
    holder.close()
    assert kinds(trainee.frames(2)) == THE_THREE[1:]
    assert kinds(trainee.exchange("after")) == THE_THREE
    trainee.line.close()
    assert len(chattrain.read_back(session)) == 4


def test_it_starts_without_its_database_and_opens_it_later(another_chattrain: Another) -> None:
    chattrain = another_chattrain()
    chattrain.end(signal.SIGTERM)
    holder = sqlite3.connect(chattrain.database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    chattrain.start()
    assert health(chattrain) == (503, "unhealthy")
    assert chattrain.http.get("/api/scenarios").status_code == 503
    holder.execute("ROLLBACK")
    holder.close()
    until(lambda: health(chattrain) == (200, "healthy"), "healthy again", within=10)
    assert chattrain.session()["id"] == 1


def test_nothing_confirmed_is_lost_when_it_is_killed(another_chattrain: Another) -> None:
    chattrain = another_chattrain()
    finished, going_on = chattrain.session(), chattrain.session()
    trainee = chattrain.enter(finished)
    for line in FULL_SERVICE:
        trainee.exchange(line)
    assert trainee.frame()["status"] == "completed"
    trainee = chattrain.enter(going_on)
    trainee.exchange("first")
    trainee.say("wait [[script do=delay seconds=1]]")
    receipt = trainee.frame()
    chattrain.end(signal.SIGKILL)
    with pytest.raises(ConnectionClosed):
        trainee.line.recv(timeout=3)
    assert chattrain.start() < 10
    assert chattrain.details(finished)["status"] == "completed"
    assert len(chattrain.read_back(finished)) == 8
    again = chattrain.enter(going_on)
    assert kinds(again.frames(2)) == THE_THREE[1:]
    items = again.info()["messages"]
    assert [item["role"] for item in items] == ["user", "assistant"] * 2
    assert items[2]["id"] == receipt["message_id"]
    assert items[2]["evaluation"] is not None
    assert again.exchange("after")[0]["message_id"] > items[3]["id"]
    again.line.close()
    assert chattrain.session()["id"] > going_on["id"]


def test_it_starts_and_stops_quickly_with_sockets_open(another_chattrain: Another) -> None:
    chattrain = another_chattrain()
    trainees = [chattrain.enter(chattrain.session()) for _ in range(3)]
    trainees[0].say("Hello [[script do=hang]]")
    assert trainees[0].frame()["type"] == "message_received"
    assert chattrain.end(signal.SIGTERM) < 2
    assert chattrain.start() < 5


def test_dropped_lines_leave_nothing_behind(chattrain: ChatTrainProcess) -> None:
    session = chattrain.session()
    for number in range(5):
        trainee = chattrain.enter(session)
        assert kinds(trainee.exchange(f"line {number}")) == THE_THREE
        trainee.cut()
    name = "chattrain_active_connections"

    def is_open() -> float:
        lines = chattrain.http.get("/metrics").text.splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(name))

    until(lambda: is_open() == 0, "all connections are counted as closed", within=5)
    assert chattrain.details(session)["exchanges"] == 5


def test_a_silent_session_is_abandoned_after_the_idle_time_and_no_other(another_chattrain: Another) -> None:
    chattrain = another_chattrain(SESSION_IDLE_SECONDS="2")
    silent, unconnected, busy = (chattrain.session() for _ in range(3))
    waiting, talking = chattrain.enter(silent), chattrain.enter(busy)
    end = time.monotonic() + 4
    number = 0
    while time.monotonic() < end:
        talking.exchange(f"line {number} [[script do=delay seconds=0.5]]")
        number += 1
    done = waiting.frame()
    assert (done["type"], done["status"]) == ("session_complete", "abandoned")
    assert chattrain.details(silent)["status"] == chattrain.details(unconnected)["status"] == "abandoned"
    assert chattrain.details(busy)["status"] == "active"
    waiting.say("too late")
    assert waiting.frame()["code"] == "SESSION_COMPLETED"
    for trainee in (waiting, talking):
        trainee.line.close()


def test_twenty_trainees_at_once_keep_their_own_conversations(chattrain: ChatTrainProcess) -> None:
    def train(number: int) -> list[str]:
        session = chattrain.session(user=fresh_user())
        trainee = chattrain.enter(session)
        answers = [trainee.exchange(f"trainee {number} line {line} [[script do=echo]]")[1] for line in range(5)]
        trainee.line.close()
        assert len(chattrain.read_back(session)) == 10
        return [answer["content"].strip() for answer in answers]

    with ThreadPoolExecutor(20) as together:
        answers = list(together.map(train, range(20)))
    assert answers == [[f"trainee {number} line {line}" for line in range(5)] for number in range(20)]
