"""Take what a client sends on a chat socket: check it, keep it, acknowledge it, let it be answered."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from reference.common import jsontext
from reference.common.database import DatabaseUnavailable
from reference.medassist.chat import frames
from reference.medassist.chat.intake import LONGEST, LONGEST_NAME, Incoming, Taken
from reference.medassist.chat.rooms import Connection
from reference.medassist.refusals import Refused, forbidden, invalid, too_many
from reference.medassist.reports.store import Change

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

Handler = Callable[[str, Connection, Mapping[str, Any]], Awaitable[None]]
"""Handles a frame of one type in a session."""


class NotUnderstood(Exception):
    """The frame is no JSON object in a text frame."""


class FrameReader:
    """Reads frames of clients."""

    def read(self, raw: str | bytes) -> tuple[str | None, Mapping[str, Any]]:
        """Give type and payload. Raises NotUnderstood."""
        if not isinstance(raw, str):
            raise NotUnderstood
        try:
            frame = jsontext.read(raw)
        except ValueError:
            raise NotUnderstood from None
        if not isinstance(frame, dict):
            raise NotUnderstood
        kind, payload = frame.get("type"), frame.get("payload")
        return kind if isinstance(kind, str) else None, payload if isinstance(payload, dict) else {}


class ChatDesk:
    """Handles the frames of all chat sockets; `handlers` holds one function per type that a client may send."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self.handlers: dict[str, Handler] = {"chat": self.chat, "ping": self.ping, "pong": self.pong}

    async def take(self, session_id: str, connection: Connection, raw: str | bytes) -> None:
        """Handle one frame as it came from a socket."""
        try:
            kind, payload = self._parts.frame_reader.read(raw)
        except NotUnderstood:
            self._parts.metrics.frame("received", "unreadable")
            connection.send(frames.error("INVALID_FORMAT", "Send one JSON object in a text frame."))
            return
        handler = self.handlers.get(kind or "")
        self._parts.metrics.frame("received", kind if handler and kind else "unknown")
        if handler is None:
            connection.send(frames.error("UNSUPPORTED_TYPE", "Clients send chat, ping and pong."))
            return
        await handler(session_id, connection, payload)

    async def ping(self, session_id: str, connection: Connection, payload: Mapping[str, Any]) -> None:
        """Answer a ping."""
        connection.send(frames.pong())

    async def pong(self, session_id: str, connection: Connection, payload: Mapping[str, Any]) -> None:
        """Take note of a sign of life; hearing it was enough."""

    async def chat(self, session_id: str, connection: Connection, payload: Mapping[str, Any]) -> None:
        """Take a patient's message."""
        outcome = "acknowledged"
        try:
            await self._chat(session_id, connection, payload)
        except Refused as refused:
            outcome = refused.code or "VALIDATION_ERROR"
            connection.send(frames.refusal(refused))
        self._parts.logbook.event("chat", outcome=outcome, user_id=connection.caller.account.id)

    async def _chat(self, session_id: str, connection: Connection, payload: Mapping[str, Any]) -> None:
        parts, caller = self._parts, connection.caller
        if caller.is_staff:
            raise forbidden("Only the patient writes here.")
        incoming = parts.intake.judged(*chat_payload(payload))
        wait = parts.chat_limits.take(caller.account.id)
        if wait is not None:
            raise too_many("That was too fast. Please wait a moment.", wait)
        try:
            taken = await self.keep(session_id, incoming, connection)
        except (DatabaseUnavailable, Refused) as problem:
            self.advise_unkept(session_id, connection, incoming, problem)
            if isinstance(problem, Refused):
                raise
            raise Refused(503, "Your message could not be kept.", "STORAGE_UNAVAILABLE", retry_after=2) from None
        self.acknowledge(taken, connection)
        self.follow(taken, caller.account.id, connection)

    async def keep(self, session_id: str, incoming: Incoming, connection: Connection) -> Taken:
        """Keep a message, and what follows from it. Raises DatabaseUnavailable and Refused."""
        return await self._parts.intake.take(session_id, incoming, connection.caller)

    def acknowledge(self, taken: Taken, connection: Connection) -> None:
        """Tell the sender that a message is kept."""
        connection.send(frames.received(taken.message))

    def follow(self, taken: Taken, patient_id: str, sender: Connection | None) -> None:
        """Tell everybody concerned about a message just kept, and let it be answered."""
        if not taken.is_new:
            return
        parts, message = self._parts, taken.message
        room = parts.rooms.of(message.session_id)
        room.broadcast(frames.stored(message), number=message.sequence_number, but=sender)
        if taken.advice is not None:
            flags = message.metadata["red_flags"]
            alert = frames.alert(message.session_id, flags, taken.advice.content)
            room.broadcast(alert, number=taken.advice.sequence_number)
            for flag in flags:
                parts.metrics.red_flag(flag)
        parts.board.tell(taken.notices)
        if taken.par is not None:
            parts.maker.on_change(Change(taken.par, True, True))
            parts.completing.put(taken.par)
        parts.answering.put(message, patient_id)

    def advise_unkept(self, session_id: str, connection: Connection, incoming: Incoming, problem: Exception) -> None:
        """Show emergency advice for a message that could not be kept."""
        advice = self._parts.intake.advice_for(incoming)
        closed = isinstance(problem, Refused) and problem.code == "SESSION_CLOSED"
        if advice is not None and not closed:
            connection.send(frames.alert(session_id, incoming.judgement.red_flags, advice))


def chat_payload(payload: Mapping[str, Any]) -> tuple[str, str | None]:
    """Give content and client_message_id of a message. Raises Refused (422)."""
    content, named = payload.get("content"), payload.get("client_message_id")
    if not isinstance(content, str):
        raise invalid(["content"], "The message must be a text.", "string_type")
    content = content.strip()
    if not 1 <= len(content) <= LONGEST:
        raise invalid(["content"], f"A message has 1 to {LONGEST} characters.", "string_length")
    _refuse_unusable(content, "content")
    if named is not None:
        if not isinstance(named, str) or not 1 <= len(named) <= LONGEST_NAME:
            raise invalid(["client_message_id"], f"A client_message_id is a text of up to {LONGEST_NAME} characters.")
        _refuse_unusable(named, "client_message_id")
    return content, named


def _refuse_unusable(text: str, where: str) -> None:
    if "\0" in text or jsontext.has_unpaired_surrogate(text):
        raise invalid([where], "The text holds a character that cannot be kept.")
