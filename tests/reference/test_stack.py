"""The stack's control over systems, tried on a stand-in in a real process."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from stack_driver import RunningStack

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    with RunningStack(tmp_path_factory.mktemp("stack"), "--setting", "AI_TIMEOUT_SECONDS=3") as stack:
        print(f"ready after {stack.seconds:.2f} s")
        yield stack


@pytest.fixture
def stack(running: RunningStack) -> Iterator[RunningStack]:
    yield running
    running.dependency("database", "start")
    running.dependency("ai", "start")
    if running.state()["faults"]:
        running.control("DELETE", "/systems/standin/faults")
    if running.state()["settings"] != {"AI_TIMEOUT_SECONDS": "3"}:
        running.act("restart", {"settings": {}})
    running.act("start")
    assert running.health() == 200


def test_the_ready_line_says_where_everything_is(stack: RunningStack) -> None:
    line = stack.line
    assert line["ready"] is True
    system = line["systems"]["standin"]
    assert set(system) == {"url", "page_url", "operator_key", "work", "timings"}
    assert Path(system["work"]["database"]).is_file()
    assert (Path(system["work"]["content"]) / "standin.py").is_file()
    assert system["timings"]["ai_timeout_seconds"] == 3
    assert system["timings"]["idle_minutes"] == 60
    assert stack.http.get(f"{line['ai']['url']}/v1/models").status_code == 200
    headers = {"Authorization": f"Bearer {line['ai']['token']}"}
    assert stack.http.get(f"{line['ai']['url']}/control/calls", headers=headers).json()["calls"] == []


def test_the_system_gets_its_settings_and_nothing_of_the_shell(stack: RunningStack) -> None:
    found = stack.settings()
    assert found["OPENAI_BASE_URL"] == f"{stack.line['ai']['url']}/v1"
    assert found["AI_TIMEOUT_SECONDS"] == "3"
    assert found["SECRET_OF_THE_SHELL"] is None


def test_control_needs_the_token(stack: RunningStack) -> None:
    url = f"{stack.line['control']['url']}/stack"
    assert stack.http.get(url).status_code == 401
    assert stack.http.get(url, headers={"Authorization": "Bearer guess"}).status_code == 401


def test_a_restart_keeps_address_and_data_and_takes_settings(stack: RunningStack) -> None:
    stack.note("before the restart")
    pid = stack.state()["pid"]
    after = stack.act("restart", {"settings": {"AI_TIMEOUT_SECONDS": 1.5}})
    assert after["pid"] != pid
    assert after["url"] == stack.url()
    assert after["timings"]["ai_timeout_seconds"] == 1.5
    assert stack.settings()["AI_TIMEOUT_SECONDS"] == "1.5"
    assert "before the restart" in stack.notes()
    assert stack.act("restart")["settings"] == {"AI_TIMEOUT_SECONDS": "1.5"}
    assert stack.act("restart", {"settings": {}})["settings"] == {"AI_TIMEOUT_SECONDS": "3"}


@pytest.mark.parametrize(("action", "code"), [("kill", -9), ("terminate", -15), ("stop", -15)])
def test_an_ended_system_refuses_callers_until_it_is_started(stack: RunningStack, action: str, code: int) -> None:
    stack.note(f"before {action}")
    ended = stack.act(action)
    assert (ended["state"], ended["pid"], ended["exit_code"]) == ("stopped", None, code)
    with pytest.raises(httpx.ConnectError):
        stack.health()
    assert stack.act(action)["state"] == "stopped"
    assert stack.act("start")["state"] == "running"
    assert stack.health() == 200
    assert f"before {action}" in stack.notes()
    assert stack.act("start")["state"] == "running"


def test_a_paused_system_answers_only_after_it_is_resumed(stack: RunningStack) -> None:
    assert stack.act("pause")["state"] == "paused"
    with pytest.raises(httpx.ReadTimeout):
        stack.http.get(f"{stack.url()}/api/health", timeout=0.5)
    refused = stack.control("POST", "/systems/standin/process/terminate")
    assert refused.status_code == 409
    assert "resume it" in refused.json()["detail"]
    assert stack.act("resume")["state"] == "running"
    assert stack.health() == 200


def test_a_paused_system_can_be_killed_and_restarted(stack: RunningStack) -> None:
    stack.act("pause")
    assert stack.act("kill")["state"] == "stopped"
    stack.act("start")
    stack.act("pause")
    assert stack.act("restart")["state"] == "running"
    assert stack.health() == 200


def test_a_stopped_database_serves_nobody_and_comes_back_whole(stack: RunningStack) -> None:
    stack.note("confirmed")
    kept = stack.notes()
    assert stack.dependency("database", "stop")["dependencies"]["database"] == "stopped"
    assert stack.health() == 503
    assert stack.note("refused").status_code == 503
    assert stack.http.get(f"{stack.url()}/notes").status_code == 503
    assert stack.dependency("database", "start")["dependencies"]["database"] == "running"
    assert stack.health() == 200
    assert stack.notes() == kept
    assert stack.note("afterwards").status_code == 200


def test_a_database_has_no_process_to_pause(stack: RunningStack) -> None:
    refused = stack.control("POST", "/systems/standin/dependencies/database/pause")
    assert refused.status_code == 409
    assert "cannot be paused" in refused.json()["detail"]


def test_the_ai_can_be_stopped_paused_and_brought_back(stack: RunningStack) -> None:
    models = f"{stack.line['ai']['url']}/v1/models"
    assert stack.dependency("ai", "stop")["dependencies"]["ai"] == "stopped"
    with pytest.raises(httpx.ConnectError):
        stack.http.get(models)
    stack.dependency("ai", "start")
    assert stack.http.get(models).status_code == 200
    assert stack.dependency("ai", "pause")["dependencies"]["ai"] == "paused"
    with pytest.raises(httpx.ReadTimeout):
        stack.http.get(models, timeout=0.5)
    stack.dependency("ai", "resume")
    assert stack.http.get(models).status_code == 200


def test_faults_are_switched_on_and_off_by_a_restart(stack: RunningStack) -> None:
    stack.note("kept under a fault")
    seeded = stack.control("PUT", "/systems/standin/faults", {"faults": ["tells-lies", "loses-notes"]})
    assert seeded.json()["faults"] == ["tells-lies", "loses-notes"]
    assert stack.settings()["STANDIN_FAULTS"] == "tells-lies,loses-notes"
    assert "kept under a fault" in stack.notes()
    assert stack.control("DELETE", "/systems/standin/faults").json()["faults"] == []
    assert stack.settings()["STANDIN_FAULTS"] is None


def test_an_unknown_fault_is_refused_with_the_known_ones(stack: RunningStack) -> None:
    pid = stack.state()["pid"]
    refused = stack.control("PUT", "/systems/standin/faults", {"faults": ["tells-lies", "eats-cake"]})
    assert refused.status_code == 422
    assert refused.json()["detail"] == "standin has no seeded fault eats-cake; known are loses-notes, tells-lies"
    assert stack.state()["pid"] == pid


@pytest.mark.parametrize(
    ("call", "status", "hint"),
    [
        (("POST", "/systems/nobody/process/stop", None), 404, "it has standin"),
        (("POST", "/systems/standin/process/dance", None), 404, "use terminate, kill"),
        (("POST", "/systems/standin/dependencies/queue/stop", None), 404, "it has database, ai"),
        (("POST", "/systems/standin/dependencies/ai/dance", None), 404, "use stop, start"),
        (("POST", "/systems/standin/process/restart", {"settings": {"PORT": "1"}}), 422, "set by the stack"),
        (("POST", "/systems/standin/process/restart", {"settings": {"a b": "1"}}), 422, "names in capitals"),
        (("POST", "/systems/standin/process/restart", {"settings": ["A"]}), 422, "an object of names"),
        (("POST", "/systems/standin/process/start", {"settings": {"A": "1"}}), 409, "restart it"),
        (("PUT", "/systems/standin/faults", {"faults": "tells-lies"}), 422, "a list of names"),
        (("GET", "/systems/standin/logs?tail=all", None), 422, "a number of lines"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(
    stack: RunningStack, call: tuple[str, str, object], status: int, hint: str
) -> None:
    pid = stack.state()["pid"]
    answer = stack.control(*call)
    assert answer.status_code == status
    assert hint in answer.json()["detail"]
    assert stack.state()["pid"] == pid


def test_a_start_that_fails_tells_the_last_words_and_can_be_repeated(stack: RunningStack) -> None:
    failed = stack.control("POST", "/systems/standin/process/restart", {"settings": {"DIES": "1"}})
    assert failed.status_code == 502
    assert "ended with code 1 before it was ready" in failed.json()["detail"]
    assert "the stand-in cannot find its teapot" in failed.json()["detail"]
    assert stack.act("start", {"settings": {}})["state"] == "running"


def test_logs_are_given_from_the_end(stack: RunningStack) -> None:
    Path(stack.line["systems"]["standin"]["work"]["log"]).write_text("first\nsecond\nthird\n")
    logs = stack.control("GET", "/systems/standin/logs?tail=2").json()
    assert logs["log"] == ["second", "third"]
    assert "the stand-in starts" in logs["console"]
