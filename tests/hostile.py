"""Small servers that behave badly on purpose: what a suite meets when a system is broken."""

import base64
import hashlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Behaviour = Callable[[socket.socket, threading.Event], None]


class HostileServer:
    """Runs one behaviour for every connection, on a free loopback port. `connections` counts who came."""

    def __init__(self, behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> None:
        self._behaviour = behaviour
        self._tls = tls
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self.connections = 0
        self.port: int = self._listener.getsockname()[1]
        self._acceptor = threading.Thread(target=self._accept)
        self._acceptor.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            if self._stop.is_set():
                line.close()
                return
            self.connections += 1
            self._sockets.append(line)
            thread = threading.Thread(target=self._serve, args=(line,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket) -> None:
        try:
            served = self._tls.wrap_socket(line, server_side=True) if self._tls else line
            self._behaviour(served, self._stop)
            served.close()
        except OSError:
            # The client left, or the test is over: both end a hostile conversation.
            line.close()

    def wait_served(self) -> None:
        """Wait until every connection so far has been served to its end."""
        for thread in list(self._threads):
            thread.join(5)
            assert not thread.is_alive(), "a hostile server still serves"

    def close(self) -> None:
        """Stop everything and wait until it has stopped."""
        self._stop.set()
        with socket.create_connection(("127.0.0.1", self.port)):
            self._acceptor.join(5)
        self._listener.close()
        for line in self._sockets:
            with suppress_gone():
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive(), "a hostile server did not stop"


@contextmanager
def suppress_gone() -> Iterator[None]:
    try:
        yield
    except OSError:
        return


@contextmanager
def hostile(behaviour: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[HostileServer]:
    server = HostileServer(behaviour, tls)
    try:
        yield server
    finally:
        server.close()


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


# ---------------------------------------------------------------- behaviours: anything over TCP


def silent(line: socket.socket, stop: threading.Event) -> None:
    """Takes what is sent and never says anything."""
    line.recv(65536)
    stop.wait(30)


def not_reading(line: socket.socket, stop: threading.Event) -> None:
    """Neither reads nor writes."""
    stop.wait(30)


def close_at_once(line: socket.socket, stop: threading.Event) -> None:
    """Closes after the request, before any answer."""
    line.recv(65536)


def reset_at_once(line: socket.socket, stop: threading.Event) -> None:
    """Resets the connection after the request."""
    line.recv(65536)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def answering(data: bytes, *, then_close: bool = True) -> Behaviour:
    """Answers every request with these bytes."""

    def behave(line: socket.socket, stop: threading.Event) -> None:
        while line.recv(65536):
            line.sendall(data)
            if then_close:
                return
        stop.wait(30 if not then_close else 0)

    return behave


def http(status: str, body: bytes, *headers: str) -> bytes:
    """A whole HTTP answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def dripping(data: bytes, drip: bytes = b"x", every: float = 0.05) -> Behaviour:
    """Sends the beginning of an answer and then one piece now and then, for ever."""

    def behave(line: socket.socket, stop: threading.Event) -> None:
        line.recv(65536)
        line.sendall(data)
        while not stop.wait(every):
            line.sendall(drip)

    return behave


drip_header = dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ")
drip_body = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
drip_nothing_whole = dripping(b"")
garbage = answering(b"SSH-2.0-OpenSSH_9.2\r\n\x00\xff\xfe nonsense\r\n\r\n")
web_page = answering(
    http(
        "200 OK",
        b"<!doctype html><html><body>Welcome, key sk-abcdef1234567890</body></html>",
        "Content-Type: text/html",
    )
)


def endless(line: socket.socket, stop: threading.Event) -> None:
    """Sends an answer that never ends, as fast as it can."""
    line.recv(65536)
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not stop.is_set():
        line.sendall(b"y" * 65536)


# ---------------------------------------------------------------- behaviours: chat lines


def accept_upgrade(line: socket.socket) -> None:
    """Do the server's part of a WebSocket opening."""
    request = b""
    while b"\r\n\r\n" not in request:
        data = line.recv(65536)
        if not data:
            raise OSError("the client left")
        request += data
    key = request.lower().split(b"sec-websocket-key:")[1].split(b"\r\n")[0]
    start = request.lower().index(key)
    key = request[start : start + len(key)].strip()
    accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
    line.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


def text_frame(payload: bytes, *, first_byte: int = 0x81) -> bytes:
    """A server frame; `first_byte` 0x81 is a whole text, 0x82 binary, 0x88 close."""
    if len(payload) < 126:
        return bytes([first_byte, len(payload)]) + payload
    if len(payload) < 65536:
        return bytes([first_byte, 126]) + struct.pack("!H", len(payload)) + payload
    return bytes([first_byte, 127]) + struct.pack("!Q", len(payload)) + payload


def upgraded(*frames: bytes, then: str = "stay") -> Behaviour:
    """Opens the line, sends these frames, and then stays silent, closes or resets."""

    def behave(line: socket.socket, stop: threading.Event) -> None:
        accept_upgrade(line)
        line.sendall(b"".join(frames))
        if then == "stay":
            stop.wait(30)
        elif then == "reset":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return behave


def flood(frame: bytes) -> Behaviour:
    """Opens the line and sends the same frame as fast as it can."""

    def behave(line: socket.socket, stop: threading.Event) -> None:
        accept_upgrade(line)
        block = frame * max(1, 65536 // len(frame))
        while not stop.is_set():
            line.sendall(block)

    return behave
