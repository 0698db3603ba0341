"""Generations, alternatives, waiting requests, storage, settings, sockets, and losing what the hub depends on."""

import httpx
import pytest
from hub_driver import I2V, MB, T2V, TI2V, Hub, Person, until
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

GB = 1024 * MB


def finished(person: Person, task_id: str, within: float = 15.0) -> str:
    """Wait for the end of a generation and give its state."""
    until(lambda: person.task(task_id)["status"] in ("completed", "failed", "cancelled"), "the task ended", within)
    return str(person.task(task_id)["status"])


def test_the_worked_scores_come_out(hub: Hub) -> None:
    hub.install(I2V, TI2V)
    answer = hub.admin.post("/models/fallback/suggest", {"requested_model": T2V, "quality": "high"})
    scores = {each["suggested_model"]: each["compatibility_score"] for each in answer["suggestions"]}
    assert scores == {TI2V: 0.832, I2V: 0.472}
    assert answer["fallback_strategy"]["strategy_type"] == "alternative_model"


def test_an_empty_store_gets_instructions(hub: Hub) -> None:
    answer = hub.admin.post("/models/fallback/suggest", {"requested_model": T2V})
    assert answer["fallback_strategy"]["strategy_type"] == "download_and_retry"
    assert len(answer["setup_steps"]) >= 2 and "6.0 MB" in answer["setup_steps"][0]


def test_waiting_requests_are_served_by_priority_and_only_once(hub: Hub) -> None:
    person, other = hub.person(), hub.person()
    hub.admin.start(T2V, bandwidth_limit_mbps=24)
    for prompt, priority in (("first", "low"), ("second", "low"), ("third", "critical")):
        body = {"model_id": T2V, "request": {"prompt": prompt}, "priority": priority}
        person.post("/models/fallback/queue", body, 202)
    assert other.get("/models/fallback/queue")["requests"] == []
    until(
        lambda: {each["status"] for each in person.get("/models/fallback/queue")["requests"]} == {"completed"},
        "all were served",
    )
    begun = sorted(person.get("/queue")["tasks"], key=lambda task: str(task["started_at"]))
    assert [task["prompt"] for task in begun] == ["third", "first", "second"]


@pytest.mark.parametrize("mark", ["do=status code=500", "do=empty", "do=cut pieces=1", "do=garbage"])
def test_an_engine_that_fails_ends_the_task_with_a_sentence(hub: Hub, mark: str) -> None:
    hub.install(T2V)
    person = hub.person()
    task_id = person.submit(T2V, f"[[script {mark}]] a cat")["task_id"]
    assert finished(person, task_id) == "failed"
    assert person.task(task_id)["error_message"]


def test_a_generation_is_counted_once_and_a_mock_is_not(hub: Hub) -> None:
    hub.install(T2V)
    person = hub.person()
    before = person.get("/models/analytics")["system_analytics"]["total_uses"]
    assert finished(person, person.submit(T2V)["task_id"]) == "completed"
    mock = person.post("/generation/submit", {"model_type": "x", "prompt": "x"}, 404)
    assert mock["code"] == "MODEL_NOT_FOUND"
    until(lambda: person.get("/models/analytics")["system_analytics"]["total_uses"] == before + 1, "the use is counted")


def test_cleaning_up_frees_what_it_says(hub: Hub) -> None:
    hub.install(T2V, TI2V)
    hub.prefer(storage_config={"max_storage_gb": 12 * MB / GB}, preferred_models=[T2V])
    wish = {"keep_recent_days": 0, "target_space_gb": 5 * MB / GB}
    planned = hub.admin.post("/models/cleanup", wish)
    assert [each["model_id"] for each in planned["recommendations"]["cleanup_actions"]] == [TI2V]
    assert (hub.models / TI2V).is_dir()
    done = hub.admin.post("/models/cleanup", {**wish, "dry_run": False})
    assert round(done["total_space_freed_gb"] * GB / MB) == 4
    assert not (hub.models / TI2V).exists()
    assert hub.admin.manage(I2V, "start", 507)["code"] == "INSUFFICIENT_STORAGE"


