"""What has arrived on a chat line and was not asked for yet."""

import threading
from collections import deque
from datetime import datetime

from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode

from countersign.errors import ContractBroken
from countersign.transport.deadline import Deadline
from countersign.transport.frame import Frame
from countersign.transport.narration import LineRecord

MAX_WAITING_FRAMES = 10_000
MAX_WAITING_BYTES = 32 * 1024 * 1024
"""More than this, received and not asked for by anybody, is a flood: the line is cut and says so."""


class Inbox:
    """Puts the system's messages together, stamps, records and keeps them until somebody receives them.

    Filled by the reading thread of a line, emptied by any other.
    """

    def __init__(self, what: str, record: LineRecord) -> None:
        self._last: Frame | None = None
        self._what = what
        self._record = record
        self._arrival = threading.Condition()
        self._waiting: deque[Frame] = deque()
        self._size = 0
        self._closed = threading.Event()
        self._fragments: list[bytes] = []
        self._text = False

    @property
    def closed(self) -> bool:
        """Say whether nothing more will come."""
        return self._closed.is_set()

    @property
    def last_seen(self) -> str:
        """Say what came last and when, redacted."""
        frame = self._last
        if frame is None:
            return "nothing"
        return self._record.redact(f"{frame.label} at {frame.at:%H:%M:%S.%f}"[:-3])

    def __len__(self) -> int:
        with self._arrival:
            return len(self._waiting)

    def take(self, wire: WireFrame, arrived: float, at: datetime) -> None:
        """Take a data frame as it came. Raises ContractBroken for a text that is no UTF-8 and for a flood."""
        if wire.opcode not in {Opcode.TEXT, Opcode.BINARY, Opcode.CONT}:
            return
        if wire.opcode is not Opcode.CONT:
            self._fragments, self._text = [], wire.opcode is Opcode.TEXT
        self._fragments.append(bytes(wire.data))
        if wire.fin:
            data, self._fragments = b"".join(self._fragments), []
            self._keep(self._decoded(data) if self._text else data, arrived, at)

    def get(self, deadline: Deadline) -> Frame | None:
        """Give the next frame; None when the line is over. Raises DeadlineExceeded."""
        with self._arrival:
            while not self._waiting:
                if self._closed.is_set():
                    return None
                if deadline.expired:
                    raise deadline.exceeded(self.last_seen)
                self._arrival.wait(deadline.remaining)
            frame = self._waiting.popleft()
            self._size -= frame.size
            return frame

    def wait_closed(self, deadline: Deadline) -> bool:
        """Wait until nothing more will come; False when the time is up before."""
        return self._closed.wait(deadline.remaining)

    def close(self) -> None:
        """Say that nothing more will come."""
        with self._arrival:
            self._closed.set()
            self._arrival.notify_all()

    def _keep(self, message: str | bytes, arrived: float, at: datetime) -> None:
        text, data = (message, None) if isinstance(message, str) else (None, message)
        frame = Frame(arrived, at, text, data, self._what, self._record.redact)
        self._record.message("received", message, at)
        with self._arrival:
            self._waiting.append(frame)
            self._size += frame.size
            self._last = frame
            self._arrival.notify_all()
            if len(self._waiting) > MAX_WAITING_FRAMES or self._size > MAX_WAITING_BYTES:
                raise ContractBroken(
                    f"{self._what}: flooded: {len(self._waiting)} frames ({self._size} bytes) that nobody asked for; "
                    f"the line was cut. Last seen: {self.last_seen}"
                )

    def _decoded(self, data: bytes) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ContractBroken(f"{self._what}: a text frame of {len(data)} bytes is not UTF-8") from error
