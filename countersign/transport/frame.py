"""One message of a chat line."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from countersign.errors import ContractBroken
from countersign.evidence import Redact
from countersign.transport.answer import strict_json
from countersign.transport.network import readable


@dataclass(frozen=True)
class Frame:
    """A message as it arrived, `text` or `data` (the other is None).

    `arrived` is on the monotonic clock (`time.monotonic()`), `at` the same moment in UTC; both are taken when the
    bytes came in, not when somebody looked. `what` names the line for messages.
    """

    arrived: float
    at: datetime
    text: str | None
    data: bytes | None = None
    what: str = ""
    redact: Redact = field(default=str, repr=False, compare=False)

    @cached_property
    def json(self) -> Any:
        """The message as JSON. Raises ContractBroken, with the beginning of what came instead."""
        if self.text is None:
            raise ContractBroken(
                f"{self.what}: expected JSON in a text frame, got {len(self.data or b'')} binary bytes"
            )
        try:
            return strict_json(self.text)
        except ValueError as error:
            beginning = self.redact(self.text[:1000])[:200]
            raise ContractBroken(f"{self.what}: expected JSON, got {beginning!r} ({error})") from error

    @property
    def size(self) -> int:
        """Length in characters of a text, in bytes of data."""
        return len(self.text if self.text is not None else self.data or b"")

    @property
    def label(self) -> str:
        """Say in a few words what it is: its `type` if it is a JSON object with one."""
        return label(self.text if self.text is not None else self.data or b"")


def label(message: str | bytes) -> str:
    """Say in a few words what a message is: its `type` if it is a JSON object with one."""
    if isinstance(message, bytes):
        return f"binary frame of {len(message)} bytes"
    kind = message_json(message)
    if isinstance(kind, dict) and isinstance(kind.get("type"), str):
        return str(kind["type"])
    return f"text frame of {len(message)} characters"


def message_json(message: str | bytes) -> Any:
    """Give what a message holds: the JSON value, or the message itself where it is none."""
    if isinstance(message, bytes):
        return message
    try:
        return strict_json(message)
    except ValueError:
        return message


def as_text(message: str | bytes) -> str:
    """Give a message for the record."""
    return message if isinstance(message, str) else f"<{len(message)} bytes: {readable(message, 80)!r}>"
