"""The HTTP routes of a running ChatTrain."""

import json
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from chattrain_live import OPERATOR_KEY, ChatTrainProcess, fresh_user

FORBIDDEN_WORDS = ("Traceback", "sqlalchemy", "pydantic", "sqlite", "/home", "/app", "/tmp", "../", 'File "')


def raw(chattrain: ChatTrainProcess, path: str, method: str = "GET") -> tuple[int, bytes]:
    """Send a path as it stands, without any client tidying it up."""
    with socket.create_connection(("127.0.0.1", chattrain.port), timeout=5) as line:
        line.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    return int(answer.split()[1]), answer.partition(b"\r\n\r\n")[2]


def test_health(chattrain: ChatTrainProcess) -> None:
    answer = chattrain.http.get("/api/health")
    assert answer.status_code == 200
    body = answer.json()
    assert body["version"] == "1.0.0"
    assert body["timestamp"].endswith("Z")
    assert body["checks"]["database"] == body["checks"]["content"] == "up"
    assert "server" not in answer.headers


def test_the_list_shows_no_answer_key(chattrain: ChatTrainProcess) -> None:
    answer = chattrain.http.get("/api/scenarios")
    listed = answer.json()
    assert {item["config"]["id"] for item in listed} == {
        "customer_service_v1",
        "claim_handling_v1",
        "problem_resolution_v1",
    }
    assert [item["updated_at"] for item in listed] == sorted((item["updated_at"] for item in listed), reverse=True)
    assert not [word for word in ("keywords", "bot_messages", "credentials", "spam") if word in answer.text]


def test_sessions_get_rising_numbers_also_at_once(chattrain: ChatTrainProcess) -> None:
    number = chattrain.number("claim_handling_v1")

    def open_one(_: int) -> dict[str, Any]:
        body = {"scenario_id": number, "user_id": fresh_user(), "extra": 1}
        session: dict[str, Any] = chattrain.http.post("/api/sessions", json=body).json()
        return session

    with ThreadPoolExecutor(10) as together:
        sessions = list(together.map(open_one, range(25)))
    assert len({session["id"] for session in sessions}) == 25
    assert len({session["session_token"] for session in sessions}) == 25
    assert all(session["status"] == "active" and session["completed_at"] is None for session in sessions)
    assert all(session["created_at"].endswith("Z") and session["data"] == {} for session in sessions)
    after = chattrain.session()
    assert after["id"] > max(session["id"] for session in sessions)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("{}", {422}),
        ('{"scenario_id": null, "user_id": null}', {422}),
        ('{"scenario_id": "one", "user_id": "u"}', {422}),
        ('{"scenario_id": 1.5, "user_id": "u"}', {422}),
        ('{"scenario_id": true, "user_id": "u"}', {422}),
        ('{"scenario_id": 9223372036854775808, "user_id": "u"}', {404, 422}),
        ('{"scenario_id": 1' + "0" * 30 + ', "user_id": "u"}', {404, 422}),
        ('{"scenario_id": 1' + "0" * 5000 + ', "user_id": "u"}', {400, 404, 422}),
        ('{"scenario_id": NaN, "user_id": "u"}', {422}),
        ('{"scenario_id": "\\ud800", "user_id": "\\udfff"}', {422}),
        ('{"scenario_id": 1, "user_id": ""}', {422}),
        ('{"scenario_id": 1, "user_id": " "}', {422}),
        ('{"scenario_id": 1, "user_id": "' + "x" * 101 + '"}', {422}),
        ('{"scenario_id": 1, "user_id": "<b>"}', {422}),
        ('{"scenario_id": 1, "user_id": "a\\u0000b"}', {422}),
        ('{"scenario_id": 1, "user_id": "ann\\n"}', {422}),
        ('{"scenario_id": 1, "user_id": "john@test.com 123-45-6789"}', {422}),
        ('{"scenario_id": 999999, "user_id": "u"}', {404}),
        ('{"scenario_id": -1, "user_id": "u"}', {404}),
        ("[" * 100_000, {400, 422}),
        ("[]", {422}),
        ("null", {422}),
        ("not json", {422}),
        ("", {422}),
        ('"' + "x" * 2**20 + '"', {413}),
    ],
)
def test_wrong_input_is_refused_and_the_next_call_works(
    chattrain: ChatTrainProcess, body: str, codes: set[int]
) -> None:
    answer = chattrain.http.post("/api/sessions", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in codes, answer.text[:300]
    assert not [word for word in FORBIDDEN_WORDS if word in answer.text]
    detail = answer.json()["detail"]
    if answer.status_code == 422:
        assert all(set(item) == {"type", "loc", "msg", "input"} for item in detail)
    else:
        assert isinstance(detail, str)
    assert chattrain.session()["status"] == "active"


def test_bytes_that_are_no_text_are_refused(chattrain: ChatTrainProcess) -> None:
    answer = chattrain.http.post(
        "/api/sessions", content=b'{"user_id": "\xff"}', headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in {400, 422}
    assert not [word for word in FORBIDDEN_WORDS if word in answer.text]


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/api/nothing", 404),
        ("DELETE", "/api/sessions", 405),
        ("POST", "/api/health", 405),
        ("GET", "/api/scenarios/unknown/documents", 404),
        ("GET", "/api/sessions/abc", 401),
        ("GET", "/docs", 404),
    ],
)
def test_unknown_places_and_methods(chattrain: ChatTrainProcess, method: str, path: str, code: int) -> None:
    answer = chattrain.http.request(method, path)
    assert answer.status_code == code
    assert isinstance(answer.json()["detail"], str)


