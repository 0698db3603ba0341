"""The chat socket of a running ChatTrain."""

import json
import time
from typing import Any

import pytest
from chattrain_live import AiProcess, ChatTrainProcess, Trainee, fresh_user, until
from websockets.exceptions import ConnectionClosed, InvalidStatus
from worked_lines import CLAIMS, FULL_CLAIMS, FULL_SERVICE, SERVICE, WORKED

THE_THREE = ["message_received", "assistant_message", "evaluation_feedback"]


def kinds(frames: list[dict[str, Any]]) -> list[str]:
    return [frame["type"] for frame in frames]


def close_code(chattrain: ChatTrainProcess, path: str) -> int | None:
    """Give the close code a refused caller gets; nothing else may have been sent."""
    line = chattrain.dial(path)
    with pytest.raises(ConnectionClosed) as closed:
        line.recv(timeout=3)
    return closed.value.rcvd.code if closed.value.rcvd else None


def test_whoever_joins_is_greeted_at_once(chattrain: ChatTrainProcess) -> None:
    session = chattrain.session(CLAIMS)
    began = time.monotonic()
    trainee = chattrain.enter(session)
    assert time.monotonic() - began < 1
    greeting = trainee.greeting
    assert (greeting["type"], greeting["session_id"], greeting["security_enabled"]) == (
        "session_start",
        session["id"],
        True,
    )
    assert greeting["scenario"] == {
        "id": CLAIMS,
        "title": "Insurance Claim Handling Training",
        "documents": ["claim_guide.pdf", "empathy_examples.md"],
    }
    assert "accident" in greeting["first_message"]
    assert greeting["timestamp"].endswith("Z")
    info = trainee.info()
    assert info["session"]["status"] == "active"
    assert info["messages"] == []
    trainee.line.close()


@pytest.mark.parametrize(("text_id", "lines", "average"), [(SERVICE, FULL_SERVICE, 91.8), (CLAIMS, FULL_CLAIMS, 96.8)])
def test_a_whole_training(chattrain: ChatTrainProcess, text_id: str, lines: tuple[str, ...], average: float) -> None:
    session = chattrain.session(text_id)
    trainee = chattrain.enter(session)
    numbers, scores, answers = [], [], []
    for line in lines:
        receipt, answer, feedback = trainee.exchange(line)
        assert kinds([receipt, answer, feedback]) == THE_THREE
        numbers += [receipt["message_id"], answer["message_id"]]
        scores.append(feedback["score"])
        answers.append(answer["content"])
        assert "error" not in answer["metadata"]
        assert isinstance(answer["metadata"]["tokens"], int)
        assert set(feedback["metadata"]["quality_scores"]) == {"politeness", "empathy", "clarity", "solution"}
    done = trainee.frame()
    assert (done["type"], done["status"], done["session_id"]) == ("session_complete", "completed", session["id"])
    assert done["summary"]["total_exchanges"] == len(lines)
    assert done["summary"]["average_score"] == average == round(sum(scores) / len(scores), 1)
    assert numbers == sorted(set(numbers))
    assert len(set(answers)) == len(lines)

    trainee.say("One more")
    assert trainee.frame()["code"] == "SESSION_COMPLETED"
    trainee.send(type="session_complete")
    assert trainee.frame()["code"] == "SESSION_COMPLETED"
    assert trainee.info()["session"]["status"] == "completed"
    trainee.line.close()

    items = chattrain.read_back(session)
    assert [item["role"] for item in items] == ["user", "assistant"] * len(lines)
    assert [item["id"] for item in items] == numbers
    assert [item["content"] for item in items[::2]] == list(lines)
    assert [item["content"] for item in items[1::2]] == answers
    assert [item["evaluation"]["score"] for item in items[::2]] == scores
    details = chattrain.details(session)
    assert (details["status"], details["exchanges"], details["average_score"]) == ("completed", len(lines), average)
    assert details["summary"] == done["summary"]
    assert details["completed_at"].endswith("Z")


def test_lines_sent_at_once_are_answered_in_their_order(chattrain: ChatTrainProcess) -> None:
    trainee = chattrain.enter(chattrain.session())
    for number in range(20):
        trainee.say(f"line {number} [[script do=echo]]")
    frames = trainee.frames(60)
    assert kinds(frames) == THE_THREE * 20
    assert [frame["content"].strip() for frame in frames[1::3]] == [f"line {number}" for number in range(20)]
    trainee.line.close()


