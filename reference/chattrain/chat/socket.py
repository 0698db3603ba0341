"""The life of one chat socket."""

import asyncio
from typing import TYPE_CHECKING

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from reference.chattrain.chat.connection import Connection
from reference.chattrain.chat.conversation import Conversation
from reference.chattrain.chat.door import NO_SUCH_SESSION, Caller, HandshakeRefused
from reference.chattrain.database import DatabaseUnavailable

if TYPE_CHECKING:
    from reference.chattrain.parts import Parts

TRY_AGAIN_LATER = 1013


def chat_routes(parts: "Parts") -> APIRouter:
    """Give the route of the chat socket."""
    router = APIRouter()

    @router.websocket("/chat/{session_id}")
    async def chat(socket: WebSocket, session_id: str) -> None:
        caller = Caller(session_id, socket.query_params.get("token"), socket.headers.get("origin"))
        try:
            number = parts.door.session_number(caller)
        except HandshakeRefused as refusal:
            parts.logbook.note("handshake", str(refusal))
            await socket.close()
            return
        await _welcome(parts, socket, number, caller)

    return router


async def _welcome(parts: "Parts", socket: WebSocket, number: int, caller: Caller) -> None:
    try:
        session = await parts.door.session(number, caller)
        entry = await parts.catalogue.of_session(session.scenario_id) if session else None
    except DatabaseUnavailable:
        await _turn_away(parts, socket, number, TRY_AGAIN_LATER)
        return
    if session is None or entry is None:
        await _turn_away(parts, socket, number, NO_SUCH_SESSION)
        return
    try:
        await socket.accept()
    except (WebSocketDisconnect, RuntimeError):
        parts.logbook.note("handshake", "gone", number)
        return
    connection = Connection(socket)
    conversation = parts.conversations.join(session, entry, connection)
    parts.logbook.note("joined", "greeted", number)
    try:
        await _run(parts, conversation, connection)
    finally:
        parts.conversations.leave(conversation, connection)
        parts.logbook.note("left", "gone", number)


async def _run(parts: "Parts", conversation: Conversation, connection: Connection) -> None:
    both = {asyncio.create_task(connection.write()), asyncio.create_task(_read(parts, conversation, connection))}
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in both:
            task.cancel()
        for problem in await asyncio.gather(*both, return_exceptions=True):
            if isinstance(problem, Exception):
                parts.logbook.trouble("socket", problem)


async def _read(parts: "Parts", conversation: Conversation, connection: Connection) -> None:
    while True:
        try:
            raw = await connection.receive()
        except WebSocketDisconnect:
            return
        # Whoever was taken over may still have frames on the way; they belong to nobody.
        if conversation.connection is connection:
            await parts.desk.take(conversation, connection, raw)


async def _turn_away(parts: "Parts", socket: WebSocket, number: int, code: int) -> None:
    parts.logbook.note("handshake", str(code), number if number > 0 else None)
    try:
        await socket.accept()
        await socket.close(code)
    except (WebSocketDisconnect, RuntimeError):
        parts.logbook.note("handshake", "gone")