def test_a_session_is_read_with_its_token_only(chattrain: ChatTrainProcess) -> None:
    mine, other = chattrain.session(), chattrain.session()
    for path in (f"/api/sessions/{mine['id']}", f"/api/sessions/{mine['id']}/messages"):
        assert chattrain.http.get(path).status_code == 401
        for token in (other["session_token"], "x", "Ü" * 3):
            answer = chattrain.http.get(path, headers={"X-Session-Token": token.encode("utf-8")})
            assert answer.status_code == 404
        assert chattrain.http.get(path, headers={"X-Session-Token": mine["session_token"]}).status_code == 200
    for number in ("0", "-1", "abc", "9" * 19, "9" * 400):
        answer = chattrain.http.get(f"/api/sessions/{number}", headers={"X-Session-Token": mine["session_token"]})
        assert answer.status_code == 404
    assert chattrain.details(mine) == {
        **{key: mine[key] for key in ("id", "scenario_id", "user_id", "status", "created_at", "completed_at", "data")},
        "exchanges": 0,
        "average_score": None,
        "summary": None,
    }


def test_creation_is_limited_per_user(chattrain: ChatTrainProcess) -> None:
    number, user = chattrain.number("claim_handling_v1"), fresh_user()

    def open_one(_: int) -> Any:
        return chattrain.http.post("/api/sessions", json={"scenario_id": number, "user_id": user})

    with ThreadPoolExecutor(10) as together:
        answers = list(together.map(open_one, range(50)))
    accepted = [answer for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert 20 <= len(accepted) <= 25
    assert len(accepted) + len(refused) == 50
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in refused)
    assert chattrain.session()["id"]


def test_documents_are_served_whole(chattrain: ChatTrainProcess) -> None:
    for text_id in ("customer_service_v1", "claim_handling_v1"):
        items = chattrain.http.get(f"/api/scenarios/{text_id}/documents").json()
        assert {item["extension"] for item in items} == {".pdf", ".md"}
        for item in items:
            answer = chattrain.http.get(item["url"])
            assert answer.status_code == 200
            assert len(answer.content) == item["size"] == int(answer.headers["Content-Length"])
            assert answer.headers["ETag"] == item["etag"]
            assert re.fullmatch(r'"[^"]+"', item["etag"])
            assert answer.headers["Content-Disposition"].startswith("inline")
            assert answer.headers["Last-Modified"].endswith("GMT")
            assert answer.headers["Cache-Control"]
            head = chattrain.http.head(item["url"])
            assert head.status_code == 200
            assert head.content == b""
            same = ("content-type", "content-length", "etag", "last-modified", "cache-control", "content-disposition")
            assert [head.headers[name] for name in same] == [answer.headers[name] for name in same]
            again = chattrain.http.get(item["url"], headers={"If-None-Match": item["etag"]})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == item["etag"]
            assert chattrain.http.get(item["url"], headers={"If-None-Match": '"other"'}).status_code == 200
            text = chattrain.http.get(f"{item['url']}/content")
            if item["extension"] == ".pdf":
                assert answer.headers["Content-Type"] == "application/pdf"
                assert answer.content.startswith(b"%PDF-") and answer.content.rstrip().endswith(b"%%EOF")
                assert text.status_code == 400
            else:
                assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
                assert text.json()["content"] == answer.text
                assert text.json()["mime_type"] == "text/markdown"


