"""Take what a trainee sends: check it on arrival, answer at once what needs no AI, queue the rest."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from reference.chattrain import jsontext
from reference.chattrain.chat import frames
from reference.chattrain.chat.connection import Connection
from reference.chattrain.chat.conversation import Conversation, EarlyEnd, Line
from reference.chattrain.database import DatabaseUnavailable
from reference.chattrain.validating import LineRefused

if TYPE_CHECKING:
    from reference.chattrain.parts import Parts

Handler = Callable[[Conversation, Connection, Mapping[str, Any]], Awaitable[str]]
"""Handles a frame of one type and gives the word for the log that says what came of it."""


class NotUnderstood(Exception):
    """The frame is no JSON object in a text frame."""


class Desk:
    """Handles the frames of all trainees; `handlers` holds one function per type that a client may send."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self.handlers: dict[str, Handler] = {
            "user_message": self.user_message,
            "session_start": self.session_start,
            "session_complete": self.session_complete,
        }

    async def take(self, conversation: Conversation, connection: Connection, raw: str | bytes) -> None:
        """Handle one frame as it came from the socket."""
        conversation.last_frame_at = time.monotonic()
        session = conversation.session.id
        try:
            frame = self.understood(raw)
        except NotUnderstood:
            connection.send(frames.not_understood())
            self._parts.logbook.frame(session, "unreadable", "INVALID_REQUEST")
            return
        kind = frame.get("type")
        handler = self.handlers.get(kind) if isinstance(kind, str) else None
        if handler is None:
            connection.send(frames.unknown_type())
            self._parts.logbook.frame(session, "unknown", "UNKNOWN_TYPE")
            return
        outcome = await handler(conversation, connection, frame)
        self._parts.logbook.frame(session, str(kind), outcome)

    def understood(self, raw: str | bytes) -> Mapping[str, Any]:
        """Read a frame. Raises NotUnderstood."""
        if not isinstance(raw, str):
            raise NotUnderstood
        try:
            frame = jsontext.read(raw)
        except ValueError:
            raise NotUnderstood from None
        if not isinstance(frame, dict):
            raise NotUnderstood
        return frame

    async def user_message(self, conversation: Conversation, connection: Connection, frame: Mapping[str, Any]) -> str:
        """Check a trainee line and queue it for its turn."""
        parts = self._parts
        if conversation.over:
            return self._refuse(connection, frames.session_over())
        if conversation.stalled:
            return self._refuse(connection, frames.unavailable())
        try:
            text = parts.validator.line_of(frame)
        except LineRefused as refusal:
            return self._refuse(connection, frames.security_error("VALIDATION_ERROR", str(refusal)))
        wait = parts.line_limits.take(conversation.session.user_id)
        if wait is not None:
            sentence = f"That was too fast. You can go on in {wait} s."
            return self._refuse(connection, frames.security_error("RATE_LIMIT_EXCEEDED", sentence, retry_after=wait))
        parts.conversations.put(conversation, Line(parts.masker.mask(text), connection))
        return "queued"

    async def session_start(self, conversation: Conversation, connection: Connection, frame: Mapping[str, Any]) -> str:
        """Tell the state of the session, with everything said so far."""
        try:
            session = await self._parts.sessions.find(conversation.session.id)
            items = await self._parts.messages.items(conversation.session.id)
        except DatabaseUnavailable:
            connection.send(frames.unavailable())
            return "SERVICE_UNAVAILABLE"
        connection.send(frames.session_info(session or conversation.session, conversation.entry, items))
        return "told"

    async def session_complete(
        self, conversation: Conversation, connection: Connection, frame: Mapping[str, Any]
    ) -> str:
        """End the session early, after the lines sent before."""
        if conversation.over:
            connection.send(frames.session_over())
            return "SESSION_COMPLETED"
        if conversation.stalled:
            connection.send(frames.unavailable())
            return "SERVICE_UNAVAILABLE"
        self._parts.conversations.put(conversation, EarlyEnd(connection))
        return "queued"

    def _refuse(self, connection: Connection, answer: frames.Frame) -> str:
        connection.send(answer)
        self._parts.metrics.message("refused")
        return str(answer.get("code") or answer["error_code"])