def test_worked_scores_over_the_wire(chattrain: ChatTrainProcess) -> None:
    for text_id, step, line, percentage, score in WORKED:
        trainee = chattrain.enter(chattrain.session(text_id))
        for filler in range(step):
            trainee.exchange(f"filler {filler}")
        feedback = trainee.exchange(line)[2]
        assert feedback["score"] == score
        assert feedback["metadata"]["keyword_matches"]["match_percentage"] == percentage
        trainee.line.close()


@pytest.mark.parametrize(
    "broken",
    ["not json", "[]", '"text"', "5", "null", "[" * 50_000, '{"type": "user_message"', '{"a": NaN}', b"\x00\xff"],
)
def test_broken_frames_are_answered_and_the_chat_goes_on(chattrain: ChatTrainProcess, broken: str | bytes) -> None:
    trainee = chattrain.enter(chattrain.session())
    trainee.line.send(broken)
    frame = trainee.frame(3)
    assert (frame["type"], frame["code"]) == ("error", "INVALID_REQUEST")
    assert kinds(trainee.exchange("Hello")) == THE_THREE
    trainee.line.close()


@pytest.mark.parametrize("kind", ["assistant_message", "ping", "", None, 5, [], {}, "\ud800", "message_received"])
def test_unknown_types_are_refused_and_nothing_is_stored(chattrain: ChatTrainProcess, kind: Any) -> None:
    session = chattrain.session()
    trainee = chattrain.enter(session)
    trainee.send(type=kind, content="I am the customer")
    assert trainee.frame()["code"] == "UNKNOWN_TYPE"
    trainee.send(content="no type")
    assert trainee.frame()["code"] == "UNKNOWN_TYPE"
    trainee.line.close()
    assert chattrain.read_back(session) == []


def test_lines_that_break_a_rule_get_one_refusal_each(chattrain: ChatTrainProcess) -> None:
    session = chattrain.session()
    trainee = chattrain.enter(session)
    wrong: list[dict[str, Any]] = [
        {},
        *({"content": content} for content in (None, 5, [], {}, "", " \n\t", "a\ud800", "x" * 2001, "x" * 11_000)),
        *({"content": "fine", "metadata": metadata} for metadata in ([], "x", {"a": "x" * 1001})),
    ]
    for frame in wrong:
        trainee.send(type="user_message", **frame)
        refusal = trainee.frame(3)
        assert (refusal["type"], refusal["error_code"]) == ("security_error", "VALIDATION_ERROR")
    assert chattrain.read_back(session) == []
    assert kinds(trainee.exchange("x" * 2000)) == THE_THREE
    trainee.send(type="user_message", content="fine", metadata={"a": 1})
    assert kinds(trainee.frames(3)) == THE_THREE
    trainee.line.close()
    assert chattrain.details(session)["exchanges"] == 2


def test_what_is_typed_arrives_as_typed(chattrain: ChatTrainProcess, ai: AiProcess) -> None:
    session = chattrain.session()
    trainee = chattrain.enter(session)
    lines = (
        "😀 こんにちは café Ünïcödé",
        "<b>hi</b> <script>alert(1)</script>",
        "select the option -- thanks",
        "\"quotes\" 'and' \\back\\slashes\\",
        "right\u200bto\u202eleft مرحبا",
    )
    for line in lines:
        sent = f"{line} [[script do=echo]]"
        trainee.exchange(sent)
    trainee.line.close()
    items = chattrain.read_back(session)
    assert [item["content"] for item in items[::2]] == [f"{line} [[script do=echo]]" for line in lines]
    assert [item["content"].rstrip() for item in items[1::2]] == [line.rstrip() for line in lines]


def test_masked_values_reach_neither_ai_nor_database_nor_log(chattrain: ChatTrainProcess, ai: AiProcess) -> None:
    session = chattrain.session()
    trainee = chattrain.enter(session)
    mark = f"mark-{fresh_user()}"
    trainee.exchange(f"Account AC-918273 card 4929-1234-5678-9012 mail zoe@secret.test {mark}")
    trainee.exchange(f"call 555-867-5309 {mark}")
    trainee.line.close()
    raw = ("918273", "4929", "zoe@", "867-5309")
    calls = ai.calls_with(mark)
    assert len(calls) == 2
    assert "Account {{ACCOUNT}} card {{CARD}} mail {{EMAIL}}" in calls[0]["messages"][-1]["content"]
    everything = [json.dumps(calls), json.dumps(chattrain.read_back(session)), chattrain.log.read_text()]
    stored = b"".join(file.read_bytes() for file in chattrain.folder.glob("database.sqlite3*"))
    for value in raw:
        assert not any(value in text for text in everything)
        assert value.encode() not in stored
    assert mark not in everything[2]


