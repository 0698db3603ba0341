"""The opening of a chat line: it ends by its deadline, whatever is at the other end."""

import re
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidMessage, InvalidStatus
from websockets.frames import Frame as WireFrame
from websockets.http11 import Response
from websockets.typing import Origin
from websockets.uri import parse_uri

from countersign.errors import ContractBroken, HandshakeRefused, LineClosed, SystemFault, TargetError
from countersign.evidence import Redact
from countersign.transport.deadline import Deadline
from countersign.transport.explain import unreachable
from countersign.transport.network import Progress, connect, left, readable
from countersign.transport.pool import tls_context

_STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})")


def socket_url(url: str, system: str) -> str:
    """Give the ws:// or wss:// form of an address. Raises TargetError for what is no address."""
    parts = urlsplit(url)
    scheme = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}.get(parts.scheme)
    if scheme is None or not parts.hostname:
        raise TargetError(f"{system}: {url!r} is no address of a chat line; write it like ws://127.0.0.1:8000/chat/1")
    return parts._replace(scheme=scheme).geturl()


def shake_hands(
    url: str,
    *,
    what: str,
    deadline: Deadline,
    headers: Mapping[str, str],
    origin: str | None,
    max_frame: int,
    ca: str | None,
    redact: Redact,
    via: tuple[str, int] | None = None,
) -> tuple[socket.socket, ClientProtocol, list[WireFrame]]:
    """Connect and open the line. Gives the socket, the protocol and the frames that came right behind the greeting.

    `via` is the host and port to connect to in place of the address's own (a network that is put in between); what is
    said there, and the certificate asked for, stay those of the address.
    Raises SystemUnreachable, DeadlineExceeded, HandshakeRefused, LineClosed, ContractBroken.
    """
    address = parse_uri(url)
    protocol = ClientProtocol(address, origin=Origin(origin) if origin is not None else None, max_size=max_frame)
    request = protocol.connect()
    request.headers["User-Agent"] = "countersign"
    for name, value in headers.items():
        request.headers[name] = value
    protocol.send_request(request)
    progress = Progress(deadline)
    line: socket.socket | None = None
    try:
        line = connect(*(via or (address.host, address.port)), deadline)
        progress.connected = True
        if address.secure:
            line.settimeout(left(deadline))
            line = tls_context(ca).wrap_socket(line, server_hostname=address.host)
        frames = _greet(line, protocol, progress)
        fault = _fault(protocol, progress, what, redact)
    except TimeoutError:
        fault = _too_late(progress, what, redact)
    except OSError as error:
        fault = _lost(error, progress, url, what)
    except BaseException:
        if line is not None:
            line.close()
        raise
    if fault is None and line is not None:
        return line, protocol, frames
    if line is not None:
        line.close()
    raise fault or LineClosed(f"{what}: the line was closed while it was opened")


def _greet(line: socket.socket, protocol: ClientProtocol, progress: Progress) -> list[WireFrame]:
    for data in protocol.data_to_send():
        rest = memoryview(data)
        while rest:
            line.settimeout(left(progress.deadline))
            rest = rest[line.send(rest) :]
        progress.sent += len(data)
    while True:
        line.settimeout(left(progress.deadline))
        data = line.recv(65536)
        progress.take(data)
        if data:
            protocol.receive_data(data)
        else:
            protocol.receive_eof()
        events = protocol.events_received()
        if events or protocol.handshake_exc is not None:
            return [event for event in events if isinstance(event, WireFrame)]


def _fault(protocol: ClientProtocol, progress: Progress, what: str, redact: Redact) -> SystemFault | None:
    error = protocol.handshake_exc
    if error is None:
        return None
    if isinstance(error, InvalidStatus):
        return _refused(error.response, what, redact)
    seen = redact(readable(progress.beginning, 1000))[:200]
    if isinstance(error, InvalidMessage):
        return _early_refusal(progress, what, seen) or _no_opening(error, progress, what, seen)
    return ContractBroken(f"{what}: the opening of the chat line breaks its protocol ({redact(str(error))}): {seen!r}")


def _refused(response: Response, what: str, redact: Redact) -> HandshakeRefused:
    body = redact(readable(bytes(response.body or b""), 1000))[:200]
    said = f": {body!r}" if body else ""
    return HandshakeRefused(
        f"{what}: expected an open chat line, was answered {response.status_code}{said}", response.status_code
    )


def _no_opening(error: Exception, progress: Progress, what: str, seen: str) -> SystemFault:
    if not progress.received:
        return LineClosed(f"{what}: the connection was closed before one byte of an answer came")
    if isinstance(error.__cause__, EOFError) and progress.beginning.startswith(b"HTTP/"):
        return LineClosed(f"{what}: the connection was closed in the middle of the opening: {seen!r}")
    return ContractBroken(f"{what}: expected the opening of a chat line, got {seen!r}. Is it the right port?")


def _early_refusal(progress: Progress, what: str, seen: str) -> HandshakeRefused | None:
    # A refusal whose body does not end, or is no good, is a refusal all the same.
    status = _STATUS_LINE.match(progress.beginning)
    if status is None or status.group(1) == b"101":
        return None
    code = int(status.group(1))
    return HandshakeRefused(
        f"{what}: expected an open chat line, was answered {code} (the answer was not whole): {seen!r}", code
    )


def _too_late(progress: Progress, what: str, redact: Redact) -> SystemFault:
    seen = redact(readable(progress.beginning, 1000))[:200]
    return _early_refusal(progress, what, seen) or progress.deadline.exceeded(redact(progress.last_seen()))


def _lost(error: OSError, progress: Progress, url: str, what: str) -> SystemFault:
    if not progress.connected or isinstance(error, ssl.SSLError):
        parts = urlsplit(url)
        return unreachable(error, f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", what)
    return LineClosed(f"{what}: the connection was lost while the chat line was opened ({error.strerror or error})")
