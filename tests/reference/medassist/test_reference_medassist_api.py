"""Access, accounts, refusals, limits, the trail: the API as strangers and mistaken clients meet it."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest
from medassist_live import PASSWORD, MedAssistProcess, Person
from programs import until
from websockets.exceptions import ConnectionClosed

Another = Callable[..., MedAssistProcess]
SECRET = "signed-by-the-tests-with-a-long-key"


def is_common(answer: httpx.Response) -> bool:
    body = answer.json()
    return body["status_code"] == answer.status_code and isinstance(body["error"], str)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "Basic abc",
        "Bearer",
        "Bearer junk",
        "Bearer a.b.c",
        f"Bearer {jwt.encode({'sub': 'x', 'iat': 1, 'exp': 9e9, 'type': 'access', 'jti': 'x'}, SECRET)}",
        "Bearer "
        + jwt.encode(
            {"sub": "4b3b9f3c-0000-4000-8000-000000000000", "iat": 1, "exp": 9e9, "type": "access", "jti": "x"}, SECRET
        ),
    ],
)
def test_nobody_gets_in_without_good_credentials(medassist: MedAssistProcess, header: str | None) -> None:
    for path in ("/api/auth/me", "/api/sessions", "/api/pars/queue?limit=x", "/api/models"):
        answer = medassist.http.get(path, headers={"Authorization": header} if header else {})
        assert answer.status_code == 401 and is_common(answer), answer.text
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_altered_unsigned_and_refresh_tokens_are_refused(medassist: MedAssistProcess) -> None:
    person = medassist.patient()
    access, refresh = person.tokens["access_token"], person.tokens["refresh_token"]
    head, body, signature = access.split(".")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    for token in (refresh, f"{unsigned}.{body}.", f"{head}.{body}x.{signature}", f"{head}.{body}.{signature[:-2]}aa"):
        answer = medassist.http.get("/api/auth/me", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401
    claims = jwt.decode(access, options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 1800 and set(claims) == {"sub", "iat", "exp", "type", "jti"}


def test_a_refresh_token_works_once_and_misuse_ends_the_chain(medassist: MedAssistProcess) -> None:
    person = medassist.patient()
    first = person.tokens
    second = person.post("/api/auth/refresh", {"refresh_token": first["refresh_token"]}, 200)
    assert second["expires_in"] == 1800 and second["token_type"] == "bearer"
    person.post("/api/auth/refresh", {"refresh_token": first["refresh_token"]}, 401)
    for token in (second["refresh_token"], second["access_token"]):
        person.post("/api/auth/refresh", {"refresh_token": token}, 401)
    assert medassist.http.get("/api/auth/me", headers={"Authorization": f"Bearer {second['access_token']}"}).is_error


def test_signing_out_ends_this_sign_in_and_its_sockets(medassist: MedAssistProcess) -> None:
    person = medassist.patient()
    other = Person(medassist.url, person.email)
    session = person.session()
    line = session.enter()
    person.post("/api/auth/logout", None, 204)
    with pytest.raises(ConnectionClosed) as closed:
        line.frame()
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1008
    person.get("/api/auth/me", 401)
    assert other.get("/api/auth/me")["id"] == person.id


def test_a_deactivated_account_is_out_at_once(medassist: MedAssistProcess) -> None:
    person, admin = medassist.patient(), medassist.staff("admin")
    line = person.session().enter()
    assert admin.http.patch(f"/api/users/{person.id}", json={"is_active": False}).json()["is_active"] is False
    with pytest.raises(ConnectionClosed):
        line.frame()
    assert person.get("/api/auth/me", 403)["code"] == "ACCOUNT_DISABLED"
    answer = medassist.http.post("/api/auth/login", json={"email": person.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert admin.http.patch(f"/api/users/{admin.id}", json={"is_active": False}).status_code == 409


def test_expiry_closes_sockets(another_medassist: Another) -> None:
    medassist = another_medassist(ACCESS_TOKEN_EXPIRE_MINUTES="0.04")
    person = medassist.patient()
    line = person.session().enter()
    with pytest.raises(ConnectionClosed) as closed:
        line.frame(6)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1008
    person.get("/api/auth/me", 401)


def test_staff_roles_need_an_administrator(medassist: MedAssistProcess) -> None:
    body = {"email": "mallory@bad.example", "password": PASSWORD, "full_name": "Mallory", "role": "nurse"}
    for sender in (medassist.http, medassist.patient().http, medassist.staff("nora").http):
        for role in ("nurse", "admin"):
            assert sender.post("/api/auth/register", json={**body, "role": role}).status_code == 403
    assert medassist.http.post("/api/auth/register", json={**body, "role": "NURSE"}).status_code == 422
    login = {"email": body["email"], "password": PASSWORD}
    assert medassist.http.post("/api/auth/login", json=login).status_code == 401
    made = medassist.staff("admin").post("/api/auth/register", body)
    assert made["role"] == "nurse"


@pytest.mark.parametrize(
    "weak", ["short1A", "alllowercase1", "ALLUPPERCASE1", "NoDigitsHere", "", "Aa1" + "x" * 98, "       "]
)
def test_weak_passwords_are_refused_without_being_repeated(medassist: MedAssistProcess, weak: str) -> None:
    body = {"email": "weak@patients.example", "password": weak, "full_name": "Weak"}
    answer = medassist.http.post("/api/auth/register", json=body)
    assert answer.status_code == 422 and is_common(answer)
    assert not weak.strip() or weak not in answer.text


def test_every_character_of_a_password_counts_and_addresses_have_no_case(medassist: MedAssistProcess) -> None:
    long = "Aa1" + "x" * 80
    email = medassist.register(password=long)
    for password, status in ((long[:72], 401), (long, 200)):
        answer = medassist.http.post("/api/auth/login", json={"email": email, "password": password})
        assert answer.status_code == status
    body = {"email": email.upper(), "password": long, "full_name": "Again"}
    assert medassist.http.post("/api/auth/register", json=body).status_code == 400


def test_guessing_is_stopped_for_one_account_alone(medassist: MedAssistProcess) -> None:
    email, other = medassist.register(), medassist.register()
    wrong = [medassist.http.post("/api/auth/login", json={"email": email, "password": "x"}) for _ in range(11)]
    assert [answer.status_code for answer in wrong] == [401] * 10 + [429]
    assert 1 <= int(wrong[-1].headers["Retry-After"]) <= 60
    assert (
        wrong[0].json()
        == medassist.http.post("/api/auth/login", json={"email": "nobody@nowhere.example", "password": "x"}).json()
    )
    assert medassist.http.post("/api/auth/login", json={"email": email, "password": PASSWORD}).status_code == 429
    assert medassist.http.post("/api/auth/login", json={"email": other, "password": PASSWORD}).status_code == 200


def test_floods_are_stopped(another_medassist: Another) -> None:
    medassist = another_medassist()
    person, session = medassist.patient(), medassist.patient().session()
    answers = [person.http.get("/api/auth/me") for _ in range(130)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused and int(refused[0].headers["Retry-After"]) >= 1 and is_common(refused[0])
    line = session.enter()
    for number in range(24):
        line.chat(f"flood {number} [[script do=echo]]")
    frames = [line.frame()]
    while [frame["type"] for frame in frames].count("streaming_complete") < 20:
        frames.append(line.frame())
    limited = [frame for frame in frames if frame["payload"].get("code") == "RATE_LIMITED"]
    assert len(limited) == 4 and limited[0]["payload"]["details"]["retry_after"] >= 1
    assert len(session.history()) == 40


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/api/sessions", {"metadata": {"a": "x" * 17_000}}, 422),
        ("POST", "/api/sessions", {"metadata": {"a": "x\0"}}, 422),
        ("POST", "/api/sessions", {"metadata": [1]}, 422),
        ("POST", "/api/sessions", b"{", 422),
        ("POST", "/api/sessions", b'{"metadata": {"a": NaN}}', 422),
        ("POST", "/api/sessions", b"[" * 100_000, 422),
        ("POST", "/api/sessions", {"metadata": {"a": "x" * 2_000_000}}, 413),
        ("GET", "/api/sessions?offset=1000001", None, 422),
        ("GET", "/api/sessions?limit=0", None, 422),
        ("GET", "/api/sessions?status_filter=odd", None, 422),
        ("GET", "/api/sessions/not-a-uuid", None, 422),
        ("GET", "/api/sessions/4b3b9f3c-0000-4000-8000-000000000000", None, 404),
        ("GET", "/api/nowhere", None, 404),
        ("PUT", "/api/sessions", None, 405),
        ("PATCH", "/api/sessions/4b3b9f3c-0000-4000-8000-000000000000/status", {"status": "odd"}, 403),
        ("GET", "/api/pars/queue", None, 403),
        ("POST", "/api/models", {"model_id": "x"}, 403),
    ],
)
def test_every_refusal_has_the_common_body(
    medassist: MedAssistProcess, method: str, path: str, body: Any, status: int
) -> None:
    person = medassist.patient()
    content = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    answer = person.http.request(method, path, content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == status and is_common(answer), answer.text
    assert answer.headers["X-Request-ID"]
    assert "x" * 50 not in answer.text


def test_hostile_texts_are_kept_as_they_are(medassist: MedAssistProcess) -> None:
    session = medassist.patient().session()
    for text in ("<script>alert(1)</script>", "'; DROP TABLE users; --", "\u202eabc \u05d0\u05d1"):
        assert session.say(f"{text} [[script do=echo]]")["reply"]["content"] == text
    surrogate = session.patient.http.post(f"{session.path}/messages", content=b'{"content": "\\ud800"}')
    assert surrogate.status_code == 422


def test_all_sixteen_moves_of_a_session(medassist: MedAssistProcess) -> None:
    nurse = medassist.staff("nora")
    allowed = {
        ("active", "escalated"),
        ("active", "completed"),
        ("active", "cancelled"),
        ("escalated", "completed"),
        ("escalated", "cancelled"),
    }
    states = ("active", "escalated", "completed", "cancelled")
    patient = medassist.patient()
    for present in states:
        for wanted in states:
            path = f"{patient.session().path}/status"
            if present != "active":
                assert nurse.http.patch(path, json={"status": present}).status_code == 200
            answer = nurse.http.patch(path, json={"status": wanted})
            assert answer.status_code == (200 if (present, wanted) in allowed else 409), (present, wanted)
            if answer.status_code == 200:
                assert bool(answer.json()["completed_at"]) is (wanted in ("completed", "cancelled"))


def test_refusals_and_reads_are_in_the_trail_and_nobody_changes_it(medassist: MedAssistProcess) -> None:
    patient, stranger, nurse = medassist.patient(), medassist.patient(), medassist.staff("nora")
    session = patient.session()
    session.say("I fainted this morning")
    stranger.get(session.path, 403)
    par = nurse.get(f"/api/pars/session/{session.id}")
    medassist.http.post("/api/auth/login", json={"email": patient.email, "password": "wrong"})
    admin = medassist.staff("admin")

    def entries(**wanted: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = admin.get("/api/audit/logs", **wanted)["logs"]
        return found

    blocked = entries(user_id=stranger.id, action="access_denied")
    assert [(entry["resource_id"], entry["outcome"]) for entry in blocked] == [(session.id, "blocked")]
    assert blocked[0]["ip_address"] == "127.0.0.1" and "python-httpx" in blocked[0]["user_agent"]
    assert len(entries(action="par_viewed", resource_id=par["id"])) == 1
    assert entries(user_id=patient.id, action="user_login")[0]["outcome"] == "failure"
    for action in ("session_created", "session_escalated", "red_flag_detected"):
        assert len(entries(action=action, resource_id=session.id)) == 1, action
    assert len(entries(action="par_generated", resource_id=par["id"])) == 1
    assert "fainted" not in json.dumps(admin.get("/api/audit/logs", limit=500))
    assert {entry["user_id"] for entry in nurse.get("/api/audit/logs")["logs"]} == {nurse.id}
    patient.get("/api/audit/logs", 403)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert admin.http.request(method, "/api/audit/logs").status_code == 405


def test_the_log_holds_no_words_names_or_tokens(medassist: MedAssistProcess) -> None:
    patient = medassist.patient(full_name="Quirin Secretname")
    session = patient.session()
    session.enter().exchange("my secret-symptom-77")
    lines = medassist.log.read_text()
    assert all(json.loads(line)["time"].endswith("Z") for line in lines.splitlines())
    for mark in ("secret-symptom-77", "Secretname", patient.email, PASSWORD, patient.tokens["access_token"]):
        assert mark not in lines


def test_metrics_count_what_happened(medassist: MedAssistProcess) -> None:
    def read() -> dict[str, float]:
        lines = medassist.http.get("/metrics").text.splitlines()
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if line[0] != "#"}

    patient = medassist.patient()
    session = patient.session()
    before = read()
    session.say("I have chest pain")
    line = session.enter()
    after = read()

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert grown('red_flags_total{category="chest_pain"}') == 1
    assert grown('chat_replies_total{outcome="answered"}') == 1
    route = 'method="POST",route="/api/sessions/{session_id}/messages",status="201"'
    assert grown(f"http_requests_total{{{route}}}") == 1
    assert grown('par_queue_pending{urgency="immediate"}') == 1
    assert grown('ws_connections_active{channel="chat"}') == 1
    assert after["process_open_fds"] > 0 and after["system_uptime_seconds"] > 0
    line.socket.close()
    name = 'ws_connections_active{channel="chat"}'
    until(lambda: read()[name] == before[name], "the socket is counted as closed", within=3)


def test_the_description_lists_every_route_and_refusal(medassist: MedAssistProcess) -> None:
    paths = medassist.http.get("/openapi.json").json()["paths"]
    assert "/api/pars/{par_id}/review" in paths
    for path, methods in paths.items():
        for method, described in methods.items():
            if path.startswith("/api/") and "health" not in path:
                assert {"422", "429", "503"} <= set(described["responses"]), (method, path)


def test_foreign_origins_get_no_permission(medassist: MedAssistProcess) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    for answer in (
        medassist.http.get("/api/health", headers=headers),
        medassist.http.options("/api/sessions", headers=headers),
    ):
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_wrong_address_and_wrong_password_take_the_same_time(medassist: MedAssistProcess) -> None:
    def median(email: str) -> float:
        took = []
        for _ in range(9):
            began = time.perf_counter()
            medassist.http.post("/api/auth/login", json={"email": email, "password": "Wrong-pass-1"})
            took.append(time.perf_counter() - began)
        return sorted(took)[4]

    assert abs(median(medassist.register()) - median("stranger@nowhere.example")) < 0.1
