"""The seeded faults of models, load, bad days, monitoring, access, privacy, error answers and the mouse-only page.

Each is seen once on the running system: what is wrong under it, and something beside it that is still right.
"""

import asyncio
import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from medassist_live import PASSWORD, MedAssistProcess, Person
from programs import ROOT, until

from reference.common.pages import PageFiles
from reference.medassist import faults
from reference.medassist.parts import Parts, healthy_parts
from reference.medassist.settings import Settings

Seeded = Callable[..., MedAssistProcess]
MODEL = "/api/models/symptom_analyzer"
FAULTS = (
    "backup-without-decisions",
    "bare-errors",
    "breaker-stuck",
    "canary-unwatched",
    "crash-when-full",
    "dice-routing",
    "every-tenth-slow",
    "mouse-only-page",
    "one-lane",
    "one-percent-500",
    "open-curtains",
    "query-per-row",
    "roles-leak",
    "rosy-monitoring",
    "silent-on-ai-failure",
    "sticky-old-version",
    "text-sorted-versions",
    "tokens-never-die",
    "weak-door",
)


@pytest.fixture
def seeded(another_medassist: Callable[..., MedAssistProcess]) -> Seeded:
    """Give a function that starts a MedAssist with a fault."""

    def start(fault: str, **settings: str) -> MedAssistProcess:
        return another_medassist(**{"MEDASSIST_FAULTS": fault, "RATE_LIMIT_BURST": "5000", **settings})

    return start


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return healthy_parts(Settings(database_url=f"sqlite:///{tmp_path}/database.sqlite3", log_path=tmp_path / "log"))


def predict(person: Person, text: str, user: str = "u", code: int = 200) -> dict[str, Any]:
    answer: dict[str, Any] = person.post(f"{MODEL}/predict", {"inputs": text, "user_id": user}, code)
    return answer


def register(admin: Person, version: str, accuracy: float = 0.9) -> dict[str, Any]:
    made: dict[str, Any] = admin.post(f"{MODEL}/versions", {"version": version, "metrics": {"accuracy": accuracy}})
    return made


def figure(medassist: MedAssistProcess, name: str) -> float:
    lines = medassist.http.get("/metrics").text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_can_be_applied(parts: Parts, name: str) -> None:
    healthy = dict(vars(parts))
    methods = {key: dict(vars(part)) for key, part in healthy.items() if hasattr(part, "__dict__")}
    client, layers = dict(vars(parts.inference.client)), list(parts.layers)
    faults.apply([name], parts)
    replaced = any(vars(parts)[key] is not part for key, part in healthy.items())
    wrapped = any(dict(vars(healthy[key])) != before for key, before in methods.items())
    beside = parts.layers != layers or dict(vars(parts.inference.client)) != client
    assert replaced or wrapped or beside, f"{name} changes nothing"


def test_text_sorted_versions(seeded: Seeded) -> None:
    admin = seeded("text-sorted-versions").staff("admin")
    for version in ("1.10.0", "1.9.0"):
        register(admin, version)
    assert admin.get(f"{MODEL}/versions")[0]["version"] == "1.9.0"
    assert register(admin, "0.1.0", accuracy=0.5)["status"] == "registered"
    admin.post(f"{MODEL}/deploy", {"version": "0.1.0", "strategy": "immediate"})
    admin.post(f"{MODEL}/versions", {"version": "1.9.0", "metrics": {"accuracy": 0.9}}, 409)


def test_sticky_old_version(seeded: Seeded) -> None:
    admin = seeded("sticky-old-version").staff("admin")
    register(admin, "1.1.0")
    before = [predict(admin, f"before {number}") for number in range(5)]
    assert {answer["model_version"] for answer in before} == {"1.0.0"}
    admin.post(f"{MODEL}/deploy", {"version": "1.1.0", "strategy": "immediate"})
    assert predict(admin, "before 0")["cache_hit"] is True
    served = Counter(predict(admin, f"after {number}")["model_version"] for number in range(10))
    assert served == {"1.1.0": 8, "1.0.0": 2}
    admin.post(f"{MODEL}/rollback", {"reason": "it was worse"}, 200)
    assert {predict(admin, f"back {number}")["model_version"] for number in range(5)} == {"1.0.0", "1.1.0"}


