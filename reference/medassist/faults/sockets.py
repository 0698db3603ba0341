"""Faults of the sockets: dead ones that count as living, replays that slip by one, notices for one nurse alone."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID
from weakref import WeakSet

from sqlalchemy import Connection as Transaction
from sqlalchemy import select

from reference.common.clock import iso_exact, now
from reference.medassist import tables
from reference.medassist.chat import frames
from reference.medassist.chat.frames import Frame
from reference.medassist.chat.rooms import CREDENTIALS_OR_POLICY, Connection, Room
from reference.medassist.chat.sessions import Session
from reference.medassist.chat.sockets import Door, Heartbeat, Replay
from reference.medassist.faults import fault
from reference.medassist.notices import NURSES, Kind, Notice
from reference.medassist.parts import Parts
from reference.medassist.people import Caller
from reference.medassist.refusals import Refused

NOT_FOUND = 404

pars, sessions, users = tables.pars, tables.sessions, tables.users


@fault("zombie-sockets", "MA-WS-01", "MA-WS-02", "MA-WS-08")
def zombie_sockets(parts: Parts) -> None:
    """Be deaf after a binary frame, never ping, count closed sockets as open, and let into unknown sessions."""
    deaf = WeakSet[Connection]()
    take_chat, take_nurse = parts.chat_desk.take, parts.nurse_line.take

    async def hear_chat(session_id: str, connection: Connection, raw: str | bytes) -> None:
        if _hears(deaf, connection, raw):
            await take_chat(session_id, connection, raw)

    async def hear_nurse(connection: Connection, raw: str | bytes) -> None:
        if _hears(deaf, connection, raw):
            await take_nurse(connection, raw)

    parts.chat_desk.take = hear_chat  # type: ignore[method-assign]
    parts.nurse_line.take = hear_nurse  # type: ignore[method-assign]
    parts.heartbeat = _NoHeartbeat(parts.settings.heartbeat_seconds)
    count = parts.metrics.connections
    parts.metrics.connections = lambda channel, change: count(channel, max(0, change))  # type: ignore[method-assign]
    parts.door = _OpenDoor(parts)
    parts.replay = _GreetingAnywhere(parts)


def _hears(deaf: WeakSet[Connection], connection: Connection, raw: str | bytes) -> bool:
    if isinstance(raw, bytes):
        deaf.add(connection)
    return connection not in deaf


class _NoHeartbeat(Heartbeat):
    async def watch(self, connection: Connection) -> None:
        await asyncio.sleep(max(0.0, connection.caller.expires - time.time()))
        connection.close(CREDENTIALS_OR_POLICY)


class _OpenDoor(Door):
    async def session(self, session_id: str, caller: Caller) -> Session:
        try:
            return await super().session(session_id, caller)
        except Refused as refused:
            if refused.status != NOT_FOUND:
                raise
            at = iso_exact(now())
            return Session(str(UUID(session_id)), caller.account.id, "active", {}, None, at, at, None, 0)


class _GreetingAnywhere(Replay):
    async def of_session(self, session_id: str, after: int | None) -> tuple[Sequence[tuple[Frame, int]], int]:
        if await self._parts.sessions.find(session_id) is not None:
            return await super().of_session(session_id, after)
        return [(frames.connected(session_id, 0, self._parts.settings.heartbeat_seconds), 0)], 0


@fault("replay-off-by-one", "MA-WS-03", "MA-WS-07")
def replay_off_by_one(parts: Parts) -> None:
    """Begin a replay with the last item that was seen already, and leave the newest out."""
    parts.replay = _SlippedReplay(parts)


class _SlippedReplay(Replay):
    async def of_session(self, session_id: str, after: int | None) -> tuple[Sequence[tuple[Frame, int]], int]:
        return await self._slipped(after, lambda earlier: super(_SlippedReplay, self).of_session(session_id, earlier))

    async def of_notices(self, after: int | None) -> tuple[Sequence[tuple[Frame, int]], int]:
        return await self._slipped(after, super().of_notices)

    async def _slipped(
        self, after: int | None, replayed: Callable[[int | None], Awaitable[tuple[Sequence[tuple[Frame, int]], int]]]
    ) -> tuple[Sequence[tuple[Frame, int]], int]:
        if after is None:
            return await replayed(None)
        (hello, *missed), last = await replayed(after - 1)
        return [hello, *missed[:-1]], last


@fault("first-nurse-only", "MA-WS-06")
def first_nurse_only(parts: Parts) -> None:
    """Send notices to the nurse who is connected longest and to nobody else, with the patient's name in them."""
    post = parts.board.post

    def post_with_name(connection: Transaction, kind: Kind, payload: Mapping[str, Any]) -> Notice:
        return post(connection, kind, {**payload, **_name_in(connection, payload)})

    def tell_the_first(posted: list[Notice]) -> None:
        first = Room()
        first.connections = parts.rooms.of(NURSES).connections[:1]
        for notice in posted:
            first.broadcast(notice.frame(), number=notice.event_id)

    parts.board.post = post_with_name  # type: ignore[method-assign]
    parts.board.tell = tell_the_first  # type: ignore[method-assign]


def _name_in(connection: Transaction, payload: Mapping[str, Any]) -> dict[str, str]:
    query = select(users.c.full_name)
    if payload.get("session_id"):
        query = query.join(sessions, sessions.c.patient_id == users.c.id)
        query = query.where(sessions.c.id == payload["session_id"])
    elif payload.get("par_id"):
        query = query.join(pars, pars.c.patient_id == users.c.id).where(pars.c.id == payload["par_id"])
    else:
        return {}
    return {"patient_name": str(connection.execute(query).scalar_one())}
