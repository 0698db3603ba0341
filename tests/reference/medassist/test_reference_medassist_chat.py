"""The chat: acknowledgement, order, resume, HTTP beside the socket, and what follows from an emergency."""

import json
from collections.abc import Callable

import pytest
from medassist_live import Line, MedAssistProcess, Session, agree
from programs import AiProcess
from websockets.exceptions import ConnectionClosed, InvalidStatus

KINDS_OF_AN_ANSWER = {"streaming", "streaming_complete"}


def kinds(frames: list[dict]) -> list[str]:  # type: ignore[type-arg]
    return [frame["type"] for frame in frames]


def whole(frames: list[dict]) -> str:  # type: ignore[type-arg]
    return "".join(frame["payload"]["token"] for frame in frames if frame["type"] == "streaming")


@pytest.fixture
def session(medassist: MedAssistProcess) -> Session:
    return medassist.patient().session()


def test_a_message_is_acknowledged_and_answered_in_pieces_that_join_to_the_whole(session: Session) -> None:
    line = session.enter()
    assert line.greeting["payload"]["status"] == "connected"
    frames = line.exchange("I have a cough. [[script do=echo]]", client_message_id="a-1")
    assert frames[0]["payload"] | {"message_id": ""} == {
        "status": "message_received",
        "message_id": "",
        "client_message_id": "a-1",
        "sequence": 1,
        "urgency": "routine",
        "red_flags": [],
        "details": {},
    }
    assert set(kinds(frames[1:])) == KINDS_OF_AN_ANSWER
    assert [frame["payload"]["sequence"] for frame in frames[1:-1]] == list(range(len(frames) - 2))
    assert whole(frames) == frames[-1]["payload"]["content"] == "I have a cough."
    assert frames[-1]["payload"]["in_reply_to"] == frames[0]["payload"]["message_id"]
    history = session.history()
    assert [message["sequence_number"] for message in history] == [1, 2]
    assert history[1]["metadata"]["model_version"] == "1.0.0"
    assert all(message["created_at"].endswith("Z") for message in history)


def test_messages_sent_meanwhile_are_acknowledged_at_once_and_answered_in_order(session: Session) -> None:
    line = session.enter()
    line.chat("first [[script do=delay seconds=0.6]]")
    for number in range(4):
        line.chat(f"line {number} [[script do=echo]]")
    frames: list[dict] = []  # type: ignore[type-arg]
    while kinds(frames).count("streaming_complete") < 5:
        frames.append(line.frame())
    assert kinds(frames[:5]) == ["status"] * 5
    assert [frame["payload"]["sequence"] for frame in frames[:5]] == [1, 2, 3, 4, 5]
    answered = [frame["payload"]["in_reply_to"] for frame in frames if frame["type"] == "streaming_complete"]
    assert answered == [frame["payload"]["message_id"] for frame in frames[:5]]
    assert [message["sequence_number"] for message in session.history()] == list(range(1, 11))


def test_the_ai_is_told_this_session_in_order_and_nothing_else(
    medassist: MedAssistProcess, ai: AiProcess, session: Session
) -> None:
    other = session.patient.session()
    for turn in range(3):
        session.say(f"mark-here-{turn} [[script do=say text=seen-{turn}]]")
        other.say(f"mark-other-{turn} [[script do=echo]]")
    call = ai.calls_with("mark-here-2")[-1]
    said = [message["content"] for message in call["messages"][1:]]
    assert [message["role"] for message in call["messages"]] == ["system", *["user", "assistant"] * 2, "user"]
    assert [text[:11] for text in said] == ["mark-here-0", "seen-0", "mark-here-1", "seen-1", "mark-here-2"]
    assert call["model"] == "clinical_assessment:1.0.0"
    assert "mark-other" not in json.dumps(call)
    assert session.patient.email not in json.dumps(call)


