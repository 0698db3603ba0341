"""The conversation of one session while somebody is in it or an answer is in work."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field, replace

from reference.chattrain.catalogue import Entry
from reference.chattrain.chat.connection import Connection
from reference.chattrain.chat.frames import Frame
from reference.chattrain.messages import StoredLine
from reference.chattrain.sessions import Ending, Session


@dataclass(frozen=True)
class Line:
    """A trainee line (masked) that passed the checks and waits for its turn; not kept and not confirmed yet."""

    text: str
    connection: Connection
    arrived_at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Recovered:
    """A line that was kept before the server was stopped and still waits for its answer."""

    line: StoredLine


@dataclass(frozen=True)
class EarlyEnd:
    """The end of the session before its conditions are met, after the lines sent before.

    `connection` is whose wish it was; None when the session was idle for too long.
    """

    connection: Connection | None


Job = Line | Recovered | EarlyEnd


class Conversation:
    """State of one session in memory: who is connected, what waits for its turn, what could not be delivered."""

    def __init__(self, session: Session, entry: Entry) -> None:
        """Begin with nobody connected and nothing to do."""
        self.session = session
        self.entry = entry
        self.connection: Connection | None = None
        self.undelivered: list[Frame] = []
        self.waiting: deque[Job] = deque()
        self.stalled = False
        self.worker: asyncio.Task[None] | None = None
        self.last_frame_at = time.monotonic()

    @property
    def over(self) -> bool:
        """Say whether the session has ended."""
        return self.session.status != "active"

    @property
    def at_rest(self) -> bool:
        """Say whether nobody is connected and nothing is in work."""
        return self.connection is None and not self.waiting and (self.worker is None or self.worker.done())

    def deliver(self, frame: Frame) -> None:
        """Send a frame to whoever is connected now, or keep it for who comes next."""
        if self.connection is None:
            self.undelivered.append(frame)
        else:
            self.connection.send(frame)

    def attach(self, connection: Connection) -> Connection | None:
        """Make `connection` the one of this conversation. Gives the one it takes over from, if any."""
        older, self.connection = self.connection, connection
        for frame in self.undelivered:
            connection.send(frame)
        self.undelivered.clear()
        return older

    def detach(self, connection: Connection) -> None:
        """Forget `connection`, unless another took over already."""
        if self.connection is connection:
            self.connection = None

    def drop_unconfirmed(self, connection: Connection) -> list[Line]:
        """Take back the lines of `connection` that were not confirmed: their trainee may send them again."""
        dropped = [job for job in self.waiting if isinstance(job, Line) and job.connection is connection]
        self.waiting = deque(job for job in self.waiting if job not in dropped)
        return dropped

    def ended(self, ending: Ending) -> None:
        """Take note of the session's end."""
        self.session = replace(self.session, status=ending.status, completed_at=ending.at, summary=dict(ending.summary))
