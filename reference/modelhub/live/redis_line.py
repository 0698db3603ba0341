"""The connection to the event store. Losing it costs notifications and speed, never work."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

Result = TypeVar("Result")

WITHIN = 0.5
MOST_CONNECTIONS = 3
"""Who finds all of them busy waits: a rush of questions would else leave as many open connections behind."""
REST_SECONDS = 0.5
"""After a failure nothing is asked for so long, so that a hanging store does not slow every caller down."""


class RedisDown(Exception):
    """The event store did not do what was asked."""


class RedisLine:
    """Asks the event store, with a hard end for each question."""

    def __init__(self, url: str) -> None:
        """Connect to `url` when first asked."""
        self._url = url
        self._client: Redis | None = None
        self._failed_at = float("-inf")
        self.up = False

    async def ask(self, question: Callable[[Redis], Awaitable[Result]], within: float = WITHIN) -> Result:
        """Ask something. Raises RedisDown after `within` seconds at most."""
        if time.monotonic() - self._failed_at < REST_SECONDS:
            raise RedisDown("it failed a moment ago")
        client = self._connected()
        try:
            async with asyncio.timeout(within):
                answer = await question(client)
        except (RedisError, OSError, TimeoutError) as error:
            self._failed_at = time.monotonic()
            self.up = False
            await self._drop()
            raise RedisDown(type(error).__name__) from None
        except Exception:
            if client is self._client:
                raise
            # Another caller whose time was over let the connections go in the middle of this question.
            raise RedisDown("the connection was let go") from None
        self.up = True
        return answer

    async def probe(self) -> bool:
        """Say whether the store answers."""
        try:
            await self.ask(_ping)
        except RedisDown:
            return False
        return True

    async def close(self) -> None:
        """Let the connections go."""
        await self._drop()

    def _connected(self) -> Redis:
        if self._client is None:
            self._client = Redis.from_pool(
                BlockingConnectionPool.from_url(
                    self._url,
                    max_connections=MOST_CONNECTIONS,
                    timeout=WITHIN,
                    decode_responses=True,
                    socket_connect_timeout=WITHIN,
                    retry=Retry(NoBackoff(), 0),
                )
            )
        return self._client

    async def _drop(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            async with asyncio.timeout(WITHIN):
                await client.aclose()
        except (RedisError, OSError, TimeoutError):
            self.up = False


async def _ping(client: Redis) -> Any:
    return await client.ping()
