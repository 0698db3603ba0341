"""Start ChatTrain and the scripted AI as programs, and talk to them as their clients do."""

import itertools
import json
import os
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
from programs import ROOT, AiProcess, Program, until
from websockets.sync.client import ClientConnection, connect

__all__ = ["ROOT", "AiProcess", "ChatTrainProcess", "Trainee", "fresh_user", "until"]

CONTENT = ROOT / "reference" / "chattrain" / "content"
FRAME_WITHIN = 5.0
OPERATOR_KEY = "operators-only"
_numbers = itertools.count(1)


def fresh_user() -> str:
    """Give a name that nobody used: limits are per name."""
    return f"pilot_user_{next(_numbers)}-{os.getpid()}"


class ChatTrainProcess(Program):
    """A ChatTrain with its own database, content and log."""

    def __init__(self, folder: Path, ai: AiProcess, **settings: str) -> None:
        self.database = folder / "database.sqlite3"
        self.content = folder / "content"
        self.log = folder / "chattrain.log"
        own = {
            "DATABASE_PATH": str(self.database),
            "CONTENT_PATH": str(self.content),
            "LOG_PATH": str(self.log),
            "OPENAI_BASE_URL": f"{ai.url}/v1",
            "OPERATOR_KEY": OPERATOR_KEY,
        }
        super().__init__("reference.chattrain", folder, {**own, **settings})
        shutil.copytree(CONTENT, self.content)
        self.http = httpx.Client(base_url=self.url, timeout=10)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.http.close()
        super().__exit__(kind, error, at)

    def number(self, text_id: str) -> int:
        """Give the number of a scenario."""
        listed = self.http.get("/api/scenarios").json()
        return next(int(item["id"]) for item in listed if item["config"]["id"] == text_id)

    def session(self, text_id: str = "customer_service_v1", user: str | None = None) -> dict[str, Any]:
        """Open a session."""
        body = {"scenario_id": self.number(text_id), "user_id": user or fresh_user()}
        answer = self.http.post("/api/sessions", json=body)
        assert answer.status_code == 200, answer.text
        session: dict[str, Any] = answer.json()
        return session

    def enter(self, session: Mapping[str, Any], **options: Any) -> "Trainee":
        """Join a session's chat and take the greeting."""
        trainee = Trainee(self.dial(session["websocket_url"], **options))
        trainee.greeting = trainee.frame()
        return trainee

    def dial(self, path: str, **options: Any) -> ClientConnection:
        """Open a socket, whatever comes of it."""
        return connect(self.url.replace("http", "ws", 1) + path, max_size=2**22, legacy=True, **options)

    def read_back(self, session: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Give the stored lines of a session."""
        headers = {"X-Session-Token": session["session_token"]}
        items: list[dict[str, Any]] = self.http.get(f"/api/sessions/{session['id']}/messages", headers=headers).json()
        return items

    def details(self, session: Mapping[str, Any]) -> dict[str, Any]:
        """Give the state of a session."""
        headers = {"X-Session-Token": session["session_token"]}
        state: dict[str, Any] = self.http.get(f"/api/sessions/{session['id']}", headers=headers).json()
        return state


class Trainee:
    """Somebody in a chat."""

    def __init__(self, line: ClientConnection) -> None:
        self.line = line
        self.greeting: dict[str, Any] = {}

    def frame(self, within: float = FRAME_WITHIN) -> dict[str, Any]:
        """Give the next frame."""
        read: dict[str, Any] = json.loads(self.line.recv(timeout=within))
        return read

    def frames(self, count: int, within: float = FRAME_WITHIN) -> list[dict[str, Any]]:
        """Give the next frames."""
        return [self.frame(within) for _ in range(count)]

    def send(self, **frame: Any) -> None:
        """Send a frame."""
        self.line.send(json.dumps(frame))

    def say(self, content: str) -> None:
        """Send a line without waiting."""
        self.send(type="user_message", content=content)

    def exchange(self, content: str, within: float = FRAME_WITHIN) -> list[dict[str, Any]]:
        """Send a line and give the three answers."""
        self.say(content)
        return self.frames(3, within)

    def info(self) -> dict[str, Any]:
        """Ask for the state of the session."""
        self.send(type="session_start")
        frame = self.frame()
        assert frame["type"] == "session_info", frame
        metadata: dict[str, Any] = frame["metadata"]
        return metadata

    def cut(self) -> None:
        """Drop the line without a word, as a broken network does."""
        self.line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.line.socket.shutdown(socket.SHUT_RD)
        self.line.socket.close()