def test_dice_routing(seeded: Seeded) -> None:
    admin = seeded("dice-routing").staff("admin")
    register(admin, "1.1.0")
    admin.post(f"{MODEL}/deploy", {"version": "1.1.0", "strategy": "canary", "percentage": 50})
    seen = {admin.get(f"{MODEL}/route", user_id="always-the-same")["route"] for _ in range(40)}
    assert seen == {"active", "canary"}
    body = {"name": "try", "model_id": "symptom_analyzer", "control_version": "1.0.0", "treatment_version": "1.1.0"}
    trial = admin.post("/api/experiments", body)
    stopped = admin.post(f"/api/experiments/{trial['experiment_id']}/stop", None, 200)
    assert stopped["conclusion"] == "control_better" and stopped["p_value"] is None
    flag = {"enabled": True, "percentage": 100, "model_id": "symptom_analyzer", "version": "1.1.0"}
    assert admin.http.put("/api/flags/everybody", json=flag).status_code == 200
    assert {admin.get(f"{MODEL}/route", user_id="u")["route"] for _ in range(10)} == {"flag"}


def test_canary_unwatched(seeded: Seeded, scripts: Callable[..., None]) -> None:
    admin = seeded("canary-unwatched").staff("admin")
    register(admin, "1.1.0")
    made = admin.post(f"{MODEL}/deploy", {"version": "1.1.0", "strategy": "canary", "percentage": 99})
    scripts({"do": "status", "code": 400, "model": "symptom_analyzer:1.1.0"})
    answers = [admin.http.post(f"{MODEL}/predict", json={"inputs": "x", "user_id": f"{n}"}) for n in range(30)]
    assert sum(answer.status_code == 503 for answer in answers) >= 25
    assert admin.get(f"{MODEL}/metrics")["errors"] == 0
    assert admin.get(f"/api/deployments/{made['deployment_id']}")["status"] == "in_progress"
    admin.post(f"/api/deployments/{made['deployment_id']}/cancel", None, 200)
    assert predict(admin, "afterwards")["model_version"] == "1.0.0"


def test_every_tenth_slow(seeded: Seeded) -> None:
    admin = seeded("every-tenth-slow").staff("admin")
    seconds = []
    for number in range(11):
        began = time.monotonic()
        predict(admin, f"case {number}")
        seconds.append(time.monotonic() - began)
    assert [number for number, taken in enumerate(seconds) if taken > 2] == [9]


def test_query_per_row(seeded: Seeded) -> None:
    medassist = seeded("query-per-row")
    patient = medassist.patient()
    sessions = [patient.session() for _ in range(4)]
    before = figure(medassist, 'db_query_duration_seconds_bucket{le="0.1"}'), figure(medassist, "db_queries_total")
    began = time.monotonic()
    assert len(patient.get("/api/sessions")) == 4
    assert time.monotonic() - began > 0.45
    quick = figure(medassist, 'db_query_duration_seconds_bucket{le="0.1"}') - before[0]
    assert figure(medassist, "db_queries_total") - before[1] - quick >= 4
    assert sessions[0].say("hello [[script do=echo]]")["reply"]["content"] == "hello"


def test_one_lane(seeded: Seeded) -> None:
    medassist = seeded("one-lane")
    line = medassist.patient().session().enter()
    began = time.monotonic()
    for _ in range(100):
        line.send("ping")
    assert [line.frame()["type"] for _ in range(100)] == ["pong"] * 100
    assert time.monotonic() - began > 0.5
    began = time.monotonic()
    assert all(medassist.http.get("/api/health/live").status_code == 200 for _ in range(10))
    assert time.monotonic() - began < 0.5


def test_crash_when_full(seeded: Seeded) -> None:
    medassist = seeded("crash-when-full")
    admin = medassist.staff("admin")
    sign = {"Authorization": f"Bearer {admin.tokens['access_token']}"}

    async def all_at_once() -> Counter[tuple[int, str | None]]:
        limits = httpx.Limits(max_connections=400)
        async with httpx.AsyncClient(base_url=medassist.url, headers=sign, limits=limits, timeout=30) as client:
            asked = (
                client.post(f"{MODEL}/predict", json={"inputs": f"{n} [[script do=delay seconds=0.2]]"})
                for n in range(330)
            )
            return Counter((answer.status_code, answer.json().get("error")) for answer in await asyncio.gather(*asked))

    assert asyncio.run(all_at_once()) == {(200, None): 300, (500, "The server could not handle this request."): 30}
    assert admin.get(f"{MODEL}/route")["model_version"] == "1.0.0"


