"""Before a run: what is missing is said once, in plain words, instead of a hundred misleading failures."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from countersign.evidence import Recorder, Redactor
from countersign.systems.chattrain.preflight import look
from countersign.target.live import LiveSystem


def scenario(number: int) -> dict[str, Any]:
    config = {"id": f"s{number}", "title": "T", "description": "D", "duration_minutes": 30, "documents": []}
    return {"id": number, "title": "T", "config": config, "updated_at": "2026-11-20T10:00:00Z"}


SESSION = {"id": 1, "scenario_id": 1, "user_id": "preflight", "status": "active", "created_at": "2026-11-20T10:00:00Z"}


@contextmanager
def answering(answers: Mapping[str, Any]) -> Iterator[str]:
    """Serve JSON answers by path on loopback; everything else is 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = json.dumps(answers.get(self.path, {"detail": "not here"})).encode()
            self.send_response(200 if self.path in answers else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def problem_of(url: str) -> str:
    return look(LiveSystem(name="chattrain", url=url), Recorder(Redactor())).problem


def test_a_target_that_is_switched_off() -> None:
    with answering({}) as url:
        gone = url
    assert "nobody answers" in problem_of(gone)


def test_one_scenario_only() -> None:
    with answering({"/api/scenarios": [scenario(1)]}) as url:
        assert "offers 1 training scenario(s), the pilot needs at least 2" in problem_of(url)


def test_an_api_without_a_chat_socket() -> None:
    with answering({"/api/scenarios": [scenario(1), scenario(2)], "/api/sessions": SESSION}) as url:
        assert "there is no chat socket at that address" in problem_of(url)


@pytest.mark.parametrize("nonsense", [{}, [], {"a": 1}, "text", None, [1, 2]])
def test_an_api_that_answers_nonsense(nonsense: Any) -> None:
    with answering({"/api/scenarios": nonsense}) as url:
        assert problem_of(url)
