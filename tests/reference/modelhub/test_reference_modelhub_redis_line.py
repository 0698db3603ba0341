"""One caller of the event store whose time is over takes the others' connections away, but breaks nothing of theirs."""

import asyncio

import pytest
from redis.asyncio import Redis

from reference.modelhub.live.redis_line import RedisDown, RedisLine

NOWHERE = "redis://127.0.0.1:1/0"


async def _never(client: Redis) -> None:
    await asyncio.Event().wait()


async def _breaks(client: Redis) -> None:
    raise AttributeError("the connection has no writer any more")


def test_who_loses_the_connection_through_another_caller_is_told_that_the_store_is_down() -> None:
    async def both() -> list[BaseException | None]:
        line, over = RedisLine(NOWHERE), asyncio.Event()

        async def breaks_when_it_is_gone(client: Redis) -> None:
            await over.wait()
            await _breaks(client)

        other = asyncio.ensure_future(line.ask(breaks_when_it_is_gone, 5.0))
        first = await asyncio.gather(line.ask(_never, 0.05), return_exceptions=True)
        over.set()
        return [*first, *await asyncio.gather(other, return_exceptions=True)]

    assert [type(outcome) for outcome in asyncio.run(both())] == [RedisDown, RedisDown]


def test_an_error_of_the_question_itself_is_not_hidden() -> None:
    with pytest.raises(AttributeError):
        asyncio.run(RedisLine(NOWHERE).ask(_breaks, 1.0))