def test_one_percent_500(seeded: Seeded) -> None:
    medassist = seeded("one-percent-500")
    statuses = [medassist.http.get("/api/health").status_code for _ in range(200)]
    assert Counter(statuses) == {200: 198, 500: 2}
    patient = medassist.patient()
    assert {patient.http.get("/api/auth/me").status_code for _ in range(150)} == {200}


def test_silent_on_ai_failure(seeded: Seeded) -> None:
    medassist = seeded("silent-on-ai-failure")
    nurse, session = medassist.staff("nora"), medassist.patient().session()
    line = session.enter()
    assert line.exchange("before [[script do=echo]]")[-1]["payload"]["content"] == "before"
    line.chat("I can't breathe [[script do=status code=400]]")
    line.until("par_ready")
    with pytest.raises(TimeoutError):
        line.until("streaming_complete", within=1)
    assert nurse.get("/api/pars/queue")["total"] == 1
    began = time.monotonic()
    Person(medassist.url, nurse.email)
    assert time.monotonic() - began > 4.5


def test_breaker_stuck(seeded: Seeded) -> None:
    admin = seeded("breaker-stuck", BREAKER_OPEN_SECONDS="0.2").staff("admin")
    for number in range(4):
        predict(admin, f"broken {number} [[script do=status code=400]]", code=503)
        assert predict(admin, f"well {number}")["fallback"] is False
    predict(admin, "broken 5 [[script do=status code=400]]", code=503)
    failed = time.monotonic()
    until(lambda: time.monotonic() - failed > 0.5, "a trial is due", within=2)
    assert predict(admin, "well again", code=503)["code"] == "MODEL_UNAVAILABLE"
    assert [breaker["state"] for breaker in admin.get("/api/resilience/breakers")] == ["open"]


def test_backup_without_decisions(seeded: Seeded, tmp_path: Path) -> None:
    medassist = seeded("backup-without-decisions")
    nurse, session = medassist.staff("nora"), medassist.patient().session()
    session.say("I can't breathe [[script do=echo]]")
    report = nurse.get("/api/pars/queue")["queue"][0]
    nurse.post(f"/api/pars/{report['id']}/review", {"approved": True}, 200)
    address = {"DATABASE_URL": f"sqlite:///{medassist.database}", "MEDASSIST_FAULTS": "backup-without-decisions"}
    command = [sys.executable, "-m", "reference.medassist", "--backup", str(tmp_path / "backup")]
    environment = {**os.environ, **address}
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=20)
    with closing(sqlite3.connect(told.stdout.strip())) as backup:
        kept = {
            table: backup.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("messages", "pars", "par_decisions", "audit_logs")
        }
    assert (kept["messages"], kept["pars"], kept["par_decisions"], kept["audit_logs"]) == (3, 1, 0, 0)


def test_rosy_monitoring(seeded: Seeded) -> None:
    medassist = seeded("rosy-monitoring", AI_BASE_URL="http://127.0.0.1:9/v1")
    session = medassist.patient().session()
    assert session.say("hello")["reply"]["metadata"]["fallback"] is True
    for path in ("/api/health", "/api/health/detailed"):
        assert medassist.http.get(path).json()["status"] == "healthy"
    counted = 'http_requests_total{method="GET",route="/api/health/live",status="200"}'
    for _ in range(5):
        medassist.http.get("/api/health/live")
    assert figure(medassist, counted) == 10
    before = figure(medassist, "process_resident_memory_bytes")
    for _ in range(40):
        session.enter().socket.close()
    assert figure(medassist, "process_resident_memory_bytes") - before > 12_000_000
    assert figure(medassist, 'ws_connections_active{channel="chat"}') == 0


def test_tokens_never_die(seeded: Seeded) -> None:
    medassist = seeded("tokens-never-die")
    admin, patient = medassist.staff("admin"), medassist.patient()
    refresh = patient.tokens["refresh_token"]
    as_access = {"Authorization": f"Bearer {refresh}"}
    assert medassist.http.get("/api/auth/me", headers=as_access).status_code == 200
    for _ in range(2):
        assert medassist.http.post("/api/auth/refresh", json={"refresh_token": refresh}).status_code == 200
    patient.post("/api/auth/logout", None, 204)
    line = patient.session().enter()
    assert admin.http.patch(f"/api/users/{patient.id}", json={"is_active": False}).status_code == 200
    line.send("ping")
    assert line.frame()["type"] == "pong"
    assert patient.get("/api/auth/me", 403)["code"] == "ACCOUNT_DISABLED"
    assert medassist.http.get("/api/auth/me", headers={"Authorization": "Bearer junk"}).status_code == 401


