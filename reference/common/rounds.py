"""Work that comes back again and again for as long as a server runs."""

import asyncio
from collections.abc import Awaitable, Callable


async def every(seconds: float, work: Callable[[], Awaitable[None]], trouble: Callable[[BaseException], None]) -> None:
    """Do `work` after every pause of `seconds`, until cancelled; an error is given to `trouble` and ends one round."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - one bad round must not end the watch
            trouble(error)


async def until_done(attempt: Callable[[], Awaitable[bool]], seconds: float) -> None:
    """Try until `attempt` says that it is done, with a pause of `seconds` between two tries."""
    while not await attempt():
        await asyncio.sleep(seconds)
