"""Seeded faults of triage, chat, keeping and sockets, each on a running system: wrong as named, healthy beside it."""

import asyncio
import json
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from medassist_live import Line, MedAssistProcess, Session
from programs import AiProcess

from reference.stack.database_lock import DatabaseLock

EMERGENCY = "I have chest pain"
SILENCE_SECONDS = 0.5

With = Callable[..., MedAssistProcess]


@pytest.fixture
def with_fault(another_medassist: With) -> With:
    """Give a function that starts a system with one fault."""
    return lambda name, **settings: another_medassist(MEDASSIST_FAULTS=name, RATE_LIMIT_BURST="1000", **settings)


def judged(session: Session, text: str) -> str:
    """Say something, and give how urgent it is."""
    urgency: str = session.say(text)["urgency"]
    return urgency


def kinds(frames: list[dict[str, Any]]) -> list[str]:
    return [frame["type"] for frame in frames]


def silent(line: Line, within: float = SILENCE_SECONDS) -> bool:
    """Say whether nothing more comes on a line."""
    try:
        line.frame(within)
    except TimeoutError:
        return True
    return False


def test_fixed_phrases_only(with_fault: With) -> None:
    session = with_fault("fixed-phrases-only").patient().session()
    assert judged(session, "There is a pain in my chest") == "routine"
    assert judged(session, "I have  chest  pain") == judged(session, "I can\u2019t breathe") == "routine"
    assert judged(session, "No chest pain today") == "routine"
    assert judged(session, "Toothache 8/10") == "urgent"
    assert judged(session, EMERGENCY) == judged(session, "I can't breathe") == "immediate"


def test_negation_ignored(with_fault: With) -> None:
    session = with_fault("negation-ignored").patient().session()
    assert judged(session, "I would like to book a flu vaccination") == "routine"
    assert judged(session, "No chest pain today, just a runny nose") == "immediate"
    assert judged(session, "It was a stroke of luck that I found this clinic") == "immediate"
    assert judged(session, "I can't breathe") == "immediate"


def test_limits_off_by_one(with_fault: With) -> None:
    session = with_fault("limits-off-by-one").patient().session()
    for text in ("My back pain is 7 out of 10", "Fever of 39.0 C", "My temperature is 102.2 F"):
        assert judged(session, text) == "routine"
    for text in ("My back pain is 8 out of 10", "Fever of 39.1 C", "The rash is getting worse"):
        assert judged(session, text) == "urgent"
    line = session.enter()
    line.chat("x" * 5000)
    assert line.frame()["payload"]["code"] == "VALIDATION_ERROR"
    session.patient.post(f"{session.path}/messages", {"content": "x" * 5000}, 422)
    assert kinds(line.exchange("x" * 4999))[0] == "status"


def test_alert_waits_for_ai(with_fault: With) -> None:
    medassist = with_fault("alert-waits-for-ai")
    nurse = medassist.staff("nora").dial("/ws/nurse")
    nurse.frame()
    session = medassist.patient().session()
    line = session.enter()
    told = line.exchange(f"{EMERGENCY} [[script do=echo after=0.5 when=chat]]")
    assert "red_flag_alert" not in kinds(told)
    assert line.frame()["type"] == "red_flag_alert"
    assert "new_par" not in kinds(nurse.until("red_flag_alert"))
    assert session.state()["status"] == "escalated"
    failed = medassist.patient().session().enter()
    failed.exchange(f"{EMERGENCY} [[script do=status code=400 when=chat]]")
    assert silent(failed)


def test_last_message_decides(with_fault: With) -> None:
    medassist = with_fault("last-message-decides")
    session, nurse = medassist.patient().session(), medassist.staff("nora")
    assert judged(session, f"{EMERGENCY} [[script do=report urgency=immediate when=report]]") == "immediate"
    assert judged(session, "Thank you") == "routine"
    par = nurse.get(f"/api/pars/session/{session.id}")
    assert (par["urgency"], par["red_flags"]) == ("routine", [])
    other = medassist.patient().session()
    judged(other, "A mild cough [[script do=report urgency=urgent when=report]]")
    other.patient.post(f"{other.path}/assessment")
    assert nurse.get(f"/api/pars/session/{other.id}")["urgency"] == "urgent"


def test_answers_cross_over(with_fault: With) -> None:
    medassist = with_fault("answers-cross-over")
    line = medassist.patient().session().enter()
    assert line.exchange("alone [[script do=echo]]")[-1]["payload"]["content"] == "alone"
    texts = ("one", "two", "three")
    for text in texts:
        line.chat(f"{text} [[script do=echo after=0.3]]")
    frames: list[dict[str, Any]] = []
    while kinds(frames).count("streaming_complete") < len(texts):
        frames.append(line.frame())
    named = [frame["payload"]["message_id"] for frame in frames if frame["type"] == "status"]
    answers = [frame["payload"] for frame in frames if frame["type"] == "streaming_complete"]
    assert [answer["content"] for answer in answers] == list(texts)
    assert [answer["in_reply_to"] for answer in answers] == named[::-1]
    admin = medassist.staff("admin")

    def predicted(text: str) -> str:
        body = {"inputs": f"{text} [[script do=echo after=0.5]]"}
        said: str = admin.post("/api/models/symptom_analyzer/predict", body, 200)["outputs"]["text"]
        return said

    with ThreadPoolExecutor() as pool:
        together = list(pool.map(predicted, texts))
    assert sorted(together) == sorted(texts) and together != list(texts)
    assert predicted("alone") == "alone"