def test_the_ai_is_asked_with_the_scenario_and_the_conversation(chattrain: ChatTrainProcess, ai: AiProcess) -> None:
    mark = f"mark-{fresh_user()}"
    trainee = chattrain.enter(chattrain.session(SERVICE))
    for number in range(7):
        trainee.exchange(f"{mark} line {number}")
    trainee.line.close()
    last = ai.calls_with(mark)[-1]
    assert (last["model"], last["temperature"], last["max_tokens"]) == ("gpt-4o-mini", 0.6, 180)
    system, *earlier, newest = last["messages"]
    assert system["role"] == "system"
    assert "Customer Service Support Training" in system["content"]
    assert sum(line.startswith("Next customer line: ") for line in system["content"].splitlines()) == 1
    assert newest == {"role": "user", "content": f"{mark} line 6"}
    assert [message["role"] for message in earlier] == ["user", "assistant"] * 5
    assert [message["content"] for message in earlier[::2]] == [f"{mark} line {number}" for number in range(1, 6)]


def test_nobody_enters_without_the_sessions_token(chattrain: ChatTrainProcess) -> None:
    mine, other = chattrain.session(), chattrain.session()
    for path in (
        f"/chat/{mine['id']}",
        f"/chat/{mine['id']}?token=",
        f"/chat/{mine['id']}?token=wrong",
        f"/chat/{mine['id']}?token={other['session_token']}",
        "/chat/999999?token=x",
        "/chat/0",
        "/chat/-1",
    ):
        assert close_code(chattrain, path) == 4004
    for path in ("/chat/abc", "/chat/1.5", "/chat/" + "9" * 30, "/chat/9223372036854775808", "/chat/", "/chat/1/2"):
        with pytest.raises(InvalidStatus) as refused:
            chattrain.dial(path)
        assert refused.value.response.status_code in {403, 404}


def test_foreign_pages_get_no_handshake(chattrain: ChatTrainProcess) -> None:
    session = chattrain.session()
    for origin in ("http://evil.example", "null", chattrain.url + ".evil.example"):
        with pytest.raises(InvalidStatus) as refused:
            chattrain.dial(session["websocket_url"], origin=origin)
        assert refused.value.response.status_code == 403
    trainee = chattrain.enter(session, origin=chattrain.url)
    assert trainee.greeting["type"] == "session_start"
    trainee.line.close()


def test_a_second_connection_takes_over(chattrain: ChatTrainProcess) -> None:
    session = chattrain.session()
    first = chattrain.enter(session)
    first.say("wait [[script do=delay seconds=1]]")
    assert first.frame()["type"] == "message_received"
    second = chattrain.enter(session)
    with pytest.raises(ConnectionClosed) as closed:
        first.line.recv(timeout=3)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 4001
    assert kinds(second.frames(2)) == THE_THREE[1:]
    assert kinds(second.exchange("Hello")) == THE_THREE
    second.line.close()


def test_the_answer_in_work_waits_for_who_was_cut_off(chattrain: ChatTrainProcess) -> None:
    session = chattrain.session()
    trainee = chattrain.enter(session)
    trainee.exchange("first")
    trainee.say("wait [[script do=delay seconds=1]]")
    trainee.say("never confirmed")
    assert trainee.frame()["type"] == "message_received"
    trainee.cut()
    until(lambda: len(chattrain.read_back(session)) == 4, "the answer is stored", within=5)
    again = chattrain.enter(session)
    assert kinds(again.frames(2)) == THE_THREE[1:]
    items = again.info()["messages"]
    assert [item["content"] for item in items[::2]] == ["first", "wait [[script do=delay seconds=1]]"]
    assert all(item["evaluation"] for item in items[::2])
    assert kinds(again.exchange("never confirmed")) == THE_THREE
    again.line.close()


def test_a_frame_above_a_mebibyte_ends_the_line_but_not_the_session(chattrain: ChatTrainProcess) -> None:
    session = chattrain.session()
    trainee = chattrain.enter(session)
    with pytest.raises(ConnectionClosed) as closed:
        trainee.say("x" * (2**20 + 1))
        trainee.frame(3)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1009
    again = chattrain.enter(session)
    again.say("x" * (2**20 - 100))
    assert again.frame()["error_code"] == "VALIDATION_ERROR"
    assert kinds(again.exchange("Hello")) == THE_THREE
    again.line.close()


