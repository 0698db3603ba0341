"""Knocking at a chat socket: who is refused by the contract's words, and who is not."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from countersign.evidence import Recorder, Redactor
from countersign.systems.chattrain import knocking
from countersign.systems.chattrain.knocking import Knock, knock
from countersign.target.live import LiveSystem

GREETING = json.dumps({"type": "session_start", "content": "Welcome, Emma", "timestamp": ""})


def behave(connection: ServerConnection) -> None:
    """Do what the path asks for: greet or not, then close with a code or stay open."""
    _, greeted, code = connection.request.path.split("/") if connection.request else ("", "", "")
    if greeted == "greeted":
        connection.send(GREETING)
    if code != "open":
        connection.close(int(code))
    else:
        for _ in connection:
            continue


def forbid(connection: ServerConnection, request: Request) -> Response | None:
    return connection.respond(HTTPStatus(int(request.path[-3:])), "no") if "status" in request.path else None


@contextmanager
def serving() -> Iterator[str]:
    with serve(behave, "127.0.0.1", 0, process_request=forbid) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        host, port = server.socket.getsockname()
        yield f"ws://{host}:{port}"
        server.shutdown()
        thread.join(5)


@pytest.mark.parametrize(
    ("path", "refused", "answer"),
    [
        ("/status/403", True, "the opening was answered with 403"),
        ("/status/500", False, "the opening was answered with 500"),
        ("/silent/4004", True, "closed with 4004"),
        ("/silent/1008", True, "closed with 1008"),
        ("/silent/1000", False, "closed with 1000"),
        ("/greeted/4004", False, "let in and greeted"),
        ("/greeted/open", False, "let in and greeted"),
        ("/silent/open", False, "still open after 0.4 s"),
    ],
)
def test_refused_is_what_the_contract_calls_refused(
    path: str, refused: bool, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knocking, "REFUSED_WITHIN", 0.4)
    monkeypatch.setattr(knocking, "LOOKS_AROUND", 0.1)
    with serving() as url:
        met = knocked(url, path)
    assert (met.refused, met.answer) == (refused, answer)
    assert ("Welcome, Emma" in met.shown) == met.greeted == path.startswith("/greeted")


def knocked(url: str, path: str) -> Knock:
    system = LiveSystem("chattrain", url.replace("ws", "http"))
    then = [{"type": "user_message", "content": "let me in"}]
    return knock(system, url + path, way="by test", actor="Mallory", recorder=Recorder(Redactor()), then=then)
