"""Rooms: who is connected where, and what is sent to all of them."""

import asyncio
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from reference.common import jsontext
from reference.medassist.metrics import Metrics
from reference.medassist.people import Caller

Frame = Mapping[str, Any]

MOST_WAITING = 1000
CREDENTIALS_OR_POLICY = 1008
TOO_SLOW = 1013
GOING_DOWN = 1001
HEARTBEAT_MISSED = 4408


class Connection:
    """One socket of one person: sends in the order it was given, and makes nobody wait for a slow reader."""

    def __init__(self, socket: WebSocket, caller: Caller, channel: str, metrics: Metrics) -> None:
        """Hold every frame of the room back until `release`, so that a replay comes first."""
        self.caller = caller
        self.channel = channel
        self._socket = socket
        self._metrics = metrics
        self._outbox: deque[str | int] = deque()
        self._news = asyncio.Event()
        self._held: list[tuple[Frame, int | None]] | None = []
        self.is_closing = False
        self.heard_at = asyncio.get_running_loop().time()

    def send(self, frame: Frame) -> None:
        """Send a frame to this connection alone."""
        self._give(jsontext.write(frame), str(frame.get("type")))

    def hear(self, frame: Frame, text: str, number: int | None) -> None:
        """Take a frame of the room; `number` orders it among what a replay holds."""
        if self._held is not None:
            self._held.append((frame, number))
        else:
            self._give(text, str(frame.get("type")))

    def release(self, replayed: int) -> None:
        """Send what was held back, but for frames about something up to number `replayed`."""
        held, self._held = self._held or [], None
        for frame, number in held:
            if number is None or number > replayed:
                self.send(frame)

    def close(self, code: int) -> None:
        """Close with `code` after what was given before."""
        if not self.is_closing:
            self.is_closing = True
            self._outbox.append(code)
            self._news.set()

    async def receive(self) -> str | bytes:
        """Give the next frame of the client. Raises WebSocketDisconnect."""
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        self.heard_at = asyncio.get_running_loop().time()
        text, data = message.get("text"), message.get("bytes")
        return text if text is not None else bytes(data or b"")

    async def write(self) -> None:
        """Send what is given until the socket is closed by either side."""
        while True:
            while self._outbox:
                item = self._outbox.popleft()
                try:
                    if isinstance(item, int):
                        await self._socket.close(item)
                        return
                    await self._socket.send_text(item)
                except (WebSocketDisconnect, RuntimeError):
                    return
            self._news.clear()
            await self._news.wait()

    def _give(self, text: str, kind: str) -> None:
        if self.is_closing:
            return
        if len(self._outbox) >= MOST_WAITING:
            self._outbox.clear()
            self.close(TOO_SLOW)
            return
        self._outbox.append(text)
        self._news.set()
        self._metrics.frame("sent", kind)


class Room:
    """The connections of one session, or of the nurses."""

    def __init__(self) -> None:
        """Begin empty."""
        self.connections: list[Connection] = []

    def broadcast(self, frame: Frame, *, number: int | None = None, but: Connection | None = None) -> None:
        """Send a frame to everyone in the room, but for the connection `but`."""
        text = jsontext.write(frame)
        for connection in list(self.connections):
            if connection is not but:
                connection.hear(frame, text, number)


class Rooms:
    """All rooms with somebody in them."""

    def __init__(self, metrics: Metrics) -> None:
        """Count the connections in `metrics`."""
        self._metrics = metrics
        self._rooms: dict[str, Room] = {}
        self._emptied = asyncio.Event()
        self._emptied.set()

    def of(self, name: str) -> Room:
        """Give a room; one that nobody sits in swallows what is sent to it."""
        return self._rooms.get(name) or Room()

    def join(self, name: str, connection: Connection) -> None:
        """Let a connection into a room."""
        self._rooms.setdefault(name, Room()).connections.append(connection)
        self._emptied.clear()
        self._metrics.connections(connection.channel, +1)

    def leave(self, name: str, connection: Connection) -> None:
        """Let a connection go."""
        room = self._rooms[name]
        room.connections.remove(connection)
        self._metrics.connections(connection.channel, -1)
        if not room.connections:
            del self._rooms[name]
        if not self._rooms:
            self._emptied.set()

    async def emptied(self) -> None:
        """Wait until nobody is connected any more."""
        await self._emptied.wait()

    def everyone(self) -> Iterator[Connection]:
        """Give all connections."""
        for room in list(self._rooms.values()):
            yield from list(room.connections)

    def end_account(self, user_id: str) -> None:
        """Close the connections of an account."""
        for connection in self.everyone():
            if connection.caller.account.id == user_id:
                connection.close(CREDENTIALS_OR_POLICY)

    def end_sign_in(self, sign_in: str) -> None:
        """Close the connections of a sign-in."""
        for connection in self.everyone():
            if connection.caller.sign_in == sign_in:
                connection.close(CREDENTIALS_OR_POLICY)

    def close_all(self, code: int) -> None:
        """Close every connection."""
        for connection in self.everyone():
            connection.close(code)
