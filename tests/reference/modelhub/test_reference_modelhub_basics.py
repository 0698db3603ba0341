"""Accounts, status and health of the hub."""

import httpx
import pytest
from hub_driver import I2V, PASSWORD, T2V, TI2V, Hub, Person


def test_everything_is_up_and_says_so(hub: Hub) -> None:
    health = httpx.get(f"{hub.url}/health").json()
    assert set(health["components"].values()) == {"up"}
    assert health["status"] == "healthy"


def test_without_a_credential_nothing_is_told(hub: Hub) -> None:
    answer = httpx.get(f"{hub.url}/api/v1/models/status")
    assert answer.status_code == 401
    assert "missing" in answer.json()["message"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("bad", [{"username": "a"}, {"email": "no-address"}, {"password": "weakweak"}])
def test_bad_registrations_are_refused(hub: Hub, bad: dict[str, str]) -> None:
    body = {"username": "somebody", "email": "some@body.example", "password": PASSWORD, **bad}
    assert httpx.post(f"{hub.url}/api/v1/auth/register", json=body).status_code == 400


def test_a_key_works_until_it_is_deleted(hub: Hub) -> None:
    person = hub.person()
    made = person.post("/auth/api-keys", {"name": "laptop", "expires_in_days": 1})
    headers = {"Authorization": f"Bearer {made['api_key']}"}
    assert httpx.get(f"{hub.url}/api/v1/models/status", headers=headers).status_code == 200
    assert person.http.delete(f"/api/v1/auth/api-keys/{made['key_id']}").status_code == 200
    assert httpx.get(f"{hub.url}/api/v1/models/status", headers=headers).status_code == 401


def test_a_refresh_token_opens_nothing_else(hub: Hub) -> None:
    form = {"username": hub.line["admin"]["username"], "password": hub.line["admin"]["password"]}
    tokens = httpx.post(f"{hub.url}/api/v1/auth/login", data=form).json()
    headers = {"Authorization": f"Bearer {tokens['refresh_token']}"}
    assert httpx.get(f"{hub.url}/api/v1/models/status", headers=headers).status_code == 401
    refreshed = httpx.post(f"{hub.url}/api/v1/auth/refresh", params={"refresh_token": tokens["refresh_token"]})
    assert refreshed.status_code == 200 and refreshed.json()["access_token"]


def test_the_three_models_are_listed_as_missing(hub: Hub) -> None:
    status = hub.admin.get("/models/status")
    assert set(status["models"]) == {T2V, I2V, TI2V}
    assert {model["status"] for model in status["models"].values()} == {"missing"}
    detailed = hub.admin.detailed(T2V)
    assert detailed["available_actions"] == ["download"]
    assert len(detailed["missing_files"]) == 6
    assert hub.admin.get("/models/health")["system_health"]["overall_health_score"] == 0.1


def test_ids_are_read_in_any_case(hub: Hub) -> None:
    person: Person = hub.person()
    assert person.get("/models/status/T2V-a14b")["model_type"] == T2V
    assert person.get("/models/status/nothing", 404)["code"] == "MODEL_NOT_FOUND"
