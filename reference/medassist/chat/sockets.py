"""The life of one socket: let in, greet, replay what was missed, then live frames until one side ends it."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from reference.common.database import DatabaseUnavailable
from reference.medassist.chat import frames
from reference.medassist.chat.desk import NotUnderstood
from reference.medassist.chat.frames import Frame
from reference.medassist.chat.rooms import CREDENTIALS_OR_POLICY, HEARTBEAT_MISSED, Connection
from reference.medassist.chat.sessions import Session
from reference.medassist.notices import NURSES
from reference.medassist.people import Caller
from reference.medassist.refusals import Refused, conflict, forbidden, invalid, missing
from reference.medassist.rest.answers import refusal_answer, unavailable_answer
from reference.medassist.tables import LARGEST_NUMBER

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

LAST_WORDS_SECONDS = 5.0
MISSED_BEATS = 2

Reader = Callable[[Connection, str | bytes], Awaitable[None]]
Opening = Callable[[], Awaitable[tuple[Sequence[tuple[Frame, int]], int]]]
"""Gives the first frames of a connection with their numbers, and up to which number they go."""


@dataclass(frozen=True)
class Line:
    """A socket that was let in: where it belongs, how it begins, who reads it."""

    room: str
    channel: str
    opening: Opening
    reader: Reader


class Door:
    """Decides who may open which socket. Methods raise Refused and DatabaseUnavailable."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def caller(self, socket: WebSocket) -> Caller:
        """Say who asks, by the token in the address."""
        client = socket.client.host if socket.client else None
        token = socket.query_params.get("token", "")
        return await self._parts.sign_ins.caller(token, client, socket.headers.get("user-agent"))

    async def session(self, session_id: str, caller: Caller) -> Session:
        """Find the session that a caller may join."""
        try:
            named = str(UUID(session_id))
        except ValueError:
            raise invalid(["path", "session_id"], "This is no UUID.") from None
        session = await self._parts.sessions.find(named)
        if session is None:
            raise missing("session")
        if not caller.is_staff and session.patient_id != caller.account.id:
            await self._parts.guard.denied(caller, "session", named)
            raise forbidden()
        self.refuse_closed(session)
        return session

    def refuse_closed(self, session: Session) -> None:
        """Refuse a session that takes no messages any more."""
        if not session.is_open:
            raise conflict("This session is closed.", "SESSION_CLOSED")

    async def nurse(self, caller: Caller) -> None:
        """Let only nurses and administrators read notices."""
        if not caller.is_staff:
            await self._parts.guard.denied(caller, "notices", None)
            raise forbidden()

    def number(self, socket: WebSocket, name: str) -> int | None:
        """Read a number of the address."""
        raw = socket.query_params.get(name)
        if raw is None:
            return None
        if not (raw.isascii() and raw.isdigit()) or int(raw) > LARGEST_NUMBER:
            raise invalid(["query", name], "This is no number of a frame.")
        return int(raw)


