"""Wake-ups between processes: a list each in the event store, and a look of one's own when it is away."""

import asyncio
from collections.abc import Iterable

from redis.asyncio import Redis

from reference.modelhub.live.redis_line import RedisDown, RedisLine

KEPT = 100


class Bell:
    """Rings other processes, and waits to be rung."""

    def __init__(self, url: str, process: str) -> None:
        """Listen for `process`."""
        self._ringing = RedisLine(url)
        self._listening = RedisLine(url)
        self._process = process
        self._rung_here = asyncio.Event()

    def here(self) -> None:
        """Wake this process itself."""
        self._rung_here.set()

    async def ring(self, processes: Iterable[str]) -> None:
        """Wake processes; without the event store they look by themselves a little later."""
        names = set(processes)
        if self._process in names:
            self._rung_here.set()

        async def push(client: Redis) -> None:
            pipeline = client.pipeline(transaction=False)
            for name in names - {self._process}:
                pipeline.lpush(f"mh:wake:{name}", "1")
                pipeline.ltrim(f"mh:wake:{name}", 0, KEPT)
            await pipeline.execute()

        if names - {self._process}:
            try:
                await self._ringing.ask(push)
            except RedisDown:
                return

    async def wait(self, seconds: float) -> None:
        """Wait until rung, for `seconds` at most."""
        rung = asyncio.ensure_future(self._rung(seconds))
        here = asyncio.ensure_future(self._rung_here.wait())
        try:
            await asyncio.wait({rung, here}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            rung.cancel()
            here.cancel()
            await asyncio.gather(rung, here, return_exceptions=True)
        self._rung_here.clear()

    async def close(self) -> None:
        """Let the connections go."""
        await self._ringing.close()
        await self._listening.close()

    async def _rung(self, seconds: float) -> None:
        async def pop(client: Redis) -> None:
            await client.brpop([f"mh:wake:{self._process}"], timeout=seconds)
            await client.delete(f"mh:wake:{self._process}")

        try:
            await self._listening.ask(pop, seconds + 1)
        except RedisDown:
            await asyncio.Event().wait()  # until the caller's time is over
