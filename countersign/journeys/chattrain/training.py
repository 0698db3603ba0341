"""One training: a session of one trainee, its conversation so far, and its end."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.evidence import Recorder
from countersign.systems.chattrain.chat import EXCHANGE_WITHIN, JOIN_WITHIN, Chat, socket_url
from countersign.systems.chattrain.model import Exchange, Frame, Scenario, Session, Summary, read_summary
from countersign.target.live import LiveSystem

END_WITHIN = 3.0
"""The summary follows the last feedback within 3 s (contract, 6.5; criterion CT-JOURNEY-02)."""


@dataclass
class Training:
    """A session and everything seen of it. `greetings` holds one `session_start` for each time it was joined,
    `started` is monotonic seconds."""

    system: LiveSystem
    actor: str
    recorder: Recorder
    scenario: Scenario
    session: Session
    chat: Chat
    greetings: list[Frame] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    ending: Frame | None = None
    started: float = field(default_factory=time.monotonic)

    def say(self, line: Any, within: float = EXCHANGE_WITHIN) -> Exchange:
        """Say one line, wait for what it brings, and remember it."""
        exchange = self.chat.exchange(line, within)
        self.exchanges.append(exchange)
        return exchange

    def say_all(self, lines: Sequence[Any], within: float = EXCHANGE_WITHIN) -> list[Exchange]:
        """Say lines one after the other, each after the feedback of the one before."""
        return [self.say(line, within) for line in lines]

    def say_at_once(self, lines: Sequence[Any], within: float = 30.0) -> list[Exchange]:
        """Send lines without waiting in between; give what came for each."""
        exchanges = self.chat.burst(lines, within)
        self.exchanges.extend(exchanges)
        return exchanges

    def awaits_end(self, within: float = END_WITHIN) -> Frame | None:
        """Wait for the session's end and give its frame, or None if the time passes without it."""
        self.ending = self._announced() or self.ending
        if self.ending is not None:
            return self.ending
        try:
            self.ending = self.chat.wait_for("session_complete", within)
        except DeadlineExceeded:
            return None
        return self.ending

    def has_ended(self) -> bool:
        """Tell whether the end was announced by now, using a question to the server as the marker (no waiting)."""
        self.chat.info()
        self.ending = self._announced() or self.ending
        return self.ending is not None

    def _announced(self) -> Frame | None:
        return next((frame for frame in self.chat.frames if frame.type == "session_complete"), None)

    def status(self) -> str:
        """Ask the server for the state of the session."""
        session = self.chat.info().get("session")
        return str(session.get("status")) if isinstance(session, Mapping) else "unknown"

    @property
    def summary(self) -> Summary:
        """The summary that came with the end. Raises DeadlineExceeded if the session has not ended."""
        if self.ending is None:
            raise DeadlineExceeded("chattrain: the session has not ended, so there is no summary")
        return read_summary(self.ending.data)

    @property
    def scores(self) -> list[int]:
        """The scores of the accepted lines, in their order."""
        return [exchange.feedback.score for exchange in self.exchanges if exchange.accepted]

    def rejoin(self, within: float = JOIN_WITHIN, via: tuple[str, int] | None = None) -> Frame:
        """Join the same session on a new connection (by way of the network at `via`, if given); give the greeting."""
        self.chat = Chat.join(
            self.system,
            socket_url(self.system, self.session),
            actor=self.actor,
            recorder=self.recorder,
            within=within,
            via=via,
        )
        greeting = self.chat.wait_for("session_start", within)
        self.greetings.append(greeting)
        return greeting

    def leave(self) -> None:
        """Close the connection."""
        self.chat.close()
