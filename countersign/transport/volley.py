"""Many requests in flight at the same moment, each over a connection of its own.

The connections are there before the first byte of a request leaves, and one thread looks after all of them: what is
measured is the system, not the scheduling of hundreds of threads. Arrival is stamped when an answer is whole.
"""

import selectors
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from json import dumps
from typing import Any
from urllib.parse import urlsplit

import h11
import httpx

from countersign.errors import ContractBroken, DeadlineExceeded, LineClosed, SystemFault
from countersign.evidence import Entry, Recorder, Redact, utc_now
from countersign.evidence.waiting import waiting
from countersign.transport.answer import Answer
from countersign.transport.deadline import Deadline
from countersign.transport.explain import unreachable
from countersign.transport.network import connect, left
from countersign.transport.pool import tls_context

CONNECTING_WITHIN = 30.0
_CHUNK = 65536
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


@dataclass(frozen=True)
class Shot:
    """One request of a volley."""

    method: str
    path: str
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


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


@waiting()
def volley(
    base_url: str,
    shots: Sequence[Shot],
    *,
    system: str,
    actor: str,
    recorder: Recorder,
    within: float,
    ca: str | None = None,
) -> list[Landed]:
    """Send all requests at once and give what became of each, in their order, at most `within` seconds later.

    Raises SystemUnreachable or DeadlineExceeded if not all connections come about within 30 s. What happens to a single
    request afterwards is told in its `fault`.
    """
    parts, what = urlsplit(base_url), f"{system}: {len(shots)} requests at once"
    flights = [_Flight(shot, parts.netloc, parts.path.rstrip("/"), f"{system}: {shot.method}", recorder.redactor.text)
               for shot in shots]  # fmt: skip
    opening = Deadline(CONNECTING_WITHIN, f"{what}: all connections open")
    address = recorder.redactor.text(base_url)
    try:
        for flight in flights:
            flight.connects(_connected(parts.scheme, parts.hostname or "", parts.port, ca, opening))
        recorder.note(Entry(utc_now(), actor, system, "http", "sent", f"{len(shots)} requests at once", ""))
        deadline = Deadline(within, what)
        for flight in flights:
            flight.departs()
        _await(flights, deadline)
        landed = [flight.landed(deadline) for flight in flights]
    except TimeoutError as error:
        raise opening.exceeded(f"{sum(flight.connected for flight in flights)} of {len(flights)}") from error
    except OSError as error:
        raise unreachable(error, address, what) from error
    finally:
        for flight in flights:
            flight.close()
    answered = sum(each.answer is not None for each in landed)
    summary = f"{answered} of {len(shots)} were answered"
    recorder.note(Entry(utc_now(), actor, system, "http", "received", summary, "", deadline.waited))
    return landed


def _connected(scheme: str, host: str, port: int | None, ca: str | None, deadline: Deadline) -> socket.socket:
    line = connect(host, port or (443 if scheme == "https" else 80), deadline)
    if scheme == "https":
        line.settimeout(left(deadline))
        line = tls_context(ca).wrap_socket(line, server_hostname=host)
    line.setblocking(False)
    return line


def _await(flights: Sequence["_Flight"], deadline: Deadline) -> None:
    with selectors.DefaultSelector() as selector:
        for flight in flights:
            if flight.line is not None and not flight.over:
                selector.register(flight.line, flight.interest, flight)
        while selector.get_map() and not deadline.expired:
            for key, _ in selector.select(deadline.remaining):
                flight = key.data
                flight.goes_on()
                if flight.over:
                    selector.unregister(key.fileobj)
                elif flight.interest != key.events:
                    selector.modify(key.fileobj, flight.interest, flight)


class _Flight:
    def __init__(self, shot: Shot, host: str, prefix: str, what: str, redact: Redact) -> None:
        self.line: socket.socket | None = None
        self.over = False
        self.what = redact(f"{what} {shot.path}")
        self._redact = redact
        self._protocol = h11.Connection(h11.CLIENT)
        self._unsent = memoryview(self._written(shot, host, prefix))
        self._head: h11.Response | None = None
        self._body = bytearray()
        self._sent = self._ended = 0.0
        self._sent_at = utc_now()
        self._fault: SystemFault | None = None
        self._closed = False

    @property
    def connected(self) -> bool:
        return self.line is not None

    @property
    def interest(self) -> int:
        return selectors.EVENT_READ | (selectors.EVENT_WRITE if self._unsent else 0)

    def connects(self, line: socket.socket) -> None:
        self.line = line

    def departs(self) -> None:
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
        if self.line is not None:
            self.line.close()

    def _written(self, shot: Shot, host: str, prefix: str) -> bytes:
        body = b"" if shot.json is None else dumps(shot.json).encode("ascii")
        headers = {
            "Host": host,
            "Accept-Encoding": "identity",
            "Connection": "close",
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