def test_an_emergency_is_answered_with_advice_a_report_and_notices(
    medassist: MedAssistProcess, session: Session
) -> None:
    nurse = medassist.staff("nora")
    desk = nurse.dial("/ws/nurse")
    last = desk.frame()["payload"]["last_event_id"]
    line = session.enter()
    frames = line.exchange("There is a pain in my chest")
    assert kinds(frames[:2]) == ["status", "red_flag_alert"]
    assert frames[1]["payload"]["red_flags"] == ["chest_pain"]
    assert "911" in frames[1]["payload"]["message"]
    assert kinds(frames).count("par_ready") == 1
    told = desk.until("queue_update")
    assert [notice["event_id"] for notice in told] == list(range(last + 1, last + 1 + len(told)))
    assert kinds(told)[:2] == ["red_flag_alert", "new_par"]
    assert "pain" not in json.dumps([notice["payload"] for notice in told]).replace("chest_pain", "")
    assert session.state()["status"] == "escalated"
    assert [message["role"] for message in session.history()] == ["user", "system", "assistant"]
    par = nurse.get(f"/api/pars/session/{session.id}")
    assert (par["urgency"], par["red_flags"], par["status"]) == ("immediate", ["chest_pain"], "pending")
    assert par["chief_complaint"] == "There is a pain in my chest"


def test_before_consent_nothing_is_stored_but_advice_is_shown(medassist: MedAssistProcess) -> None:
    patient = medassist.patient(agreed=False)
    session = patient.session()
    line = session.enter()
    line.chat("I have a cough")
    assert line.frame()["payload"]["code"] == "CONSENT_REQUIRED"
    line.chat("I can't breathe")
    assert kinds([line.frame(), line.frame()]) == ["red_flag_alert", "error"]
    refused = patient.post(f"{session.path}/messages", {"content": "I want to kill myself"}, 403)
    assert refused["code"] == "CONSENT_REQUIRED"
    assert "988" in refused["details"]["advice"]
    assert session.history() == []
    agree(patient)
    assert kinds(line.exchange("I have a cough"))[0] == "status"


@pytest.mark.parametrize(
    "payload", [{}, {"content": ""}, {"content": "  "}, {"content": 5}, {"content": ["x"]}, {"content": "a\0b"}]
)
def test_bad_content_is_refused_and_not_stored(session: Session, payload: dict) -> None:  # type: ignore[type-arg]
    line = session.enter()
    line.send("chat", payload)
    assert line.frame()["payload"]["code"] == "VALIDATION_ERROR"
    session.patient.post(f"{session.path}/messages", payload, 422)
    assert session.history() == []


def test_limits_of_length_count_without_outer_blanks(session: Session) -> None:
    line = session.enter()
    line.chat("x" * 5001)
    assert line.frame()["payload"]["code"] == "VALIDATION_ERROR"
    line.exchange("  " + "\U0001f600" * 5000 + " ")
    assert session.history()[0]["content"] == "\U0001f600" * 5000


def test_broken_frames_leave_a_living_connection(session: Session) -> None:
    line = session.enter()
    for frame, code in (
        ("{", "INVALID_FORMAT"),
        (b"\x00", "INVALID_FORMAT"),
        ("[1]", "INVALID_FORMAT"),
        ('{"type": "dance"}', "UNSUPPORTED_TYPE"),
        ('{"type": "streaming", "payload": {}}', "UNSUPPORTED_TYPE"),
        ('{"type": "chat"}', "VALIDATION_ERROR"),
    ):
        line.socket.send(frame)
        assert line.frame()["payload"]["code"] == code
        line.socket.send('{"type": "ping"}')
        assert line.frame(0.5)["type"] == "pong"
    line.socket.send("x" * 70_000)
    with pytest.raises(ConnectionClosed) as closed:
        line.frame()
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1009


