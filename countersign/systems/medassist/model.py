"""What MedAssist tells about people, sessions and messages, typed. Unknown fields are ignored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.systems.reading import Reading

READING = Reading("medassist")
need, moment, texts = READING.need, READING.moment, READING.texts


@dataclass(frozen=True)
class User:
    """An account. `role` is patient, nurse or admin."""

    id: str
    email: str
    full_name: str
    role: str
    is_active: bool
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Tokens:
    """A sign-in. `expires_in` is the life of the access token in seconds."""

    access: str
    refresh: str
    expires_in: int


@dataclass(frozen=True)
class Session:
    """A patient's session. `status` is active, escalated, completed or cancelled; `par` is the report in brief."""

    id: str
    patient_id: str
    status: str
    created_at: str
    completed_at: str | None
    message_count: int
    has_par: bool
    par: Mapping[str, Any] | None
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Message:
    """A stored message. `role` is user, assistant or system; `sequence` counts from 1 within its session."""

    id: str
    session_id: str
    role: str
    content: str
    sequence: int
    metadata: Mapping[str, Any]
    created_at: str
    raw: Mapping[str, Any]

    @property
    def in_reply_to(self) -> str:
        """The message this one answers; empty if it answers none."""
        return str(self.metadata.get("in_reply_to") or "")


def read_user(data: Any) -> User:
    """Read an account."""
    where = "an account"
    return User(
        id=need(data, "id", str, where),
        email=need(data, "email", str, where),
        full_name=need(data, "full_name", str, where),
        role=need(data, "role", str, where),
        is_active=need(data, "is_active", bool, where),
        raw=data,
    )


def read_tokens(data: Any) -> Tokens:
    """Read what a sign-in gives."""
    where = "a sign-in"
    return Tokens(
        access=need(data, "access_token", str, where),
        refresh=need(data, "refresh_token", str, where),
        expires_in=need(data, "expires_in", int, where),
    )


def read_session(data: Any) -> Session:
    """Read a session."""
    where = "a session"
    return Session(
        id=need(data, "id", str, where),
        patient_id=need(data, "patient_id", str, where),
        status=need(data, "status", str, where),
        created_at=need(data, "created_at", str, where),
        completed_at=data.get("completed_at"),
        message_count=need(data, "message_count", int, where),
        has_par=need(data, "has_par", bool, where),
        par=data.get("par"),
        raw=data,
    )


def read_message(data: Any) -> Message:
    """Read a stored message."""
    where = "a message"
    return Message(
        id=need(data, "id", str, where),
        session_id=need(data, "session_id", str, where),
        role=need(data, "role", str, where),
        content=need(data, "content", str, where),
        sequence=need(data, "sequence_number", int, where),
        metadata=need(data, "metadata", (Mapping, type(None)), where) or {},  # type: ignore[type-abstract]
        created_at=need(data, "created_at", str, where),
        raw=data,
    )
