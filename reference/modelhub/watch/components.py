"""Which parts are up: heartbeats of the processes, and questions to what they depend on (contract 3.12, 9)."""

import asyncio
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from reference.common.database import DatabaseUnavailable
from reference.modelhub import tables
from reference.modelhub.store.ledger import Change, fact

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

PROCESSES = ("api", "downloader", "generator", "monitor")
BEAT_SECONDS = 1.0
BEAT_IS_OLD_AFTER = 3.2
LOOK_SECONDS = 1.0
LIVES_WITHIN = 0.5
VERSION = "1.0.0"

heartbeats = tables.heartbeats


class Heart:
    """Says regularly that this process lives, and what it uses."""

    def __init__(self, parts: "Parts") -> None:
        """Beat for the process of `parts`."""
        self._parts = parts

    async def beat(self) -> None:
        """Write one heartbeat; a database that is away gets the next one."""
        row = {"pid": os.getpid(), "at": time.time(), **own_use()}
        name = self._parts.process

        def work(change: Change) -> None:
            here = heartbeats.c.process == name
            if change.connection.execute(update(heartbeats).where(here).values(row)).rowcount == 0:
                change.connection.execute(insert(heartbeats).values(process=name, **row))

        try:
            await self._parts.quiet_ledger.change(work)
        except DatabaseUnavailable:
            return

    async def stop(self) -> None:
        """Say that this process ends in good order."""
        here = heartbeats.c.process == self._parts.process
        try:
            await self._parts.quiet_ledger.change(
                lambda change: change.connection.execute(update(heartbeats).where(here).values(at=0.0))
            )
        except DatabaseUnavailable:
            return


class Components:
    """Knows how all parts are. Looks by itself once a second."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self.states: dict[str, str] = dict.fromkeys((*PROCESSES, "database", "redis", "source", "engine"), "down")
        self.engine_worked = True

    async def look(self) -> None:
        """Look at everything."""
        database, redis, engine = await asyncio.gather(
            self._parts.database.usable(), self._parts.redis_probe.probe(), self._parts.engine.reachable()
        )
        states = {"api": "up", "database": _word(database), "redis": _word(redis), "engine": _word(engine)}
        if database:
            try:
                states |= await self._from_database()
            except DatabaseUnavailable:
                states["database"] = "down"
        self.states = {**self.states, **states}

    async def _from_database(self) -> dict[str, str]:
        parts = self._parts
        if await parts.source_watch.stale():
            await parts.source_watch.look()

        def work(connection: Any) -> tuple[dict[str, str], bool, bool]:
            beats = {row.process: row.at for row in connection.execute(select(heartbeats))}
            lives = {name: _word(time.time() - beats.get(name, 0.0) < BEAT_IS_OLD_AFTER) for name in PROCESSES[1:]}
            source, worked = fact(connection, "source_reachable"), fact(connection, "engine_worked")
            return lives, bool(source and source[0]), worked is None or bool(worked[0])

        lives, source, self.engine_worked = await parts.ledger.read(work)
        return {**lives, "source": _word(source)}

    async def health(self) -> dict[str, Any]:
        """Give the body of `/health`; the database is asked anew, the rest was seen within the last seconds."""
        if not await self._database_usable():
            self.states = {**self.states, "database": "down"}
        states = dict(self.states)
        return {"status": self.status(states), "timestamp": time.time(), "version": VERSION, "components": states}

    async def _database_usable(self) -> bool:
        """Ask the database; whoever asks for a sign of life does not wait long behind a rush of other questions."""
        try:
            async with asyncio.timeout(LIVES_WITHIN):
                return await self._parts.database.usable()
        except TimeoutError:
            return self.states["database"] == "up"

    def status(self, states: dict[str, str]) -> str:
        """Sum the parts up."""
        if states["database"] == "down":
            return "unhealthy"
        return "healthy" if set(states.values()) == {"up"} else "degraded"


def own_use() -> dict[str, float]:
    """Give what this process uses: resident bytes, processor seconds, open files."""
    times = os.times()
    try:
        resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        files = len(os.listdir("/proc/self/fd"))
    except OSError:
        resident, files = 0, 0
    return {"resident_bytes": resident, "cpu_seconds": times.user + times.system, "open_files": files}


def _word(up: bool) -> str:
    return "up" if up else "down"
