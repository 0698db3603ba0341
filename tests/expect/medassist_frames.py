"""Frames, turns, sessions and messages of MedAssist for tests of matchers."""

from collections.abc import Sequence
from typing import Any

from countersign.systems.medassist.chat import Sent, Turn
from countersign.systems.medassist.model import Message, Session
from countersign.systems.medassist.socket import Frame


def frame(kind: str, at: float = 0.0, **payload: Any) -> Frame:
    """Make a frame that arrived `at` (monotonic seconds)."""
    stamp = "2026-11-20T10:00:00Z"
    return Frame(kind, payload, stamp, at, None, {"type": kind, "payload": payload, "timestamp": stamp})


def acknowledged(urgency: str = "routine", flags: Sequence[str] = (), *, number: int = 1) -> Frame:
    """Make the acknowledgement of a message."""
    return frame(
        "status",
        0.1,
        status="message_received",
        message_id=f"m{number}",
        client_message_id=f"c{number}",
        sequence=number,
        urgency=urgency,
        red_flags=list(flags),
    )


def turn(content: str = "hello", urgency: str = "routine", flags: Sequence[str] = (), **parts: Any) -> Turn:
    """Make a turn whose message was judged so."""
    return Turn(Sent(content, "c1", 0.0), acknowledged(urgency, flags), **parts)


def session(
    status: str = "active", *, has_par: bool = False, id: str = "s1", completed_at: str | None = None
) -> Session:
    """Make a session."""
    return Session(id, "p1", status, "2026-11-20T10:00:00Z", completed_at, 0, has_par, None, {})


def message(role: str, content: str, sequence: int, **metadata: Any) -> Message:
    """Make a stored message."""
    return Message(f"m{sequence}", "s1", role, content, sequence, metadata, "2026-11-20T10:00:00Z", {})
