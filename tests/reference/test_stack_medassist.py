"""The stack with the real MedAssist: the two fit together."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from stack_driver import RunningStack, until

SYSTEM = "/systems/medassist"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    with RunningStack(tmp_path_factory.mktemp("stack"), systems="medassist", program=("-m", "reference")) as running:
        print(f"ready after {running.seconds:.2f} s")
        yield running


def signed_in(stack: RunningStack, role: str) -> httpx.Client:
    facts = stack.line["systems"]["medassist"]
    person = next(each for each in facts["staff"] if each["role"] == role)
    login = {"email": person["email"], "password": person["password"]}
    answer = stack.http.post(f"{facts['url']}/api/auth/login", json=login)
    assert answer.status_code == 200, answer.text
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    return httpx.Client(base_url=facts["url"], headers=headers, timeout=10)


def test_the_ready_line_names_staff_sockets_and_timings(stack: RunningStack) -> None:
    facts = stack.line["systems"]["medassist"]
    assert [person["role"] for person in facts["staff"]] == ["admin", "nurse", "nurse"]
    assert facts["socket_url"].startswith("ws://127.0.0.1:")
    assert facts["timings"]["ai_timeout_seconds"] == 5 and facts["timings"]["breaker_open_seconds"] == 10
    with signed_in(stack, "admin") as admin, signed_in(stack, "nurse") as nurse:
        assert admin.get("/api/users").status_code == 200
        assert nurse.get("/api/users").status_code == 403


def test_settings_given_with_a_restart_are_in_force(stack: RunningStack) -> None:
    changed = stack.control("POST", f"{SYSTEM}/process/restart", {"settings": {"WS_HEARTBEAT_INTERVAL": 1}})
    assert changed.json()["timings"]["heartbeat_seconds"] == 1
    assert stack.control("POST", f"{SYSTEM}/process/restart", {"settings": {}}).status_code == 200


@pytest.mark.parametrize(("away", "back"), [("stop", "start"), ("pause", "resume")])
def test_its_database_can_be_stopped_and_paused(stack: RunningStack, away: str, back: str) -> None:
    ready = f"{stack.url('medassist')}/api/health/ready"
    assert stack.control("POST", f"{SYSTEM}/dependencies/database/{away}").status_code == 200
    try:
        until(lambda: stack.http.get(ready).status_code == 503, "not ready", within=5)
        assert stack.http.get(f"{stack.url('medassist')}/api/health/live").status_code == 200
    finally:
        assert stack.control("POST", f"{SYSTEM}/dependencies/database/{back}").status_code == 200
    until(lambda: stack.http.get(ready).status_code == 200, "ready again", within=10)


def test_a_backup_brings_everything_back_after_a_total_loss(stack: RunningStack) -> None:
    facts = stack.line["systems"]["medassist"]
    body = {"email": "pat@patients.example", "password": "Good-pass-1", "full_name": "Pat"}
    assert stack.http.post(f"{facts['url']}/api/auth/register", json=body).status_code == 201
    assert stack.control("POST", f"{SYSTEM}/backups/first/save").status_code == 200
    late = {**body, "email": "late@patients.example"}
    assert stack.http.post(f"{facts['url']}/api/auth/register", json=late).status_code == 201
    assert stack.control("POST", f"{SYSTEM}/backups/first/restore").status_code == 409
    stack.control("POST", f"{SYSTEM}/process/kill")
    for file in Path(facts["work"]["database"]).parent.glob("database.sqlite3*"):
        file.unlink()
    assert stack.control("POST", f"{SYSTEM}/backups/other/restore").status_code == 500
    assert stack.control("POST", f"{SYSTEM}/backups/first/restore").status_code == 200
    assert stack.control("POST", f"{SYSTEM}/process/start").status_code == 200
    for email, status in ((body["email"], 200), (late["email"], 401)):
        login = {"email": email, "password": body["password"]}
        assert stack.http.post(f"{facts['url']}/api/auth/login", json=login).status_code == status
    with signed_in(stack, "admin") as admin:
        logs = admin.get("/api/audit/logs", params={"action": "user_registered"}).json()
        assert logs["total"] == 4


def test_accounts_survive_a_kill_and_faults_are_known_by_name(stack: RunningStack) -> None:
    assert stack.control("POST", f"{SYSTEM}/process/kill").json()["exit_code"] == -9
    assert stack.control("POST", f"{SYSTEM}/process/start").status_code == 200
    with signed_in(stack, "nurse") as nurse:
        assert nurse.get("/api/pars/queue").json()["total"] == 0
    assert stack.control("PUT", f"{SYSTEM}/faults", {"faults": ["eats-cake"]}).status_code == 422