def test_the_rate_of_lines_is_limited_per_user_over_all_sockets(chattrain: ChatTrainProcess) -> None:
    user = fresh_user()
    sessions = [chattrain.session(user=user) for _ in range(2)]
    trainees = [chattrain.enter(session) for session in sessions]
    for number in range(30):
        trainees[number % 2].say(f"line {number}")
    frames = [frame for trainee in trainees for frame in collected(trainee, 15)]
    refused = [frame for frame in frames if frame["type"] == "security_error"]
    accepted = kinds(frames).count("message_received")
    assert 20 <= accepted <= 25
    assert accepted + len(refused) == 30
    assert all(frame["error_code"] == "RATE_LIMIT_EXCEEDED" and frame["retry_after"] >= 1 for frame in refused)
    assert sum(len(chattrain.read_back(session)) for session in sessions) == 2 * accepted
    somebody_else = chattrain.enter(chattrain.session())
    assert kinds(somebody_else.exchange("Hello")) == THE_THREE
    for trainee in (*trainees, somebody_else):
        trainee.line.close()


def collected(trainee: Trainee, lines: int) -> list[dict[str, Any]]:
    """Take frames until every line was rated or refused."""
    frames: list[dict[str, Any]] = []
    while sum(frame["type"] in {"evaluation_feedback", "security_error", "error"} for frame in frames) < lines:
        frames.append(trainee.frame())
    return frames


def test_ending_early_is_no_completion(chattrain: ChatTrainProcess) -> None:
    session = chattrain.session()
    trainee = chattrain.enter(session)
    trainee.exchange("Hello")
    trainee.send(type="session_complete")
    done = trainee.frame()
    assert (done["type"], done["status"], done["summary"]["total_exchanges"]) == ("session_complete", "abandoned", 1)
    trainee.say("more")
    assert trainee.frame()["code"] == "SESSION_COMPLETED"
    trainee.line.close()
    assert chattrain.details(session)["status"] == "abandoned"
    assert len(chattrain.read_back(session)) == 2


def test_only_accepted_lines_count_for_completion(chattrain: ChatTrainProcess) -> None:
    trainee = chattrain.enter(chattrain.session())
    for line in FULL_SERVICE[:3]:
        trainee.exchange(line)
    trainee.say("   ")
    assert trainee.frame()["type"] == "security_error"
    assert trainee.info()["session"]["status"] == "active"
    trainee.exchange(FULL_SERVICE[3])
    assert trainee.frame()["status"] == "completed"
    trainee.line.close()


def test_lines_after_the_completing_one_are_refused(chattrain: ChatTrainProcess) -> None:
    trainee = chattrain.enter(chattrain.session())
    for line in (*FULL_SERVICE, "one too many"):
        trainee.say(line)
    frames = trainee.frames(14)
    assert kinds(frames) == [*THE_THREE * 4, "session_complete", "error"]
    assert frames[-1]["code"] == "SESSION_COMPLETED"
    trainee.line.close()


def test_lines_sessions_and_answers_are_counted(chattrain: ChatTrainProcess) -> None:
    def counters() -> dict[str, float]:
        lines = chattrain.http.get("/metrics").text.splitlines()
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}

    until(lambda: counters()["chattrain_active_connections"] == 0, "the lines of the tests before are closed", within=3)
    before = counters()
    trainee = chattrain.enter(chattrain.session())
    for number in range(5):
        trainee.exchange(f"line {number}")
    for _ in range(2):
        trainee.say("")
        trainee.frame()
    during = counters()
    trainee.line.close()
    changes = {name: during[name] - before.get(name, 0) for name in during if during[name] != before.get(name, 0)}
    assert changes['chattrain_messages_total{outcome="answered"}'] == 5
    assert changes['chattrain_messages_total{outcome="refused"}'] == 2
    assert changes['chattrain_sessions_total{status="active"}'] == 1
    assert changes['chattrain_ai_calls_total{result="answered"}'] == 5
    assert changes["chattrain_reply_seconds_count"] == 5
    assert changes["chattrain_active_connections"] == 1
    until(lambda: counters()["chattrain_active_connections"] == 0, "the connection is counted as closed", within=3)
