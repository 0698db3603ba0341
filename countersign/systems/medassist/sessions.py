"""Sessions over HTTP: opening, listing, reading, closing, and chatting without a socket."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.systems.asking import Ask
from countersign.systems.medassist.model import Message, Session, need, read_message, read_session
from countersign.systems.medassist.report_model import Report, read_report
from countersign.transport.answer import Answer


@dataclass(frozen=True)
class Said:
    """What a message over HTTP brought. `advice` is None unless it is an emergency; `seconds` is the time it took."""

    message: Message
    reply: Message
    urgency: str
    red_flags: tuple[str, ...]
    advice: str | None
    status_code: int
    seconds: float


@dataclass(frozen=True)
class History:
    """One page of the messages of a session. `total` counts all of them."""

    messages: tuple[Message, ...]
    total: int
    session_id: str


LONGEST_PAGE = 100
"""The most sessions of one page (contract, section 3)."""


class Sessions:
    """The routes of sessions."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def open(self, metadata: Mapping[str, Any] | None = None) -> Session:
        """Open a session (patient)."""
        return read_session(self.try_open({"metadata": dict(metadata or {})}).must_be(201).json())

    def try_open(self, body: Any, **details: Any) -> Answer:
        """Try to open a session with any body and give the answer, whatever its status."""
        return self._ask("POST", "/api/sessions", json=body, **details)

    def listed(self, **filters: Any) -> list[Session]:
        """List sessions: the caller's own for a patient, all for staff (`limit`, `offset`, `status_filter`)."""
        return [read_session(item) for item in self.try_listing(**filters).must_be(200).json()]

    def whole_list(self, **filters: Any) -> list[Session]:
        """List sessions page by page."""
        sessions: list[Session] = []
        while True:
            page = self.listed(limit=LONGEST_PAGE, offset=len(sessions), **filters)
            sessions += page
            if len(page) < LONGEST_PAGE:
                return sessions

    def try_listing(self, **filters: Any) -> Answer:
        """Try to list sessions and give the answer, whatever its status."""
        return self._ask("GET", "/api/sessions", params=filters)

    def read(self, session_id: str) -> Session:
        """Read a session with its messages in brief."""
        return read_session(self.try_read(session_id).must_be(200).json())

    def try_read(self, session_id: Any) -> Answer:
        """Try to read a session and give the answer, whatever its status."""
        return self._ask("GET", f"/api/sessions/{session_id}")

    def move(self, session_id: str, status: str) -> Session:
        """Put a session into another state (staff)."""
        return read_session(self.try_move(session_id, status).must_be(200).json())

    def try_move(self, session_id: Any, status: Any) -> Answer:
        """Try to put a session into another state and give the answer, whatever its status."""
        return self._ask("PATCH", f"/api/sessions/{session_id}/status", json={"status": status})

    def history(self, session_id: str, **page: Any) -> History:
        """Read the messages of a session by number (`limit`, `after_sequence`)."""
        data = self.try_history(session_id, **page).must_be(200).json()
        where = "the history"
        return History(
            tuple(read_message(item) for item in need(data, "messages", list, where)),
            need(data, "total", int, where),
            need(data, "session_id", str, where),
        )

    def try_history(self, session_id: Any, **page: Any) -> Answer:
        """Try to read the messages of a session and give the answer, whatever its status."""
        return self._ask("GET", f"/api/sessions/{session_id}/messages", params=page)

    def whole_history(self, session_id: str) -> tuple[Message, ...]:
        """Read all messages of a session, page by page."""
        messages: list[Message] = []
        while True:
            page = self.history(session_id, after_sequence=messages[-1].sequence if messages else 0)
            messages += page.messages
            if not page.messages or len(messages) >= page.total:
                return tuple(messages)

    def say(self, session_id: str, content: str, client_message_id: str | None = None) -> Said:
        """Send a message over HTTP and wait for its answer (capability chat-http)."""
        body: dict[str, Any] = {"content": content}
        if client_message_id is not None:
            body["client_message_id"] = client_message_id
        answer = self.try_saying(session_id, body).must_be(200, 201)
        data, where = answer.json(), "the answer to a message"
        return Said(
            message=read_message(need(data, "message", Mapping, where)),  # type: ignore[type-abstract]
            reply=read_message(need(data, "reply", Mapping, where)),  # type: ignore[type-abstract]
            urgency=need(data, "urgency", str, where),
            red_flags=tuple(need(data, "red_flags", list, where)),
            advice=data.get("advice"),
            status_code=answer.status,
            seconds=answer.seconds,
        )

    def try_saying(self, session_id: Any, body: Any, **details: Any) -> Answer:
        """Try to send a message with any body and give the answer, whatever its status."""
        return self._ask("POST", f"/api/sessions/{session_id}/messages", json=body, **details)

    def ask_for_report(self, session_id: str) -> Report:
        """Ask for the assessment report of a session as staff see it (nurse, capability chat-http)."""
        return read_report(self.try_report(session_id).must_be(200, 201).json())

    def try_report(self, session_id: Any) -> Answer:
        """Ask for the assessment report of a session and give the answer, whatever its status."""
        return self._ask("POST", f"/api/sessions/{session_id}/assessment")
