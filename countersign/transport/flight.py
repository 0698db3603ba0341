"""One request on its way over a connection of its own, without a thread: it goes on whenever it can.

Arrival is stamped when an answer is whole.
"""

import selectors
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from json import dumps
from typing import Any

import h11
import httpx

from countersign.errors import ContractBroken, DeadlineExceeded, LineClosed, SystemFault
from countersign.evidence import Redact, utc_now
from countersign.transport.answer import Answer
from countersign.transport.deadline import Deadline
from countersign.transport.http import BODY_LIMIT
from countersign.transport.network import connect, left
from countersign.transport.pool import tls_context

_CHUNK = 65536
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


@dataclass(frozen=True)
class Shot:
    """One request. `connection` is "close", or "keep-alive" where another one is to follow over the connection."""

    method: str
    path: str
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    connection: str = "close"


@dataclass(frozen=True)
class Landed:
    """What became of one request. `sent` and `ended` are monotonic; `answer` is None where there is a `fault`."""

    sent: float
    ended: float
    answer: Answer | None
    fault: SystemFault | None = None

    @property
    def seconds(self) -> float:
        """How long it took to its answer, or to its fault."""
        return self.ended - self.sent


def connected_line(scheme: str, host: str, port: int | None, ca: str | None, deadline: Deadline) -> socket.socket:
    """Open a connection that never blocks. Raises OSError, TimeoutError when the time is up."""
    line = connect(host, port or (443 if scheme == "https" else 80), deadline)
    if scheme == "https":
        line.settimeout(left(deadline))
        line = tls_context(ca).wrap_socket(line, server_hostname=host)
    line.setblocking(False)
    return line


class Flight:
    """A request and what has come of it so far. `over` says that nothing more will come."""

    def __init__(
        self, shot: Shot, host: str, prefix: str, what: str, redact: Redact, *, after: "Flight | None" = None
    ) -> None:
        """Prepare the request. It goes over a connection that it has for itself, or over that of another one `after`
        which was `reusable`."""
        self.line: socket.socket | None = after.line if after is not None else None
        self.over = False
        self.what = redact(f"{what} {shot.path}")
        self._redact = redact
        self._protocol = after.onward() if after is not None else h11.Connection(h11.CLIENT)
        self._unsent = memoryview(self._written(shot, host, prefix))
        self._head: h11.Response | None = None
        self._body = bytearray()
        self._received = 0
        self._sent = self._ended = 0.0
        self._sent_at = utc_now()
        self._fault: SystemFault | None = None
        self._closed = False

    @property
    def connected(self) -> bool:
        """Say whether there is a connection."""
        return self.line is not None

    @property
    def reusable(self) -> bool:
        """Say whether another request may follow over the connection."""
        return self.over and self._protocol.our_state is h11.DONE and self._protocol.their_state is h11.DONE

    def onward(self) -> h11.Connection:
        """Give the state of the connection for the next request."""
        self._protocol.start_next_cycle()
        return self._protocol

    @property
    def interest(self) -> int:
        """Give what a selector has to wait for."""
        return selectors.EVENT_READ | (selectors.EVENT_WRITE if self._unsent else 0)

    def connects(self, line: socket.socket) -> None:
        """Take this connection."""
        self.line = line

    def departs(self) -> None:
        """Begin."""
        self._sent, self._sent_at = time.monotonic(), utc_now()
        self.goes_on()

    def goes_on(self) -> None:
        """Write what is left to write and read what has come, without waiting for either."""
        assert self.line is not None
        try:
            if self._unsent:
                self._unsent = self._unsent[self.line.send(self._unsent) :]
            while not self.over:
                self._reads(self.line.recv(_CHUNK))
        except _WOULD_BLOCK:
            return
        except OSError as error:
            self._ends(LineClosed(f"{self.what}: the connection was lost ({error.strerror or error})"))
        except h11.RemoteProtocolError as error:
            self._ends(self._broken(error))

    def landed(self, deadline: Deadline) -> Landed:
        """Give what has become of it; what is still on its way is late."""
        if not self.over:
            seen = "no byte of an answer" if self._head is None else "an answer that did not end"
            fault = DeadlineExceeded(
                f"{self.what}: expected within {deadline.seconds:g} s, waited {deadline.waited:.2f} s; "
                f"last seen: {seen}"
            )
            return Landed(self._sent, time.monotonic(), None, fault)
        if self._fault is not None or self._head is None:
            return Landed(self._sent, self._ended, None, self._fault)
        headers = httpx.Headers([(bytes(name), bytes(value)) for name, value in self._head.headers])
        seconds = self._ended - self._sent
        told = self._head.status_code, headers, bytes(self._body), seconds, self._sent_at, self.what, self._redact
        return Landed(self._sent, self._ended, Answer(*told))

    def close(self) -> None:
        """Close the connection."""
        if self.line is not None:
            self.line.close()

    def _written(self, shot: Shot, host: str, prefix: str) -> bytes:
        body = b"" if shot.json is None else dumps(shot.json).encode("ascii")
        headers = {
            "Host": host,
            "Accept-Encoding": "identity",
            "Connection": shot.connection,
            **({"Content-Type": "application/json", "Content-Length": str(len(body))} if body else {}),
            **shot.headers,
        }
        request = h11.Request(method=shot.method, target=prefix + shot.path, headers=list(headers.items()))
        parts = [self._protocol.send(request)]
        parts += [self._protocol.send(h11.Data(data=body))] if body else []
        parts.append(self._protocol.send(h11.EndOfMessage()))
        return b"".join(part for part in parts if part)

    def _reads(self, data: bytes) -> None:
        self._closed = not data
        self._received += len(data)
        if self._received > BODY_LIMIT:
            # Counted with its headers: whoever sends without an end, whatever it is, would be read for ever.
            self._ends(ContractBroken(f"{self.what}: the answer is longer than {BODY_LIMIT} bytes; it was not read on"))
            return
        self._protocol.receive_data(data)
        while not self.over:
            event = self._protocol.next_event()
            if isinstance(event, h11.Response):
                self._head = event
            elif isinstance(event, h11.Data):
                self._body += event.data
            elif isinstance(event, h11.EndOfMessage):
                self._ends(None)
            elif event is h11.NEED_DATA:
                return
            elif isinstance(event, h11.ConnectionClosed):
                self._ends(self._broken(EOFError()))

    def _broken(self, error: Exception) -> SystemFault:
        if self._closed:
            where = "before one byte of an answer came" if self._head is None else "in the middle of an answer"
            return LineClosed(f"{self.what}: the connection was closed {where}")
        return ContractBroken(f"{self.what}: the answer breaks HTTP ({self._redact(str(error))})")

    def _ends(self, fault: SystemFault | None) -> None:
        self.over, self._ended, self._fault = True, time.monotonic(), fault
