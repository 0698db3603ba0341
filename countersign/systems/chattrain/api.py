"""ChatTrain over HTTP: health, scenarios, sessions, documents, reading back, content care, metrics."""

from collections.abc import Mapping
from typing import Any

from countersign.errors import ContractBroken
from countersign.evidence import Recorder
from countersign.systems.chattrain.model import (
    Document,
    Health,
    Scenario,
    Session,
    need,
    read_document,
    read_scenario,
    read_session,
)
from countersign.target.live import LiveSystem
from countersign.transport.answer import Answer
from countersign.transport.http import HttpClient


def list_of(answer: Answer, what: str) -> list[Any]:
    """Give the list an answer holds. Raises ContractBroken for anything else."""
    data = answer.json()
    if not isinstance(data, list):
        raise ContractBroken(f"{answer.what}: expected a list of {what}, got {answer.beginning()!r}")
    return data


class ChatTrainApi:
    """One person's HTTP client. `within` is how long this person waits for any answer, in seconds."""

    def __init__(self, system: LiveSystem, actor: str, recorder: Recorder, within: float = 10.0) -> None:
        self.system = system
        self.client = HttpClient(
            system.url,
            system=system.name,
            actor=actor,
            recorder=recorder,
            within=within,
            ca=system.ca_file or None,
        )

    def ask(self, method: str, path: str, **details: Any) -> Answer:
        """Send any request and give the answer, whatever its status."""
        return self.client.request(method, path, **details)

    def health(self) -> Health:
        """Ask for the health check; 200 and 503 are both answers."""
        answer = self.ask("GET", "/api/health").must_be(200, 503)
        data = answer.json()
        where = "the health check"
        return Health(
            status=need(data, "status", str, where),
            version=need(data, "version", str, where),
            timestamp=need(data, "timestamp", str, where),
            checks=data.get("checks") or {},
            status_code=answer.status,
        )

    def scenarios(self) -> list[Scenario]:
        """Give the trainings on offer, in the order of the list."""
        answer = self.ask("GET", "/api/scenarios").must_be(200)
        return [read_scenario(item) for item in list_of(answer, "scenarios")]

    def start_session(self, scenario_id: Any, user_id: Any) -> Session:
        """Start a session."""
        return read_session(self.try_session({"scenario_id": scenario_id, "user_id": user_id}).must_be(200, 201).json())

    def try_session(self, body: Any, **details: Any) -> Answer:
        """Ask for a session with any body and give the answer, whatever its status."""
        return self.ask("POST", "/api/sessions", json=body, **details)

    def documents(self, text_id: str) -> list[Document]:
        """Give the documents of a scenario."""
        answer = self.ask("GET", f"/api/scenarios/{text_id}/documents").must_be(200)
        return [read_document(item) for item in list_of(answer, "documents")]

    def open_document(self, document: Document, method: str = "GET", **details: Any) -> Answer:
        """Fetch a document at the address its list gives."""
        return self.ask(method, document.url, **details)

    def read_session(self, session: Session) -> Mapping[str, Any]:
        """Read a session back (capability history), with exchanges, average score and summary."""
        data: Mapping[str, Any] = self.try_read(session.id, session.token).must_be(200).json()
        need(data, "status", str, "the session read back")
        return data

    def read_messages(self, session: Session) -> list[Mapping[str, Any]]:
        """Read the conversation of a session back (capability history), in its order."""
        return list_of(self.try_read(session.id, session.token, "/messages").must_be(200), "messages")

    def try_read(self, session_id: int, token: str, part: str = "") -> Answer:
        """Ask to read a session (or a part of it) back with any token; give the answer, whatever its status."""
        headers = {"X-Session-Token": token} if token else {}
        return self.ask("GET", f"/api/sessions/{session_id}{part}", headers=headers)

    def content(self, method: str, path: str, key: str | None = None, **details: Any) -> Answer:
        """Use a route of content care with the operator's key (or another one, or none: empty text)."""
        key = self.system.operator_key if key is None else key
        return self.ask(method, path, headers={"X-Operator-Key": key} if key else {}, **details)

    def close(self) -> None:
        """Close the connections."""
        self.client.close()