@pytest.mark.parametrize(
    "name",
    [
        "scenario.yaml",
        "..%2f..%2fsettings.py",
        "..%5c..%5csettings.py",
        "%2e%2e%2fclaim_handling_v1%2fclaim_guide.pdf",
        "../claim_handling_v1/claim_guide.pdf",
        "service_manual.pdf%00",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "claim_guide.pdf",
        "SERVICE_MANUAL.PDF",
        "notes.txt",
        "x" * 300,
        "x" * 300 + ".md",
        "%ff%fe.md",
    ],
)
@pytest.mark.parametrize("tail", ["", "/content"])
def test_nothing_else_leaves_the_disk(chattrain: ChatTrainProcess, name: str, tail: str) -> None:
    (chattrain.content / "customer_service_v1" / "notes.txt").write_text("not for trainees")
    code, body = raw(chattrain, f"/api/documents/customer_service_v1/{name}{tail}")
    assert code in {403, 404}
    assert isinstance(json.loads(body)["detail"], str)
    assert b"root:" not in body and b"not for trainees" not in body


def test_content_care_is_for_operators(chattrain: ChatTrainProcess) -> None:
    for method, path in (
        ("GET", "/api/content/stats"),
        ("POST", "/api/content/reload"),
        ("GET", "/api/scenarios/customer_service_v1/validate"),
        ("GET", "/api/scenarios/unknown/validate"),
    ):
        assert chattrain.http.request(method, path).status_code == 401
        assert chattrain.http.request(method, path, headers={"X-Operator-Key": "wrong"}).status_code == 403
    key = {"X-Operator-Key": OPERATOR_KEY}
    stats = chattrain.http.get("/api/content/stats", headers=key).json()
    assert len(stats["available_scenarios"]) == stats["loader"]["available_scenarios"] == 3
    assert (stats["file_server"]["total_files"], stats["file_server"]["max_file_size_mb"]) == (6, 10.0)
    valid = chattrain.http.get("/api/scenarios/customer_service_v1/validate", headers=key).json()
    assert valid["overall_valid"] is True
    assert chattrain.http.get("/api/scenarios/unknown/validate", headers=key).status_code == 404


def test_reload_tells_the_truth(another_chattrain: Any) -> None:
    chattrain: ChatTrainProcess = another_chattrain()
    key = {"X-Operator-Key": OPERATOR_KEY}
    original = (chattrain.content / "claim_handling_v1" / "scenario.yaml").read_text()

    def put(folder: str, text: str | bytes) -> None:
        (chattrain.content / folder).mkdir(exist_ok=True)
        file = chattrain.content / folder / "scenario.yaml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def reload() -> dict[str, Any]:
        answer = chattrain.http.post("/api/content/reload", headers=key)
        assert answer.status_code == 200
        assert str(chattrain.folder) not in answer.text
        body: dict[str, Any] = answer.json()
        return body

    def listed() -> set[str]:
        return {item["config"]["id"] for item in chattrain.http.get("/api/scenarios").json()}

    number, session = chattrain.number("claim_handling_v1"), chattrain.session("claim_handling_v1")
    assert reload() == {
        "success": True,
        "scenarios_loaded": 3,
        "errors": [],
        "available_scenarios": [item["config"]["id"] for item in chattrain.http.get("/api/scenarios").json()],
    }
    put("claim_handling_v1", "id: claim_handling_v1\ntitle: [")
    put("unreadable_v1", b"\xff\xfe\x00\x01")
    put("schema_v1", original.replace("id: claim_handling_v1", "id: schema_v1").replace("duration_minutes: 30", ""))
    put("refund_v1", original.replace("id: claim_handling_v1", "id: refund_v1"))
    put("refund-v1", original.replace("id: claim_handling_v1", "id: refund-v1"))
    body = reload()
    assert body["success"] is False
    assert len(body["errors"]) == 3
    for name in ("claim_handling_v1", "unreadable_v1", "schema_v1"):
        assert any(error.startswith(name) for error in body["errors"])
    assert listed() == {"customer_service_v1", "problem_resolution_v1", "refund_v1", "refund-v1"}
    assert body["scenarios_loaded"] == 4
    judged = chattrain.http.get("/api/scenarios/schema_v1/validate", headers=key).json()
    assert judged["scenario_validation"]["valid"] is judged["overall_valid"] is False
    # A session of a scenario that left the list goes on.
    trainee = chattrain.enter(session)
    assert [frame["type"] for frame in trainee.exchange("Hello")][1] == "assistant_message"
    trainee.line.close()

    put("claim_handling_v1", original)
    for name in ("unreadable_v1", "schema_v1", "refund_v1", "refund-v1"):
        (chattrain.content / name / "scenario.yaml").unlink()
        (chattrain.content / name).rmdir()
    assert reload()["success"] is True
    assert listed() == {"customer_service_v1", "claim_handling_v1", "problem_resolution_v1"}
    assert chattrain.number("claim_handling_v1") == number


