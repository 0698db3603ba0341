"""From the database to the event store and from there to the sockets: in order, each event once.

What happened is written with the change that it tells of. The relay hands it to the event store under the number that
it has in the database, so that handing it over twice changes nothing; the reader gives it to this process' sockets.
"""

import asyncio
from typing import TYPE_CHECKING, Any

from redis.asyncio import Redis
from redis.exceptions import ResponseError
from sqlalchemy import select

from reference.common import jsontext
from reference.common.database import DatabaseUnavailable
from reference.modelhub import tables
from reference.modelhub.live.frames import TOPICS, Event
from reference.modelhub.live.redis_line import RedisDown, RedisLine

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

KEPT = 1000
AT_ONCE = 500
LOOK_SECONDS = 0.25
BLOCK_MS = 1000

events = tables.events


def stream(topic: str) -> str:
    """Give the name of a topic's stream."""
    return f"mh:events:{topic}"


class Relay:
    """Hands events over, and gives them to the sockets."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._writing = RedisLine(parts.settings.redis_url)
        self._reading = RedisLine(parts.settings.redis_url)
        self._handed: int | None = None
        self._seen: dict[str, str] = {}

    async def hand_over(self) -> None:
        """Hand new events over until cancelled."""
        while True:
            try:
                while await self._some():
                    continue
            except (RedisDown, DatabaseUnavailable):
                self._parts.redis_probe.up = False
            await self._parts.bell.wait(LOOK_SECONDS)

    async def read(self) -> None:
        """Give events to the sockets until cancelled."""
        while True:
            try:
                if not self._seen:
                    self._seen = await self._reading.ask(self._newest)
                found = await self._reading.ask(self._next, BLOCK_MS / 1000 + 1)
            except RedisDown:
                await self._parts.pause(LOOK_SECONDS)
                continue
            for name, entries in found or ():
                topic = str(name).removeprefix("mh:events:")
                for number, fields in entries:
                    self._seen[topic] = number
                    self._parts.sockets.deliver(_event(topic, number, fields))

    async def close(self) -> None:
        """Let the connections go."""
        await self._writing.close()
        await self._reading.close()

    async def _some(self) -> bool:
        if self._handed is None:
            newest = await self._writing.ask(self._newest)
            self._handed = max(int(number.split("-")[0]) for number in newest.values())
        since = self._handed
        query = select(events).where(events.c.number > since).order_by(events.c.number).limit(AT_ONCE)
        rows = await self._parts.ledger.look(lambda connection: connection.execute(query).all())
        if rows:
            # Whoever is told asks next: the answer must not be older than what was told.
            self._parts.viewer.forget()
            await self._writing.ask(lambda client: self._add(client, rows), 2.0)
            self._handed = int(rows[-1].number)
        return len(rows) == AT_ONCE

    async def _add(self, client: Redis, rows: Any) -> None:
        pipeline = client.pipeline(transaction=False)
        for row in rows:
            fields: Any = {"type": row.type, "owner": row.owner_id or "", "data": row.data_json, "at": str(row.at)}
            pipeline.xadd(stream(row.topic), fields, id=f"{row.number}-0", maxlen=KEPT, approximate=True)
        for result in await pipeline.execute(raise_on_error=False):
            # A number that is not above the last was handed over before.
            if isinstance(result, Exception) and not isinstance(result, ResponseError):
                raise result

    async def _newest(self, client: Redis) -> dict[str, str]:
        pipeline = client.pipeline(transaction=False)
        for topic in TOPICS:
            pipeline.xrevrange(stream(topic), count=1)
        found = await pipeline.execute()
        return {topic: entries[0][0] if entries else "0-0" for topic, entries in zip(TOPICS, found, strict=True)}

    async def _next(self, client: Redis) -> Any:
        wanted: Any = {stream(topic): number for topic, number in self._seen.items()}
        return await client.xread(wanted, count=AT_ONCE, block=BLOCK_MS)


def _event(topic: str, number: str, fields: dict[str, str]) -> Event:
    data = jsontext.read(fields["data"])
    return Event(
        int(number.split("-", maxsplit=1)[0]), topic, fields["type"], fields["owner"] or None, data, float(fields["at"])
    )


__all__ = ["Relay", "asyncio"]