def test_preferences_are_merged_checked_and_kept_apart(hub: Hub) -> None:
    one, other = hub.person(), hub.person()
    path = "/api/v1/config/user-preferences"
    assert one.http.put(path, json={"download_config": {"max_retries": 7}}).status_code == 200
    assert one.http.put(path, json={"download_config": {"max_retries": 11}}).status_code == 422
    assert one.http.put(path, json={"automation_level": "manual"}).status_code == 403
    mine = one.get("/config/user-preferences")["preferences"]["download_config"]
    assert (mine["max_retries"], mine["retry_delay_base"]) == (7, 2.0)
    assert other.get("/config/user-preferences")["preferences"]["download_config"]["max_retries"] == 3


def test_a_client_that_reconnects_misses_nothing(hub: Hub) -> None:
    line = hub.admin.dial()
    line.subscribe("download_progress")
    hub.admin.start(T2V, bandwidth_limit_mbps=24)
    seen = [frame["event_id"] for frame in line.until("download_progress_update") if "event_id" in frame]
    line.close()
    until(lambda: hub.admin.progress(T2V)["progress_percent"] > 60, "it went on")
    again = hub.admin.dial()
    again.subscribe("download_progress", since_event_id=seen[-1])
    frames = [
        frame
        for frame in again.until("download_status_change", new_status="completed")
        if not frame["data"].get("snapshot")
    ]
    again.close()
    ids = [frame["event_id"] for frame in frames]
    assert ids == sorted(set(ids)) and ids[0] > seen[-1]
    percents = [frame["data"]["progress_percent"] for frame in frames if "progress_percent" in frame["data"]]
    assert percents == sorted(percents)


def test_a_socket_without_credential_is_closed(hub: Hub) -> None:
    socket = connect(f"{hub.url.replace('http', 'ws', 1)}/api/v1/ws", legacy=True)
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=5)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401


def test_losing_the_event_store_costs_notifications_only(hub: Hub) -> None:
    hub.dependency("redis", "stop")
    try:
        hub.admin.start(T2V)
        until(lambda: hub.admin.detailed(T2V)["is_available"], "it arrived")
        until(lambda: httpx.get(f"{hub.url}/health").json()["components"]["redis"] == "down", "it is said", 5)
    finally:
        hub.dependency("redis", "start")
    until(lambda: httpx.get(f"{hub.url}/health").json()["status"] == "healthy", "all is well")


def test_losing_the_database_is_said_within_two_seconds(hub: Hub) -> None:
    hub.dependency("database", "stop")
    try:
        until(lambda: hub.admin.http.get("/api/v1/models/status").status_code == 503, "it is said", 2)
        answer = hub.admin.http.get("/api/v1/models/status")
        assert (answer.status_code, answer.json()["code"]) == (503, "DEPENDENCY_DOWN")
        assert answer.elapsed.total_seconds() < 2 and answer.headers["Retry-After"]
        assert httpx.get(f"{hub.url}/health").status_code == 503
    finally:
        hub.dependency("database", "start")
    until(lambda: hub.admin.http.get("/api/v1/models/status").status_code == 200, "it is back")


def test_losing_the_source_keeps_installed_models_usable(hub: Hub) -> None:
    hub.install(T2V)
    hub.fault("refuse")
    until(lambda: not hub.admin.detailed(T2V)["source_reachable"], "it is seen", 6)
    assert hub.admin.detailed(T2V)["availability_status"] == "available"
    assert hub.admin.post("/models/updates/check", status=503)["code"] == "SOURCE_UNREACHABLE"


def test_every_process_can_be_hurt_alone(hub: Hub) -> None:
    state = hub.act("monitor", "terminate")
    assert state["processes"]["monitor"]["pid"] is None and state["processes"]["api"]["state"] == "running"
    until(lambda: httpx.get(f"{hub.url}/health").json()["components"]["monitor"] == "down", "it is said", 5)
    state = hub.act("monitor", "start", {"MODELHUB_HEALTH_INTERVAL_SECONDS": "3"})
    assert state["timings"]["health_interval_seconds"] == 3
    hub.act("monitor", "restart", {})