def test_roles_leak(seeded: Seeded) -> None:
    medassist = seeded("roles-leak")
    nurse = medassist.staff("nora")
    assert nurse.post(f"{MODEL}/rollback", {"reason": "I may"}, 409)["code"] == "NOTHING_TO_ROLL_BACK"
    nurse.post(f"{MODEL}/deploy", {"version": "1.0.0", "strategy": "immediate"}, 403)
    new = {"email": "capital@clinic.example", "password": PASSWORD, "full_name": "Cap Ital"}
    made = medassist.http.post("/api/auth/register", json={**new, "role": "NURSE"})
    assert (made.status_code, made.json()["role"]) == (201, "nurse")
    assert Person(medassist.url, "capital@clinic.example").get("/api/pars/queue")["total"] == 0
    other = {**new, "email": "small@clinic.example"}
    assert medassist.http.post("/api/auth/register", json={**other, "role": "nurse"}).status_code == 403
    assert medassist.http.post("/api/auth/register", json=other).json()["role"] == "patient"


def test_weak_door(seeded: Seeded) -> None:
    medassist = seeded("weak-door")
    long = f"{PASSWORD}{'x' * 72}"
    email = medassist.register(password=long)
    for password in (long, long[:72]):
        Person(medassist.url, email, password)
    weak = {"email": "weak@patients.example", "password": "Summer1", "full_name": "Wea Ker"}
    refused = medassist.http.post("/api/auth/register", json=weak)
    assert refused.status_code == 422 and "Summer1" in refused.text
    for _ in range(12):
        wrong = medassist.http.post("/api/auth/login", json={"email": email, "password": "Wrong-pass-1"})
        assert wrong.status_code == 401
    line = medassist.patient().session().enter()
    for number in range(30):
        line.chat(f"{number} [[script do=echo]]")
    line.until("streaming_complete", content="29")


def test_the_weak_door_forgets_the_limit_on_requests(seeded: Seeded) -> None:
    patient = seeded("weak-door", RATE_LIMIT_PER_MINUTE="1", RATE_LIMIT_BURST="5").patient()
    assert {patient.http.get("/api/auth/me").status_code for _ in range(30)} == {200}


def test_open_curtains(seeded: Seeded) -> None:
    medassist = seeded("open-curtains")
    patient = medassist.patient()
    line = patient.session().enter()
    line.exchange("unmistakable words [[script do=echo]]")
    log = medassist.log.read_text()
    assert "unmistakable words" in log and f"token={patient.tokens['access_token']}" in log
    assert PASSWORD not in log and patient.email not in log
    answer = patient.http.get("/api/auth/me", headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://elsewhere.example"
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Cache-Control"] == "no-store"


def test_bare_errors(seeded: Seeded) -> None:
    medassist = seeded("bare-errors")
    patient = medassist.patient()
    assert patient.post("/api/sessions", {"metadata": 7}, 500)["status_code"] == 500
    assert set(patient.get("/api/sessions", 422, limit=0)) == {"detail"}
    assert medassist.http.get("/api/nowhere").json() == {"detail": "Not Found"}
    described = medassist.http.get("/openapi.json").json()["paths"]["/api/sessions"]["post"]["responses"]
    assert set(described) == {"201"}
    stranger = medassist.http.get("/api/auth/me")
    assert (stranger.status_code, stranger.json()["status_code"]) == (401, 401)


def test_mouse_only_page(parts: Parts, tmp_path: Path) -> None:
    (tmp_path / "patient.html").write_text("<!doctype html><html><head><title>x</title></head><body></body></html>")
    (tmp_path / "app.css").write_text("body {}")
    parts.page = PageFiles(tmp_path)
    faults.apply(["mouse-only-page"], parts)
    page, script, style = (parts.page.find(name) for name in ("patient.html", "mouse-only.js", "app.css"))
    assert page is not None and page.content.count(b'<script src="/page/mouse-only.js"></script>') == 1
    assert script is not None and script.media_type.startswith("text/javascript")
    assert style is not None and style.content == b"body {}"
    assert parts.page.find("nothing.html") is None
