"""A chat socket as its driver reads it: one typed frame after the other, each wait with an end."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Generic, Protocol, TypeVar

from countersign.errors import DeadlineExceeded, LineClosed
from countersign.evidence.waiting import waiting
from countersign.transport.deadline import Deadline
from countersign.transport.frame import Frame as WireFrame
from countersign.transport.websocket import WebSocketLine


class TypedFrame(Protocol):
    """What a driver makes of a frame: at least its type, and the moment (monotonic seconds) it arrived."""

    @property
    def type(self) -> str:
        """The frame's type, in the system's words."""

    @property
    def arrived(self) -> float:
        """When it came in."""


F = TypeVar("F", bound=TypedFrame)


class FrameLine(Generic[F]):
    """One open socket. `frames` keeps everything that was received, in its order."""

    def __init__(self, line: WebSocketLine, system: str) -> None:
        self.line = line
        self.system = system
        self.frames: list[F] = []

    def read(self, received: WireFrame) -> F:
        """Make a frame of what came. Raises ContractBroken for what is no frame of this system."""
        raise NotImplementedError

    def next_frame(self, within: float | Deadline) -> F:
        """Give the next frame. Raises DeadlineExceeded, LineClosed, or ContractBroken for what is no frame."""
        frame = self.read(self.line.receive(within))
        self.frames.append(frame)
        return frame

    def wait_for(self, kind: str | tuple[str, ...], within: float) -> F:
        """Give the next frame of a kind, passing over others. Raises DeadlineExceeded naming the last one seen."""
        kinds = (kind,) if isinstance(kind, str) else kind
        deadline = Deadline(within, f"{self.system}: {' or '.join(kinds)}")
        last = "nothing"
        while True:
            try:
                frame = self.next_frame(deadline)
            except DeadlineExceeded:
                raise deadline.exceeded(last) from None
            if frame.type in kinds:
                return frame
            last = frame.type

    def gather(self, enough: Callable[[], bool], within: float | Deadline) -> bool:
        """Receive until there is enough; false if the time was over or the line ended before (`frames` has it all)."""
        deadline = Deadline.of(within, f"{self.system}: enough frames")
        with suppress(DeadlineExceeded, LineClosed):
            while not enough():
                self.next_frame(deadline)
        return enough()

    def silence(self, seconds: float) -> list[F]:
        """Say nothing for so long, on purpose; give what came meanwhile. Raises LineClosed the moment the line ends."""
        deadline, came = Deadline(seconds, f"{self.system}: a silence"), []
        with suppress(DeadlineExceeded), waiting("pause"):
            while True:
                came.append(self.next_frame(deadline))
        return came

    def send(self, frame: Any) -> float:
        """Send any JSON value and give the moment it was sent (monotonic)."""
        sent = time.monotonic()
        self.line.send_json(frame)
        return sent

    def close(self) -> None:
        """Close the connection properly."""
        self.line.close()

    def cut(self) -> None:
        """Drop the connection as a broken network does, without a close frame."""
        self.line.cut()