def test_a_repeated_send_is_stored_once_with_the_same_acknowledgement(session: Session) -> None:
    line = session.enter()
    first = line.exchange("I have a cough", client_message_id="same")[0]
    line.chat("I have a cough", client_message_id="same")
    again = line.frame()
    assert again["payload"] == first["payload"]
    answer = session.patient.post(
        f"{session.path}/messages", {"content": "I have a cough", "client_message_id": "same"}, 200
    )
    assert answer["message"]["id"] == first["payload"]["message_id"]
    assert len(session.history()) == 2


def test_what_was_missed_is_replayed_once_and_in_order(session: Session) -> None:
    line = session.enter()
    line.exchange("one [[script do=echo]]")
    line.chat("two [[script do=delay seconds=0.5]]")
    line.frame()
    line.cut()
    back = session.enter(last_sequence=2)
    assert back.greeting["payload"]["last_sequence"] >= 3
    missed = [back.frame()]
    assert missed[0]["type"] == "message" and missed[0]["payload"]["sequence_number"] == 3
    rest = back.until("streaming_complete") if back.greeting["payload"]["last_sequence"] == 3 else [back.frame()]
    assert rest[-1]["payload"]["sequence_number"] == 4
    complete = session.enter(last_sequence=0)
    assert [complete.frame()["payload"]["sequence_number"] for _ in range(4)] == [1, 2, 3, 4]


def test_http_and_socket_are_one_conversation(session: Session) -> None:
    line = session.enter()
    line.exchange("on the socket [[script do=echo]]")
    exchange = session.say("over HTTP [[script do=echo]]")
    assert exchange["reply"]["content"] == "over HTTP"
    assert exchange["reply"]["metadata"]["in_reply_to"] == exchange["message"]["id"]
    frames = line.until("streaming_complete")
    assert frames[0]["type"] == "message" and frames[0]["payload"]["content"].startswith("over HTTP")
    assert [message["sequence_number"] for message in session.history()] == [1, 2, 3, 4]


def test_every_tab_of_a_session_is_served_and_nurses_only_watch(medassist: MedAssistProcess, session: Session) -> None:
    tabs = [session.enter(), session.enter()]
    watching = Line(medassist.staff("nora").dial(f"/ws/{session.id}").socket)
    watching.frame()
    tabs[0].chat("I have a cough [[script do=echo]]")
    assert kinds(tabs[0].until("streaming_complete"))[0] == "status"
    for line in (tabs[1], watching):
        frames = line.until("streaming_complete")
        assert frames[0]["type"] == "message" and frames[-1]["payload"]["content"] == "I have a cough"
    watching.chat("I am a nurse")
    assert watching.frame()["payload"]["code"] == "FORBIDDEN"
    tabs[0].socket.close()
    tabs[1].exchange("still here")


def test_strangers_and_closed_sessions_are_refused_at_the_door(medassist: MedAssistProcess, session: Session) -> None:
    stranger = medassist.patient()
    for path in (f"/ws/{session.id}", "/ws/nurse", "/ws/4b3b9f3c-0000-4000-8000-000000000000", "/ws/none"):
        with pytest.raises(InvalidStatus) as refused:
            stranger.dial(path)
        assert refused.value.response.status_code == 403
    admin = medassist.staff("admin")
    assert admin.http.patch(f"{session.path}/status", json={"status": "completed"}).status_code == 200
    with pytest.raises(InvalidStatus):
        session.enter()
    assert session.patient.post(f"{session.path}/messages", {"content": "hello"}, 409)["code"] == "SESSION_CLOSED"


def test_unsafe_answers_never_reach_the_patient(session: Session, scripts: Callable[..., None]) -> None:
    scripts({"do": "say", "text": "Thank you. YOU HAVE diabetes.", "contains": "case-9", "size": 3, "when": "chat"})
    frames = session.enter().exchange("case-9")
    assert "diabetes" not in json.dumps(frames)
    reply = session.history()[-1]
    assert reply["metadata"]["filtered"] is True
    assert "nurse will review" in reply["content"]