def test_twenty_reloads_hold_nobody_up(chattrain: ChatTrainProcess) -> None:
    key = {"X-Operator-Key": OPERATOR_KEY}
    with ThreadPoolExecutor(20) as together:
        reloads = [together.submit(chattrain.http.post, "/api/content/reload", headers=key) for _ in range(20)]
        slowest = 0.0
        while not all(reload.done() for reload in reloads):
            answer = chattrain.http.get("/api/health")
            slowest = max(slowest, answer.elapsed.total_seconds())
    assert all(reload.result().json()["success"] for reload in reloads)
    assert slowest < 1


def test_foreign_origins_cannot_read(chattrain: ChatTrainProcess) -> None:
    own, foreign = {"Origin": chattrain.url}, {"Origin": "http://evil.example", "Cookie": "a=b"}
    assert chattrain.http.get("/api/scenarios", headers=own).headers["access-control-allow-origin"] == chattrain.url
    assert "access-control-allow-origin" not in chattrain.http.get("/api/scenarios", headers=foreign).headers
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = chattrain.http.options("/api/sessions", headers={**own, **asks})
    assert allowed.headers["access-control-allow-origin"] == chattrain.url
    refused = chattrain.http.options("/api/sessions", headers={**foreign, **asks})
    assert "access-control-allow-origin" not in refused.headers
    assert "access-control-allow-credentials" not in {**allowed.headers, **refused.headers}


def test_the_description_names_every_route_with_its_errors(chattrain: ChatTrainProcess) -> None:
    paths = chattrain.http.get("/openapi.json").json()["paths"]
    expected = {
        ("/api/health", "get"): {"200", "503"},
        ("/api/scenarios", "get"): {"200", "503"},
        ("/api/sessions", "post"): {"200", "404", "422", "429", "503"},
        ("/api/scenarios/{scenario}/documents", "get"): {"200", "404"},
        ("/api/documents/{scenario}/{filename}", "get"): {"200", "304", "403", "404", "413"},
        ("/api/documents/{scenario}/{filename}/content", "get"): {"200", "400", "403", "404", "413"},
        ("/api/sessions/{id}", "get"): {"200", "401", "404"},
        ("/api/sessions/{id}/messages", "get"): {"200", "401", "404"},
        ("/api/content/stats", "get"): {"200", "401", "403"},
        ("/api/content/reload", "post"): {"200", "401", "403"},
        ("/api/scenarios/{scenario}/validate", "get"): {"200", "401", "403", "404"},
        ("/metrics", "get"): {"200"},
        ("/", "get"): {"200"},
    }
    for (path, method), codes in expected.items():
        assert codes <= set(paths[path][method]["responses"]), (path, method)


def test_the_page_is_served_under_a_strict_policy(chattrain: ChatTrainProcess) -> None:
    page = chattrain.http.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy
    for address in re.findall(r'(?:src|href)="(/?page/[^"]+)"', page.text):
        assert chattrain.http.get(f"/{address.lstrip('/')}").status_code == 200
    for path in ("/page/..%2f__init__.py", "/page/../app.py", "/page/%2e%2e/app.py", "/page/nothing.js", "/page/"):
        assert raw(chattrain, path)[0] == 404


def test_routes_are_counted_and_logged_without_their_content(chattrain: ChatTrainProcess) -> None:
    before = counter(
        chattrain, 'chattrain_http_requests_total{code="404",route="/api/documents/{scenario}/{filename}"}'
    )
    chattrain.http.get("/api/documents/customer_service_v1/AC-123456.md")
    name = 'chattrain_http_requests_total{code="404",route="/api/documents/{scenario}/{filename}"}'
    assert counter(chattrain, name) == before + 1
    assert counter(chattrain, "process_resident_memory_bytes") > 10_000_000
    log = chattrain.log.read_text()
    assert "AC-123456" not in log
    assert all(set(json.loads(line)) >= {"at", "event", "outcome"} for line in log.splitlines())


def counter(chattrain: ChatTrainProcess, name: str) -> float:
    for line in chattrain.http.get("/metrics").text.splitlines():
        if line.startswith(name + " "):
            return float(line.rpartition(" ")[2])
    return 0.0
