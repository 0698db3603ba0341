"""Start MedAssist as a program, and talk to it as patients, nurses and administrators do."""

import itertools
import json
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
from programs import AiProcess, Program
from websockets.sync.client import ClientConnection, connect

FRAME_WITHIN = 6.0
PASSWORD = "Good-pass-1"
STAFF = (
    {"email": "admin@clinic.example", "password": PASSWORD, "full_name": "Ada Admin", "role": "admin"},
    {"email": "nora@clinic.example", "password": PASSWORD, "full_name": "Nora Nurse", "role": "nurse"},
    {"email": "nils@clinic.example", "password": PASSWORD, "full_name": "Nils Nurse", "role": "nurse"},
)
_numbers = itertools.count(1)


class Person:
    """Somebody who is signed in."""

    def __init__(self, url: str, email: str, password: str = PASSWORD) -> None:
        self.url = url
        self.email = email
        self.http = httpx.Client(base_url=url, timeout=15)
        answer = self.http.post("/api/auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        self.tokens: dict[str, Any] = answer.json()
        self.http.headers["Authorization"] = f"Bearer {self.tokens['access_token']}"
        self.id: str = self.get("/api/auth/me")["id"]

    def get(self, path: str, code: int = 200, **params: Any) -> Any:
        """Read; fail on another status."""
        answer = self.http.get(path, params=params)
        assert answer.status_code == code, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, status: int = 201) -> Any:
        """Write; fail on another status."""
        answer = self.http.post(path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def session(self) -> "Session":
        """Open a session."""
        return Session(self, self.post("/api/sessions", {})["id"])

    def dial(self, path: str, **params: Any) -> "Line":
        """Open a socket."""
        query = "&".join(f"{name}={value}" for name, value in params.items())
        address = f"{self.url.replace('http', 'ws', 1)}{path}?token={self.tokens['access_token']}&{query}"
        return Line(connect(address, max_size=2**20, max_queue=4096, legacy=True))


class Session:
    """A session of a patient."""

    def __init__(self, patient: Person, session_id: str) -> None:
        self.patient = patient
        self.id = session_id
        self.path = f"/api/sessions/{session_id}"

    def say(self, content: str, **more: Any) -> Any:
        """Send a message over HTTP and give the exchange."""
        return self.patient.post(f"{self.path}/messages", {"content": content, **more})

    def history(self) -> list[dict[str, Any]]:
        """Give all messages."""
        messages: list[dict[str, Any]] = self.patient.get(f"{self.path}/messages")["messages"]
        return messages

    def state(self) -> dict[str, Any]:
        """Give the session."""
        state: dict[str, Any] = self.patient.get(self.path)
        return state

    def enter(self, **params: Any) -> "Line":
        """Open its socket and take the greeting."""
        line = self.patient.dial(f"/ws/{self.id}", **params)
        line.greeting = line.frame()
        return line


class Line:
    """An open socket."""

    def __init__(self, socket_: ClientConnection) -> None:
        self.socket = socket_
        self.greeting: dict[str, Any] = {}

    def frame(self, within: float = FRAME_WITHIN) -> dict[str, Any]:
        """Give the next frame."""
        read: dict[str, Any] = json.loads(self.socket.recv(timeout=within))
        return read

    def until(self, kind: str, within: float = FRAME_WITHIN, **payload: Any) -> list[dict[str, Any]]:
        """Give the frames up to the first of a type with this in its payload."""
        frames = [self.frame(within)]
        while frames[-1]["type"] != kind or not payload.items() <= frames[-1]["payload"].items():
            frames.append(self.frame(within))
        return frames

    def send(self, kind: str, payload: Mapping[str, Any] | None = None) -> None:
        """Send a frame."""
        self.socket.send(json.dumps({"type": kind, "payload": payload or {}}))

    def chat(self, content: str, **more: Any) -> None:
        """Send a message without waiting."""
        self.send("chat", {"content": content, **more})

    def exchange(self, content: str, **more: Any) -> list[dict[str, Any]]:
        """Send a message and give the frames up to its answer."""
        self.chat(content, **more)
        return self.until("streaming_complete")

    def cut(self) -> None:
        """Drop the line without a word."""
        self.socket.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.socket.socket.shutdown(socket.SHUT_RD)
        self.socket.socket.close()


class MedAssistProcess(Program):
    """A MedAssist with its own database and log."""

    def __init__(self, folder: Path, ai: AiProcess, **settings: str) -> None:
        self.database = folder / "database.sqlite3"
        self.log = folder / "medassist.log"
        own = {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "LOG_PATH": str(self.log),
            "AI_BASE_URL": f"{ai.url}/v1",
            "SECRET_KEY": "signed-by-the-tests-with-a-long-key",
            "STAFF_ACCOUNTS": json.dumps(STAFF),
        }
        super().__init__("reference.medassist", folder, {**own, **settings})
        self.http = httpx.Client(base_url=self.url, timeout=15)
        self._staff: dict[str, Person] = {}

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.http.close()
        super().__exit__(kind, error, at)

    def staff(self, name: str) -> Person:
        """Give "admin", "nora" or "nils", signed in."""
        if name not in self._staff:
            self._staff[name] = Person(self.url, f"{name}@clinic.example")
        return self._staff[name]

    def register(self, **more: Any) -> str:
        """Register a patient, and give the address."""
        email = f"patient{next(_numbers)}-{os.getpid()}@patients.example"
        body = {"email": email, "password": PASSWORD, "full_name": "Pat Example", **more}
        answer = self.http.post("/api/auth/register", json=body)
        assert answer.status_code == 201, answer.text
        return email

    def patient(self, *, agreed: bool = True, **more: Any) -> Person:
        """Give a new patient, signed in, who has agreed to the consent text."""
        person = Person(self.url, self.register(**more))
        if agreed:
            agree(person)
        return person


def agree(person: Person) -> Any:
    """Sign the consent text."""
    text = person.get("/api/consent/active")
    responses = dict.fromkeys(text["required_fields"], True)
    return person.post("/api/consent/submit", {"consent_id": text["id"], "responses": responses})
