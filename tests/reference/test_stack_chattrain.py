"""The stack with the real ChatTrain: the two fit together."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from stack_driver import RunningStack
from websockets.sync.client import connect

SYSTEM = "/systems/chattrain"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    with RunningStack(tmp_path_factory.mktemp("stack"), systems="chattrain", program=("-m", "reference")) as running:
        print(f"ready after {running.seconds:.2f} s")
        yield running


def create_session(stack: RunningStack) -> dict[str, Any]:
    scenarios = stack.http.get(f"{stack.url('chattrain')}/api/scenarios").json()
    body = {"scenario_id": scenarios[0]["id"], "user_id": "pilot_user_1-stack"}
    created = stack.http.post(f"{stack.url('chattrain')}/api/sessions", json=body)
    assert created.status_code == 200, created.text
    session: dict[str, Any] = created.json()
    return session


def answer_to(stack: RunningStack, line: str) -> str:
    """Send one line in a session of its own and give the customer's answer."""
    session = create_session(stack)
    address = stack.url("chattrain").replace("http", "ws") + session["websocket_url"]
    with connect(address) as socket:
        socket.send(json.dumps({"type": "user_message", "content": line}))
        while True:
            frame = json.loads(socket.recv(timeout=12))
            if frame["type"] == "assistant_message":
                return str(frame["content"])


def test_a_trainee_talks_to_the_scripted_ai_of_the_stack(stack: RunningStack) -> None:
    assert answer_to(stack, "Hello from the stack [[script do=echo]]") == "Hello from the stack"
    ai = stack.line["ai"]
    headers = {"Authorization": f"Bearer {ai['token']}"}
    calls = stack.http.get(f"{ai['url']}/control/calls", headers=headers).json()["calls"]
    assert calls[-1]["messages"][-1]["content"].startswith("Hello from the stack")
    assert "Next customer line:" in calls[-1]["messages"][0]["content"]


def test_sessions_survive_a_kill(stack: RunningStack) -> None:
    before = create_session(stack)
    killed = stack.control("POST", f"{SYSTEM}/process/kill")
    assert killed.json()["exit_code"] == -9
    with pytest.raises(httpx.ConnectError):
        stack.health("chattrain")
    assert stack.control("POST", f"{SYSTEM}/process/start").status_code == 200
    headers = {"X-Session-Token": before["session_token"]}
    kept = stack.http.get(f"{stack.url('chattrain')}/api/sessions/{before['id']}", headers=headers)
    assert kept.status_code == 200
    assert create_session(stack)["id"] > before["id"]


def test_without_its_database_it_says_so_and_recovers_without_a_restart(stack: RunningStack) -> None:
    create_session(stack)
    assert stack.control("POST", f"{SYSTEM}/dependencies/database/stop").status_code == 200
    try:
        stack.until_health("chattrain", 503, within=6)
        body = {"scenario_id": 1, "user_id": "pilot_user_1-away"}
        assert stack.http.post(f"{stack.url('chattrain')}/api/sessions", json=body, timeout=6).status_code == 503
    finally:
        stack.control("POST", f"{SYSTEM}/dependencies/database/start")
    stack.until_health("chattrain", 200, within=10)
    create_session(stack)


def test_its_faults_are_known_by_name(stack: RunningStack) -> None:
    refused = stack.control("PUT", f"{SYSTEM}/faults", {"faults": ["eats-cake"]})
    assert refused.status_code == 422
    assert "known are" in refused.json()["detail"]
