"""What is said over sockets. Every frame of the server has a type, a payload and a timestamp."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from reference.common.clock import iso_exact, now
from reference.medassist.chat.messages import Message
from reference.medassist.refusals import Refused
from reference.medassist.reports.par import Par

Frame = Mapping[str, Any]
SERVER_ONLY = frozenset(
    [
        "status",
        "error",
        "red_flag_alert",
        "streaming",
        "streaming_complete",
        "par_ready",
        "par_update",
        "message",
        "new_par",
        "queue_update",
        "system_alert",
    ]
)
_PIECES = re.compile(r"\s*\S+(?:\s+\S+){0,2}|\s+$")


def frame(kind: str, payload: Mapping[str, Any], session_id: str | None = None) -> Frame:
    """Give a frame."""
    about = {"session_id": session_id} if session_id else {}
    return {"type": kind, "payload": dict(payload), **about, "timestamp": iso_exact(now())}


def connected(session_id: str, last_sequence: int, heartbeat: float) -> Frame:
    """Greet whoever opened a chat socket."""
    told = {
        "status": "connected",
        "session_id": session_id,
        "last_sequence": last_sequence,
        "heartbeat_interval": heartbeat,
    }
    return frame("status", told, session_id)


def connected_nurse(last_event_id: int, heartbeat: float) -> Frame:
    """Greet whoever opened the nurse socket."""
    return frame("status", {"status": "connected", "last_event_id": last_event_id, "heartbeat_interval": heartbeat})


def received(message: Message) -> Frame:
    """Acknowledge a message that is stored."""
    told = {
        "status": "message_received",
        "message_id": message.id,
        "client_message_id": message.client_message_id,
        "sequence": message.sequence_number,
        "urgency": message.metadata.get("urgency", "routine"),
        "red_flags": list(message.metadata.get("red_flags", ())),
        "details": {},
    }
    return frame("status", told, message.session_id)


def alert(session_id: str, red_flags: Sequence[str], advice: str) -> Frame:
    """Tell a patient to call for help."""
    told = {"session_id": session_id, "red_flags": list(red_flags), "urgency": "immediate", "message": advice}
    return frame("red_flag_alert", told, session_id)


def stored(message: Message) -> Frame:
    """Show a stored message."""
    return frame("message", message.shown(), message.session_id)


def answer(reply: Message, to: Message) -> list[Frame]:
    """Give an answer that is kept, in pieces and then as a whole; the pieces joined are the whole."""
    pieces = [piece for piece in _PIECES.findall(reply.content) if piece]
    if "".join(pieces) != reply.content:
        pieces = [reply.content]
    streamed = [
        frame("streaming", {"token": piece, "sequence": number}, to.session_id) for number, piece in enumerate(pieces)
    ]
    told = {
        "message_id": reply.id,
        "in_reply_to": to.id,
        "sequence_number": reply.sequence_number,
        "content": reply.content,
        "fallback": bool(reply.metadata.get("fallback")),
    }
    return [*streamed, frame("streaming_complete", told, to.session_id)]


def par_ready(par: Par) -> Frame:
    """Tell a patient that a report has come into being."""
    told = {"par_id": par.id, "urgency": par.urgency, "has_red_flags": bool(par.red_flags)}
    return frame("par_ready", told, par.session_id)


def par_update(par: Par) -> Frame:
    """Tell a patient about a decision."""
    return frame("par_update", {"par_id": par.id, "status": par.status, "approved": par.approved}, par.session_id)


def error(code: str, sentence: str, details: Mapping[str, Any] | Sequence[Any] | None = None) -> Frame:
    """Refuse a frame; the connection stays usable."""
    return frame("error", {"error": sentence, "code": code, "details": details or {}})


def refusal(refused: Refused) -> Frame:
    """Word a refusal."""
    details: Any = refused.details
    if refused.retry_after is not None:
        details = {**(details if isinstance(details, Mapping) else {}), "retry_after": refused.retry_after}
    code = refused.code or ("VALIDATION_ERROR" if refused.status == 422 else "FORBIDDEN")
    return error(code, refused.sentence, details if isinstance(details, Mapping) else {"errors": details or []})


def ping() -> Frame:
    """Ask whether anybody is there."""
    return frame("ping", {})


def pong() -> Frame:
    """Answer a ping."""
    return frame("pong", {})