def test_forgetful_and_leaky_context(with_fault: With, ai: AiProcess) -> None:
    patient = with_fault("forgetful-and-leaky-context").patient()
    before, session = patient.session(), patient.session()
    before.say("leaky-before")
    session.say("leaky-first")
    assert session.say("leaky-last [[script do=echo]]")["reply"]["content"] == "leaky-last"
    asked = ai.calls_with("leaky-last")[-1]["messages"]
    assert [message["role"] for message in asked] == ["system", "user", "user"]
    assert [message["content"][:11] for message in asked[1:]] == ["leaky-befor", "leaky-last "]
    patient.post(f"{session.path}/assessment")
    assert "leaky-first" not in json.dumps(ai.calls_with("leaky-last")[-1]["messages"])
    assert len(session.history()) == 4


def test_gates_open(with_fault: With) -> None:
    medassist = with_fault("gates-open")
    patient = medassist.patient(agreed=False)
    session = patient.session()
    assert session.say("I have a cough")["reply"]["content"]
    moved = medassist.staff("admin").http.patch(f"{session.path}/status", json={"status": "completed"})
    assert moved.status_code == 200
    assert session.say("still here")["reply"]["content"]
    session.enter().exchange("and here")
    assert session.state()["status"] == "completed"
    assert medassist.staff("admin").http.patch(f"{session.path}/status", json={"status": "active"}).status_code == 409


def test_filter_after_stream(with_fault: With, scripts: Callable[..., None]) -> None:
    scripts({"do": "say", "text": "You have pneumonia.", "contains": "case-hasty", "when": "chat"})
    session = with_fault("filter-after-stream").patient().session()
    line = session.enter()
    *streamed, complete = line.exchange("case-hasty")[1:]
    assert "".join(frame["payload"]["token"] for frame in streamed) == "You have pneumonia."
    assert "nurse will review" in complete["payload"]["content"]
    assert session.history()[-1]["metadata"]["filtered"] is True
    assert line.exchange("safe [[script do=echo]]")[-1]["payload"]["content"] == "safe"


def test_ack_before_store(with_fault: With) -> None:
    medassist = with_fault("ack-before-store")
    session = medassist.patient().session()
    line = session.enter()
    frames = line.exchange("kept", client_message_id="k")
    assert kinds(frames).count("status") == 1 and frames[0]["payload"]["sequence"] == 1
    assert session.history()[0]["id"] == frames[0]["payload"]["message_id"]
    line.chat("kept", client_message_id="k")
    assert line.frame()["payload"] == frames[0]["payload"]
    lock = DatabaseLock(medassist.database)
    asyncio.run(lock.hold())
    try:
        line.chat("not kept")
        assert line.frame()["payload"]["status"] == "message_received"
        assert line.frame()["payload"]["code"] == "STORAGE_UNAVAILABLE"
    finally:
        lock.release()
    line.exchange("kept again")
    line.chat("lost")
    assert line.frame()["payload"]["sequence"] == 5
    medassist.end(signal.SIGKILL)
    medassist.start()
    assert [message["content"] for message in session.history() if message["role"] == "user"] == ["kept", "kept again"]


def test_count_plus_one(with_fault: With) -> None:
    session = with_fault("count-plus-one").patient().session()
    first = session.say("once", client_message_id="same")
    again = session.say("once", client_message_id="same")
    assert first["message"]["id"] != again["message"]["id"]
    history = session.history()
    assert [message["role"] for message in history].count("user") == 2
    assert [message["sequence_number"] for message in history[:2]] == [1, 1]
    assert first["reply"]["metadata"]["in_reply_to"] == first["message"]["id"]


def test_zombie_sockets(with_fault: With) -> None:
    medassist = with_fault("zombie-sockets", WS_HEARTBEAT_INTERVAL="0.3")
    patient = medassist.patient()
    assert patient.dial("/ws/4b3b9f3c-0000-4000-8000-000000000000").frame()["payload"]["status"] == "connected"
    line = patient.session().enter()
    assert silent(line, 0.9)
    line.exchange("I have a cough")
    line.socket.send(b"\x00")
    line.send("ping")
    assert silent(line)
    line.socket.close()
    another = patient.session().enter()
    another.exchange("I have a cough")
    gauge = 'ws_connections_active{channel="chat"} 3.0'
    assert gauge in medassist.http.get("/metrics").text


def test_replay_off_by_one(with_fault: With) -> None:
    medassist = with_fault("replay-off-by-one")
    session = medassist.patient().session()
    session.say("one [[script do=echo]]")
    session.say(f"{EMERGENCY} [[script do=echo when=chat]]")
    back = session.enter(last_sequence=2)
    assert [back.frame()["payload"]["sequence_number"] for _ in range(3)] == [2, 3, 4]
    assert silent(back)
    assert kinds(back.exchange("live"))[0] == "status"
    nurse = medassist.staff("nora")
    last = nurse.dial("/ws/nurse").frame()["payload"]["last_event_id"]
    desk = nurse.dial("/ws/nurse", last_event_id=1)
    desk.frame()
    assert [desk.frame()["event_id"] for _ in range(last - 1)] == list(range(1, last))
    assert silent(desk)


def test_first_nurse_only(with_fault: With) -> None:
    medassist = with_fault("first-nurse-only")
    first, second = (medassist.staff(name).dial("/ws/nurse") for name in ("nora", "nils"))
    assert first.frame()["type"] == second.frame()["type"] == "status"
    medassist.patient(full_name="Petra Patient").session().say(EMERGENCY)
    told = first.until("queue_update")
    assert kinds(told) == ["red_flag_alert", "new_par", "queue_update"]
    assert all(notice["payload"]["patient_name"] == "Petra Patient" for notice in told[:2])
    assert silent(second)
    second.send("ping")
    began = time.monotonic()
    assert second.frame()["type"] == "pong" and time.monotonic() - began < 1
