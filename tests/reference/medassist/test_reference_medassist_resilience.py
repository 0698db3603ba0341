"""When the AI, the database or the process itself fails: nothing acknowledged is lost, and everything comes back."""

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
from medassist_live import MedAssistProcess
from programs import AiProcess, until
from websockets.exceptions import ConnectionClosed

from reference.stack.database_lock import DatabaseLock

Another = Callable[..., MedAssistProcess]


@contextmanager
def without_database(medassist: MedAssistProcess) -> Iterator[None]:
    """Hold the database, as the stack does."""
    lock = DatabaseLock(medassist.database)
    asyncio.run(lock.hold())
    try:
        yield
    finally:
        lock.release()


@pytest.mark.parametrize("behaviour", ["status code=500", "hang", "cut", "empty", "blank", "garbage"])
def test_without_a_good_answer_the_patient_gets_an_honest_fallback(another_medassist: Another, behaviour: str) -> None:
    medassist = another_medassist(AI_TIMEOUT_SECONDS="1")
    session = medassist.patient().session()
    line = session.enter()
    began = time.monotonic()
    frames = line.exchange(f"I have a cough [[script do={behaviour}]]")
    assert time.monotonic() - began < 3
    assert frames[-1]["payload"]["fallback"] is True and "nurse" in frames[-1]["payload"]["content"]
    assert medassist.http.get("/api/health").json()["status"] == "degraded"
    degraded = session.patient.post(f"{session.path}/assessment")
    assert degraded["assessment"] is None
    kept = medassist.staff("nora").get(f"/api/pars/session/{session.id}")
    assert kept["degraded"] is True and kept["confidence"] == 0


def test_an_emergency_does_not_wait_for_the_ai(medassist: MedAssistProcess) -> None:
    line = medassist.patient().session().enter()
    began = time.monotonic()
    line.chat("I can't breathe [[script do=hang]]")
    assert line.until("red_flag_alert")[-1]["payload"]["urgency"] == "immediate"
    assert time.monotonic() - began < 0.5


def test_without_its_database_nothing_is_acknowledged_but_advice_is_shown(another_medassist: Another) -> None:
    medassist = another_medassist()
    patient = medassist.patient()
    session = patient.session()
    line = session.enter()
    line.exchange("before [[script do=echo]]")
    with without_database(medassist):
        for path, status in (("/api/health/live", 200), ("/api/health/ready", 503), ("/api/health", 503)):
            assert medassist.http.get(path).status_code == status
        began = time.monotonic()
        refused = patient.http.get("/api/sessions")
        assert refused.status_code == 503 and refused.headers["Retry-After"]
        assert time.monotonic() - began < 5
        line.chat("while it is away")
        assert line.frame()["payload"]["code"] == "STORAGE_UNAVAILABLE"
        line.chat("I can't breathe")
        assert [line.frame()["type"] for _ in range(2)] == ["red_flag_alert", "error"]
        line.send("ping")
        assert line.frame()["type"] == "pong"
    until(lambda: medassist.http.get("/api/health/ready").status_code == 200, "ready again", within=5)
    line.exchange("afterwards [[script do=echo]]")
    assert [message["content"] for message in session.history() if message["role"] == "assistant"] == [
        "before",
        "afterwards",
    ]


def test_an_answer_is_kept_when_the_database_is_back(another_medassist: Another) -> None:
    medassist = another_medassist()
    session = medassist.patient().session()
    line = session.enter()
    line.chat("keep this [[script do=delay seconds=0.5]]")
    assert line.frame()["type"] == "status"
    gone = time.monotonic()
    with without_database(medassist):
        until(lambda: time.monotonic() - gone > 1.5, "the answer was tried to be kept", within=3)
    assert line.until("streaming_complete")[-1]["payload"]["fallback"] is False
    assert len(session.history()) == 2


def test_after_a_kill_everything_acknowledged_is_there_and_answered_once(another_medassist: Another) -> None:
    medassist = another_medassist(CHAT_BURST_PER_10S="100", RATE_LIMIT_BURST="2000")
    session = medassist.patient().session()
    line = session.enter()
    line.exchange("done [[script do=echo]]")
    for number in range(5):
        line.chat(f"open {number} [[script do=delay seconds=1]]")
    line.chat("I fainted this morning [[script do=hang]]")
    acknowledged = [frame for frame in (line.frame() for _ in range(6)) if frame["type"] == "status"]
    assert len(acknowledged) == 6
    medassist.end(signal.SIGKILL)
    medassist.start()
    admin = medassist.staff("admin")

    def answered() -> bool:
        replies = [message for message in session.history() if message["role"] == "assistant"]
        return len(replies) == 7

    until(answered, "all open messages are answered", within=20)
    history = session.history()
    assert [message["sequence_number"] for message in history] == list(range(1, len(history) + 1))
    targets = [message["metadata"]["in_reply_to"] for message in history if message["role"] == "assistant"]
    assert sorted(targets) == sorted(message["id"] for message in history if message["role"] == "user")
    par = admin.get(f"/api/pars/session/{session.id}")
    assert par["urgency"] == "immediate"
    generated = admin.get("/api/audit/logs", action="par_generated", resource_id=par["id"])
    assert generated["total"] == 1


