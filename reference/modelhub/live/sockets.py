"""All open sockets: who listens to what, and sending without ever waiting for a slow reader (contract 4)."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from reference.common.clock import iso, now
from reference.common.database import DatabaseUnavailable
from reference.common.ids import fresh_id
from reference.modelhub.accounts.guard import credential
from reference.modelhub.accounts.people import Caller
from reference.modelhub.live.frames import OWN_ONLY, Event
from reference.modelhub.refusals import Refused

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

MOST_UNSENT = 1000
NO_ENTRY, TOO_MANY, RESTARTING = 4401, 1013, 1012
CLOSE_WITHIN = 1.0


@dataclass(eq=False)
class Connection:
    """An open socket. `sent` holds, by topic, the number of the last event that was given to it."""

    socket: WebSocket
    caller: Caller
    topics_socket: bool
    id: str = field(default_factory=fresh_id)
    subscribed: set[str] = field(default_factory=set)
    sent: dict[str, int] = field(default_factory=dict)
    held: dict[str, list[Event]] = field(default_factory=dict)
    unsent: "asyncio.Queue[str | None]" = field(default_factory=lambda: asyncio.Queue(MOST_UNSENT))
    overrun: bool = False

    def put(self, frame: str) -> None:
        """Send a frame when the reader takes it; a reader with too many unsent frames is cut."""
        try:
            self.unsent.put_nowait(frame)
        except asyncio.QueueFull:
            self.overrun = True


class Sockets:
    """The sockets of this process."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._open: set[Connection] = set()
        self.told = True
        """Whether topic frames are sent at all (the switch real_time_notifications)."""

    @property
    def count(self) -> int:
        """How many sockets are open."""
        return len(self._open)

    def all(self) -> list[Connection]:
        """Give all open sockets."""
        return list(self._open)

    def listening(self, topic: str) -> list[Connection]:
        """Give the sockets that are subscribed to a topic."""
        return [connection for connection in self._open if topic in connection.subscribed]

    def listens(self, topic: str) -> bool:
        """Say whether anybody is subscribed to a topic."""
        return bool(self.listening(topic))

    def deliver(self, event: Event) -> None:
        """Give an event to all whom it concerns."""
        plain: str | None = None
        made = False
        for connection in list(self._open):
            if not self.concerns(event, connection):
                continue
            if connection.topics_socket:
                self._to_topic(connection, event)
                continue
            if not made:
                plain, made = self._parts.frame_writer.plain(event), True
            if plain is not None:
                connection.put(plain)

    def concerns(self, event: Event, connection: Connection) -> bool:
        """Say whether somebody may see an event."""
        if event.owner is None or event.owner == connection.caller.user_id:
            return True
        return not connection.topics_socket and connection.caller.is_admin and event.topic in OWN_ONLY[:2]

    def _to_topic(self, connection: Connection, event: Event) -> None:
        if event.topic not in connection.subscribed or not self.told:
            return
        if event.topic in connection.held:
            connection.held[event.topic].append(event)
        elif event.number > connection.sent.get(event.topic, 0):
            connection.sent[event.topic] = event.number
            connection.put(self._parts.frame_writer.topic(event))

    async def serve(self, socket: WebSocket, topics_socket: bool, talk: Callable[[Connection], Any]) -> None:
        """Serve a socket until it closes."""
        await socket.accept()
        caller = await self.entry(socket)
        if caller is None or self.count >= self._parts.settings.max_sockets:
            await socket.close(NO_ENTRY if caller is None else TOO_MANY)
            return
        connection = Connection(socket, caller, topics_socket)
        self._open.add(connection)
        talking = asyncio.ensure_future(talk(connection))
        sending = asyncio.ensure_future(self._send(connection))
        try:
            await asyncio.wait({talking, sending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.release(connection)
            talking.cancel()
            sending.cancel()
            for outcome in await asyncio.gather(talking, sending, return_exceptions=True):
                if isinstance(outcome, Exception) and not isinstance(outcome, WebSocketDisconnect | RuntimeError):
                    self._parts.logbook.trouble("socket", outcome)
            if connection.overrun:
                await _close(socket, TOO_MANY)

    def release(self, connection: Connection) -> None:
        """Let go of a socket that is closed."""
        self._open.discard(connection)

    async def entry(self, socket: WebSocket) -> Caller | None:
        """Say who opens a socket, None without a good credential."""
        shown = credential(socket) or socket.query_params.get("token")
        try:
            return await self._parts.guard.caller(shown)
        except (Refused, DatabaseUnavailable):
            return None

    async def _send(self, connection: Connection) -> None:
        while not connection.overrun:
            frame = await connection.unsent.get()
            if frame is None:
                return
            sending = asyncio.ensure_future(connection.socket.send_text(frame))
            while not sending.done():
                await asyncio.wait({sending}, timeout=1.0)
                if connection.overrun:
                    sending.cancel()
                    await asyncio.gather(sending, return_exceptions=True)
                    return
            sending.result()

    async def close_all(self) -> None:
        """Close all sockets: the server restarts."""
        await asyncio.gather(*(_close(connection.socket, RESTARTING) for connection in list(self._open)))


async def _close(socket: WebSocket, code: int) -> None:
    with contextlib.suppress(RuntimeError, TimeoutError, WebSocketDisconnect):  # it is closed already, or does not read
        async with asyncio.timeout(CLOSE_WITHIN):
            await socket.close(code)


async def frames_of(connection: Connection) -> Any:
    """Give what a client sends: an object, or None for anything that is none."""
    while True:
        message = await connection.socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")
        try:
            read = json.loads(text) if isinstance(text, str) else None
        except (ValueError, RecursionError):
            read = None
        yield read if isinstance(read, dict) else None


def at_once(kind: str, **data: Any) -> str:
    """Give a frame of the topic socket that belongs to no topic."""
    return json.dumps({"type": kind, "data": {**data, "timestamp": iso(now())}})
