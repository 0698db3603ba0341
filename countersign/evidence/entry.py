"""One thing that happened between the suite and a system, as it is shown to people afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

Channel = Literal["http", "websocket", "browser", "fault", "note"]
Direction = Literal["sent", "received", "event"]


@dataclass(frozen=True)
class Speech:
    """What somebody said: the transcript shows it as a bubble.

    `speaker` is a name ("Ben"), `role` what they are in the conversation ("trainee", "customer", "system").
    `details` are shown below the bubble, for example `{"score": "93"}`.
    """

    speaker: str
    role: str
    text: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One exchange, frame, fault or note.

    `at` is the moment in UTC, `seconds` how long it took (None where that has no meaning), `actor` who acted on the
    suite's side, `summary` one line ("GET /api/health -> 200"), `body` what was carried, cut at 4 kB by the recorder.
    """

    at: datetime
    actor: str
    system: str
    channel: Channel
    direction: Direction
    summary: str
    body: str = ""
    seconds: float | None = None
    speech: Speech | None = None


def utc_now() -> datetime:
    """Give the present moment with its zone (UTC)."""
    return datetime.now(UTC)