class Sockets:
    """Runs sockets."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def chat(self, socket: WebSocket, session_id: str) -> None:
        """Run a chat socket."""
        parts = self._parts

        async def let_in() -> tuple[Caller, Line]:
            caller = await parts.door.caller(socket)
            session = await parts.door.session(session_id, caller)
            after = parts.door.number(socket, "last_sequence")

            async def opening() -> tuple[Sequence[tuple[Frame, int]], int]:
                return await parts.replay.of_session(session.id, after)

            async def reader(connection: Connection, raw: str | bytes) -> None:
                await parts.chat_desk.take(session.id, connection, raw)

            return caller, Line(session.id, "chat", opening, reader)

        await self._serve(socket, let_in)

    async def nurse(self, socket: WebSocket) -> None:
        """Run a nurse socket."""
        parts = self._parts

        async def let_in() -> tuple[Caller, Line]:
            caller = await parts.door.caller(socket)
            await parts.door.nurse(caller)
            after = parts.door.number(socket, "last_event_id")

            async def opening() -> tuple[Sequence[tuple[Frame, int]], int]:
                return await parts.replay.of_notices(after)

            return caller, Line(NURSES, "nurse", opening, parts.nurse_line.take)

        await self._serve(socket, let_in)

    async def _serve(self, socket: WebSocket, let_in: Callable[[], Awaitable[tuple[Caller, Line]]]) -> None:
        if self._parts.life.stopping:
            await socket.send_denial_response(unavailable_answer())
            return
        try:
            caller, line = await let_in()
        except Refused as refused:
            # Whatever the reason, a handshake is refused in one way: it tells a stranger nothing.
            self._parts.logbook.event("handshake", outcome=refused.code or str(refused.status))
            await socket.send_denial_response(refusal_answer(forbidden("This socket is not open to you.")))
            return
        except DatabaseUnavailable:
            await socket.send_denial_response(unavailable_answer())
            return
        await self._run(socket, caller, line)

    async def _run(self, socket: WebSocket, caller: Caller, line: Line) -> None:
        try:
            await socket.accept()
        except (WebSocketDisconnect, RuntimeError):
            self._parts.logbook.event("handshake", outcome="gone")
            return
        connection = Connection(socket, caller, line.channel, self._parts.metrics)
        self._parts.rooms.join(line.room, connection)
        try:
            first, number = await line.opening()
            for frame, _ in first:
                connection.send(frame)
            connection.release(number)
            await self._both_ways(connection, line)
        except DatabaseUnavailable:
            await socket.close(1013)
        finally:
            self._parts.rooms.leave(line.room, connection)

    async def _both_ways(self, connection: Connection, line: Line) -> None:
        writing = asyncio.create_task(connection.write())
        tasks = {
            writing,
            asyncio.create_task(self._read(connection, line)),
            asyncio.create_task(self._parts.heartbeat.watch(connection)),
        }
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if connection.is_closing and not writing.done():
                await asyncio.wait({writing}, timeout=LAST_WORDS_SECONDS)
        finally:
            for task in tasks:
                task.cancel()
            for problem in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(problem, Exception):
                    self._parts.logbook.trouble("socket", problem)

    async def _read(self, connection: Connection, line: Line) -> None:
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                raw = await connection.receive()
                try:
                    await line.reader(connection, raw)
                except Exception as error:  # noqa: BLE001 - one strange frame must not deafen the connection
                    self._parts.logbook.trouble("frame", error)
                    connection.send(frames.error("INTERNAL_ERROR", "This frame could not be handled."))


class Heartbeat:
    """Pings, ends what is silent for two intervals, and what outlives its token."""

    def __init__(self, interval: float) -> None:
        """Ping every `interval` seconds."""
        self.interval = interval

    async def watch(self, connection: Connection) -> None:
        """Watch one connection until it is to be closed."""
        loop = asyncio.get_running_loop()
        next_ping = loop.time() + self.interval
        while True:
            silent_until = connection.heard_at + MISSED_BEATS * self.interval
            expires_in = connection.caller.expires - time.time()
            now = loop.time()
            if expires_in <= 0:
                connection.close(CREDENTIALS_OR_POLICY)
                return
            if now >= silent_until:
                connection.close(HEARTBEAT_MISSED)
                return
            if now >= next_ping:
                connection.send(frames.ping())
                next_ping += self.interval
            await asyncio.sleep(max(0.0, min(next_ping - now, silent_until - now, expires_in)))


class NurseLine:
    """Reads what nurses send on their socket: only signs of life."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def take(self, connection: Connection, raw: str | bytes) -> None:
        """Handle one frame."""
        try:
            kind, _ = self._parts.frame_reader.read(raw)
        except NotUnderstood:
            self._parts.metrics.frame("received", "unreadable")
            connection.send(frames.error("INVALID_FORMAT", "Send one JSON object in a text frame."))
            return
        self._parts.metrics.frame("received", kind if kind in ("ping", "pong") else "unknown")
        if kind == "ping":
            connection.send(frames.pong())
        elif kind != "pong":
            connection.send(frames.error("UNSUPPORTED_TYPE", "Clients send ping and pong."))


class Replay:
    """Gives what a connection begins with: the greeting, then what was missed. Methods raise DatabaseUnavailable."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def of_session(self, session_id: str, after: int | None) -> tuple[Sequence[tuple[Frame, int]], int]:
        """Greet in a session; with `after`, every stored message above that number follows."""
        missed, last = await self._parts.messages.listing(session_id, LARGEST_NUMBER if after is None else after, None)
        hello: tuple[Frame, int] = (frames.connected(session_id, last, self._parts.settings.heartbeat_seconds), last)
        return [hello, *((frames.stored(each), each.sequence_number) for each in missed)], last

    async def of_notices(self, after: int | None) -> tuple[Sequence[tuple[Frame, int]], int]:
        """Greet a nurse; with `after`, the notices above that number follow."""
        missed, last = await self._parts.board.since(after)
        hello: tuple[Frame, int] = (frames.connected_nurse(last, self._parts.settings.heartbeat_seconds), last)
        return [hello, *((notice.frame(), notice.event_id) for notice in missed)], last


def socket_routes(parts: "Parts") -> APIRouter:
    """Give the routes of the sockets."""
    router = APIRouter()

    @router.websocket("/ws/nurse")
    async def nurse(socket: WebSocket) -> None:
        await parts.sockets.nurse(socket)

    @router.websocket("/ws/{session_id}")
    async def chat(socket: WebSocket, session_id: str) -> None:
        await parts.sockets.chat(socket, session_id)

    return router
