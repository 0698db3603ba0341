"""What happens on a chat line, as it is recorded and told."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from countersign.evidence import Direction, Entry, Recorder, Speech, utc_now
from countersign.transport.frame import as_text, label, message_json

Narrator = Callable[[Direction, Any], Speech | None]
"""Tells the transcript who said what: gets "sent" or "received" and the message (JSON value, else text or bytes)."""


class LineRecord:
    """Notes what happens on one line."""

    def __init__(self, recorder: Recorder, actor: str, system: str, narrator: Narrator | None) -> None:
        self._recorder = recorder
        self._actor = actor
        self._system = system
        self._narrator = narrator

    def redact(self, text: str) -> str:
        """Take secrets out of a text."""
        return self._recorder.redactor.text(text)

    def note(self, direction: Direction, summary: str, *, seconds: float | None = None) -> None:
        """Note an event of the line itself."""
        if self._recorder.keeps:
            self._recorder.note(
                Entry(utc_now(), self._actor, self._system, "websocket", direction, summary, "", seconds)
            )

    def message(self, direction: Direction, message: str | bytes, at: datetime) -> None:
        """Note a message, and what the narrator makes of it."""
        if not self._recorder.keeps:
            return
        speech = self._narrator(direction, message_json(message)) if self._narrator is not None else None
        entry = Entry(
            at, self._actor, self._system, "websocket", direction, label(message), as_text(message), None, speech
        )
        self._recorder.note(entry)
