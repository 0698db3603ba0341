"""Sockets that know when the whole exchange has to be over.

An HTTP library counts its timeouts per operation: a peer that sends one byte now and then is never late. Here every
connect, read and write takes what is left of one deadline, so the exchange ends on time whatever the peer does.
"""

import select
import socket
import ssl
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

from countersign.transport.deadline import Deadline

_BEGINNING = 1024


def connect(host: str, port: int, deadline: Deadline) -> socket.socket:
    """Open a TCP connection, trying every address of the host. Raises OSError, TimeoutError when the time is up."""
    last: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        line = socket.socket(family, kind, protocol)
        try:
            line.settimeout(left(deadline))
            line.connect(address)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            line.close()
            last = error
            continue
        return line
    raise last or OSError(f"{host} has no address")


def left(deadline: Deadline) -> float:
    """Seconds for the next socket operation. Raises TimeoutError when there are none."""
    remaining = deadline.remaining
    if remaining <= 0.0:
        raise TimeoutError("the time is up")
    return remaining


@dataclass
class Progress:
    """How far an exchange has come: for the message when it goes no further."""

    deadline: Deadline
    connected: bool = False
    sent: int = 0
    received: int = 0
    beginning: bytes = b""
    trouble: OSError | None = None

    def take(self, data: bytes) -> None:
        """Count what arrived; the first bytes are kept."""
        self.received += len(data)
        if len(self.beginning) < _BEGINNING:
            self.beginning += data[: _BEGINNING - len(self.beginning)]

    def last_seen(self) -> str:
        """Say how far it came, in words."""
        if not self.connected:
            return "no connection yet"
        if not self.sent:
            return "connected, but nothing could be sent"
        if not self.received:
            return f"connected, {self.sent} bytes sent, not one byte of an answer"
        return f"{self.received} bytes of an answer that did not end, beginning {readable(self.beginning)!r}"


def readable(data: bytes, length: int = 200) -> str:
    """Give the beginning of some bytes as text for a message."""
    return data[: length * 4].decode("utf-8", errors="replace")[:length]


class DeadlineBackend(httpcore.NetworkBackend):
    """Network of an HTTP client. The deadline in force is the calling thread's."""

    def __init__(self) -> None:
        self._present = threading.local()

    def begin(self, deadline: Deadline) -> "Progress":
        """Put every operation of the calling thread under this deadline, until the next call."""
        self._present.progress = Progress(deadline)
        return self.progress

    @property
    def progress(self) -> "Progress":
        """The exchange the calling thread is in."""
        progress: Progress = self._present.progress
        return progress

    @property
    def deadline(self) -> Deadline:
        """The deadline in force in the calling thread."""
        return self.progress.deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect within the deadline (the other arguments belong to the interface and are not used)."""
        try:
            line = connect(host, port, self.deadline)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            self.progress.trouble = error
            raise httpcore.ConnectError(str(error)) from error
        self.progress.connected = True
        return _DeadlineStream(line, self)


class _DeadlineStream(httpcore.NetworkStream):
    def __init__(self, line: socket.socket, network: DeadlineBackend) -> None:
        self._line = line
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._line.settimeout(left(self._network.deadline))
            data = self._line.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self._network.progress.take(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        rest = memoryview(buffer)
        progress = self._network.progress
        progress.connected = True
        try:
            while rest:
                self._line.settimeout(left(progress.deadline))
                taken = self._line.send(rest)
                progress.sent += taken
                rest = rest[taken:]
        except TimeoutError as error:
            raise httpcore.WriteTimeout(str(error)) from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            self._line.settimeout(left(self._network.deadline))
            line = ssl_context.wrap_socket(self._line, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise httpcore.ConnectTimeout(str(error)) from error
        except OSError as error:
            self.close()
            self._network.progress.trouble = error
            raise httpcore.ConnectError(str(error)) from error
        return _DeadlineStream(line, self._network)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return _readable(self._line)
        if info == "socket":
            return self._line
        if info == "ssl_object":
            return self._line if isinstance(self._line, ssl.SSLSocket) else None
        return None


def _readable(line: socket.socket) -> bool:
    # An idle connection that can be read has been closed by the other side (or talks out of turn): not to be reused.
    if line.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(line.fileno(), select.POLLIN)
    return bool(poll.poll(0))