def test_models_and_jobs_survive_a_kill(another_medassist: Another) -> None:
    medassist = another_medassist()
    admin = medassist.staff("admin")
    path = "/api/models/symptom_analyzer"
    admin.post(f"{path}/versions", {"version": "1.1.0", "metrics": {"accuracy": 0.9}})
    made = admin.post(f"{path}/deploy", {"version": "1.1.0", "strategy": "canary", "percentage": 40})
    job = admin.post(
        "/api/training/jobs", {"model_id": "symptom_analyzer", "version": "2.0.0", "dataset": "synthetic-small"}, 202
    )
    before = [admin.get(f"{path}/route", user_id=f"u{number}") for number in range(30)]
    medassist.end(signal.SIGKILL)
    medassist.start()
    until(lambda: medassist.http.get("/api/health/ready").status_code == 200, "ready", within=5)
    assert [admin.get(f"{path}/route", user_id=f"u{number}") for number in range(30)] == before
    assert admin.get(f"/api/deployments/{made['deployment_id']}")["status"] == "in_progress"
    kept = admin.get(f"/api/training/jobs/{job['job_id']}")
    assert (kept["status"], kept["error"]) == ("failed", "interrupted")


def test_an_orderly_end_finishes_requests_and_closes_sockets_with_1001(another_medassist: Another) -> None:
    medassist = another_medassist()
    patient = medassist.patient()
    session = patient.session()
    line = patient.session().enter()
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(session.say, "slow [[script do=delay seconds=1]]")
        until(lambda: len(session.history()) == 1, "the message is kept", within=3)
        took = medassist.end(signal.SIGTERM)
        assert running.result()["reply"]["metadata"]["fallback"] is False
    assert took < 5
    with pytest.raises(ConnectionClosed) as closed:
        line.frame()
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1001


def test_a_silent_client_is_dropped_and_a_living_one_kept(another_medassist: Another) -> None:
    medassist = another_medassist(WS_HEARTBEAT_INTERVAL="0.5")
    patient = medassist.patient()
    living, silent = patient.session().enter(), patient.session().enter()
    assert living.greeting["payload"]["heartbeat_interval"] == 0.5
    ended = threading.Event()

    def answers_pings() -> None:
        while not ended.is_set():
            if living.frame()["type"] == "ping":
                living.send("pong")

    began = time.monotonic()
    thread = threading.Thread(target=answers_pings)
    thread.start()
    try:
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                assert silent.frame()["type"] == "ping"
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 4408
        assert 1.0 <= time.monotonic() - began <= 1.6
        until(lambda: time.monotonic() - began > 2.2, "four intervals have passed", within=3)
    finally:
        ended.set()
        thread.join()
    living.exchange("still here [[script do=echo]]")


def test_health_follows_the_ai(another_medassist: Another, tmp_path_factory: pytest.TempPathFactory) -> None:
    with AiProcess(tmp_path_factory.mktemp("own-ai")) as own:
        medassist = another_medassist(AI_BASE_URL=f"{own.url}/v1")

        def model() -> str:
            checks: dict[str, str] = medassist.http.get("/api/health/detailed").json()["checks"]
            return checks["model"]

        assert model() == "healthy"
        own.end(signal.SIGKILL)
        until(lambda: model() == "unhealthy", "the AI is seen to be away", within=5)
        assert medassist.http.get("/api/health").json()["status"] == "degraded"
        assert medassist.http.get("/api/health/ready").status_code == 200
        own.start()
        until(lambda: model() == "healthy", "the AI is seen to be back", within=5)


def test_beyond_its_capacity_it_refuses_quickly(another_medassist: Another) -> None:
    medassist = another_medassist(MODEL_MAX_CONCURRENT="20", RATE_LIMIT_BURST="1000")
    admin = medassist.staff("admin")
    limits = httpx.Limits(max_connections=40)
    with httpx.Client(base_url=medassist.url, headers=admin.http.headers, timeout=15, limits=limits) as client:

        def predict(number: int) -> httpx.Response:
            body = {"inputs": f"busy {number} [[script do=delay seconds=1]]"}
            return client.post("/api/models/symptom_analyzer/predict", json=body)

        with ThreadPoolExecutor(40) as together:
            answers = list(together.map(predict, range(40)))
    statuses = [answer.status_code for answer in answers]
    assert set(statuses) == {200, 503} and statuses.count(200) >= 20
    busy = next(answer for answer in answers if answer.status_code == 503)
    assert busy.json()["code"] == "MODEL_BUSY" and busy.headers["Retry-After"]


def test_memory_of_a_stalled_reader_is_bounded(medassist: MedAssistProcess) -> None:
    nurse = medassist.staff("nora")
    lines = [nurse.dial("/ws/nurse") for _ in range(3)]
    last = lines[0].frame()["payload"]["last_event_id"]
    lines[1].frame()
    for _ in range(4):
        medassist.patient().session().say("I fainted this morning")
    seen = [[line.until("queue_update")[-1]["event_id"] for _ in range(4)] for line in lines[:2]]
    assert seen[0] == seen[1] and seen[0][-1] > last
