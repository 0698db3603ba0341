"""A chat line to a live system.

The protocol is the websockets library's; the socket is ours, because opening, sending and closing have to end on
time also when the peer is silent, drips or no longer reads. One thread per line reads, stamps and records what
arrives, whether or not anybody is waiting for it.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from websockets.client import ClientProtocol
from websockets.frames import Frame as WireFrame
from websockets.protocol import State

from countersign.errors import ContractBroken, CountersignError, LineClosed, SuiteError, SystemFault
from countersign.evidence import Recorder, utc_now
from countersign.evidence.waiting import waiting as waited
from countersign.transport.deadline import Deadline
from countersign.transport.duplex import Duplex
from countersign.transport.frame import Frame
from countersign.transport.handshake import shake_hands, socket_url
from countersign.transport.inbox import Inbox
from countersign.transport.narration import LineRecord, Narrator

MAX_FRAME_BYTES = 4 * 1024 * 1024
_ABNORMAL = 1006
_LAST_WORD_SECONDS = 1.0


class WebSocketLine:
    """An open line. Open it with `WebSocketLine.open`; close it with `close` (or `with`).

    Any thread may send and one at a time receive. After the system closed the line, what had arrived before can
    still be received; then `receive` and `send` raise LineClosed with the close code (1006: no close frame came).

    Examples::

        with WebSocketLine.open(url, system="chattrain", actor="Ben", recorder=recorder, within=3) as line:
            sent = line.send_json({"type": "user_message", "content": "Hello"})
            answer = line.receive(within=3)
            answer.json["type"], answer.arrived - sent
    """

    def __init__(self, duplex: Duplex, protocol: ClientProtocol, *, what: str, record: LineRecord) -> None:
        self.what = what
        self.opened_in = 0.0
        self._duplex = duplex
        self._protocol = protocol
        self._record = record
        self._inbox = Inbox(what, record)
        self._fault: CountersignError | None = None
        self._leaving = False
        self._reader: threading.Thread | None = None

    @classmethod
    def open(
        cls,
        url: str,
        *,
        system: str,
        actor: str,
        recorder: Recorder,
        within: float | Deadline = 10.0,
        headers: Mapping[str, str] | None = None,
        origin: str | None = None,
        narrator: Narrator | None = None,
        ca: str | None = None,
        max_frame: int = MAX_FRAME_BYTES,
        via: tuple[str, int] | None = None,
    ) -> "WebSocketLine":
        """Open a line (ws, wss; http and https are taken as such), directly or over a network at `via` (host, port).

        No compression, no pings of our own. Raises SystemUnreachable (nobody there, TLS fails), HandshakeRefused
        (another status than 101), DeadlineExceeded, LineClosed, ContractBroken (something else than HTTP).
        """
        url = socket_url(url, system)
        path = "/" + url.split("://", 1)[1].partition("/")[2]
        what = recorder.redactor.text(f"{system}: chat line {path}")
        record = LineRecord(recorder, actor, system, narrator)
        deadline, began = Deadline.of(within, what), time.monotonic()
        record.note("sent", f"open {path}")
        try:
            line, protocol, frames = waited()(shake_hands)(
                url,
                what=what,
                deadline=deadline,
                headers=headers or {},
                origin=origin,
                max_frame=max_frame,
                ca=ca,
                redact=recorder.redactor.text,
                via=via,
            )
        except SystemFault as fault:
            record.note("event", f"not opened: {fault}", seconds=time.monotonic() - began)
            raise
        now, at = time.monotonic(), utc_now()
        opened = cls(Duplex(line), protocol, what=what, record=record)
        opened.opened_in = now - began
        record.note("received", f"opened {path}", seconds=opened.opened_in)
        opened._begin(frames, now, at)
        return opened

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def closed(self) -> bool:
        """Say whether the line is over, from whichever side."""
        return self._inbox.closed

    @property
    def close_code(self) -> int | None:
        """The code the line was closed with; None while it is open, 1006 when no close frame came."""
        return self._close_code() if self.closed else None

    @property
    def close_reason(self) -> str:
        """The words of the close frame, redacted; empty if there were none."""
        return self._record.redact(self._said()) if self.closed else ""

    @property
    def waiting(self) -> int:
        """How many frames have arrived and were not received yet."""
        return len(self._inbox)

    def send_json(self, value: Any, *, within: float | Deadline = 5.0) -> float:
        """Send a JSON text frame (escaped: half a surrogate pair can be sent). Otherwise as `send_text`."""
        return self.send_text(json.dumps(value), within=within)

    def send_text(self, text: str | bytes, *, within: float | Deadline = 5.0) -> float:
        """Send a text frame (bytes go out as they are, also when they are no UTF-8).

        Gives the monotonic time just before it was sent. Raises LineClosed, and DeadlineExceeded when the system does
        not take it in time.
        """
        message = text if isinstance(text, str) else text.decode("utf-8", errors="replace")
        data = text.encode("utf-8") if isinstance(text, str) else text
        return self._send(message, lambda: self._protocol.send_text(data), within)

    def send_bytes(self, data: bytes, *, within: float | Deadline = 5.0) -> float:
        """Send a binary frame. Gives the monotonic time just before it was sent. Raises as `send_text`."""
        return self._send(data, lambda: self._protocol.send_binary(data), within)

    @waited()
    def receive(self, within: float | Deadline = 5.0) -> Frame:
        """Give the next frame, waiting at most `within` seconds.

        Raises DeadlineExceeded (names the last frame seen), LineClosed (with the code), ContractBroken (a broken
        frame, a flood).
        """
        deadline = Deadline.of(within, f"{self.what}: the next frame")
        frame = self._inbox.get(deadline)
        if frame is None:
            raise self._ended()
        return frame

    @waited()
    def wait_closed(self, within: float | Deadline = 5.0) -> int:
        """Wait until the system closes the line and give the close code. Frames that arrived stay receivable.

        Raises DeadlineExceeded when the line is still open then.
        """
        deadline = Deadline.of(within, f"{self.what}: to be closed")
        if not self._inbox.wait_closed(deadline):
            raise deadline.exceeded(self._inbox.last_seen)
        return self._close_code()

    @waited()
    def close(self, code: int = 1000, *, within: float = 2.0) -> None:
        """Close the line in order. A system that does not answer the close frame is left after `within` seconds."""
        if self.closed:
            return
        deadline = Deadline(within, f"{self.what}: to answer the close frame")
        try:
            with self._duplex.lock:
                if self._protocol.state is State.OPEN:
                    self._protocol.send_close(code)
                    self._queue()
            self._duplex.flush(deadline)
            answered = self._inbox.wait_closed(deadline)
        except OSError:
            # Gone already, or it no longer reads: what is left is to let go.
            answered = self.closed
        if not answered:
            self._record.note("event", f"left: the close frame was not answered within {within:g} s")
        self._leave()

    def cut(self) -> None:
        """Drop the connection with a TCP reset and without a close frame, as a dying network does."""
        if not self.closed:
            self._record.note("event", "cut by us")
        self._leave()

    def _begin(self, frames: list[WireFrame], now: float, at: datetime) -> None:
        # A daemon, so that a line nobody closed cannot keep the process from ending.
        self._reader = threading.Thread(target=self._read, args=(frames, now, at), name=self.what, daemon=True)
        self._reader.start()

    def _send(self, message: str | bytes, put: Callable[[], None], within: float | Deadline) -> float:
        deadline = Deadline.of(within, f"{self.what}: to take a frame of {len(message)}")
        at, now = utc_now(), time.monotonic()
        with self._duplex.lock:
            if self.closed or self._protocol.state is not State.OPEN:
                raise self._ended()
            put()
            self._queue()
        self._record.message("sent", message, at)
        try:
            self._duplex.flush(deadline)
        except TimeoutError as error:
            raise deadline.exceeded("the system takes no more bytes") from error
        except OSError as error:
            raise self._ended() from error
        return now

    def _queue(self) -> None:
        for data in self._protocol.data_to_send():
            self._duplex.queue(data)

    def _read(self, frames: list[WireFrame], now: float, at: datetime) -> None:
        try:
            # What came in one breath with the opening is treated like what comes later.
            over = self._digest(frames, now, at)
            while not over and not self._leaving:
                data = self._duplex.read()
                if data is None:
                    break
                now, at = time.monotonic(), utc_now()
                with self._duplex.lock:
                    if data:
                        self._protocol.receive_data(data)
                    else:
                        self._protocol.receive_eof()
                    events = self._protocol.events_received()
                over = self._digest([event for event in events if isinstance(event, WireFrame)], now, at) or not data
        except CountersignError as fault:
            self._fault = self._fault or fault
        except OSError as error:
            self._record.note("event", f"connection lost: {error.strerror or error}")
        except Exception as error:  # noqa: BLE001 - the thread must not die unseen: whoever receives gets it
            self._fault = SuiteError(f"{self.what}: reading failed in the suite: {error!r}")
        finally:
            self._duplex.close(reset=self._leaving or self._fault is not None)
            self._finish()

    def _digest(self, frames: list[WireFrame], now: float, at: datetime) -> bool:
        """Take what arrived; true when the line is over with it."""
        for frame in frames:
            self._inbox.take(frame, now, at)
        broken = self._protocol.parser_exc
        if broken is not None and not isinstance(broken, EOFError):
            raise ContractBroken(f"{self.what}: a frame breaks the protocol: {self._record.redact(str(broken))}")
        with self._duplex.lock:
            self._queue()
        if self._protocol.close_rcvd is None:
            return False
        # Not every server ends the connection after its close frame.
        self._duplex.flush(Deadline(_LAST_WORD_SECONDS, f"{self.what}: to take the answer to its close frame"))
        return True

    def _finish(self) -> None:
        code = self._close_code()
        reason = self._said()
        self._record.note("event", f"closed with {code}" + (f" ({reason})" if reason else ""))
        self._inbox.close()

    def _close_code(self) -> int:
        received, sent = self._protocol.close_rcvd, self._protocol.close_sent
        if received is not None:
            return int(received.code)
        return int(sent.code) if sent is not None and self._leaving else _ABNORMAL

    def _said(self) -> str:
        return self._protocol.close_rcvd.reason if self._protocol.close_rcvd is not None else ""

    def _ended(self) -> CountersignError:
        if self._fault is not None:
            return type(self._fault)(*self._fault.args)
        code = self._close_code()
        reason = self._record.redact(self._said())
        said = f" ({reason})" if reason else ""
        seen = self._inbox.last_seen
        return LineClosed(f"{self.what}: the line was closed with {code}{said}; last seen: {seen}", code)

    def _leave(self) -> None:
        self._leaving = True
        self._duplex.wake()
        if self._reader is not None and self._reader is not threading.current_thread():
            self._reader.join(5.0)
