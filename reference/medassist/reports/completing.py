"""Complete reports in the background: each gets its call of the AI, also after a restart."""

import asyncio
from typing import TYPE_CHECKING

from reference.common.rounds import until_done
from reference.medassist.reports.par import Par

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

RETRY_SECONDS = 0.5


class Completing:
    """Runs one task for each report that waits for the AI's part."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, par: Par) -> None:
        """Complete a report soon."""
        task = asyncio.create_task(self._complete(par))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def recover(self) -> None:
        """Take up the reports that still waited at the end of the last process. Raises DatabaseUnavailable."""
        for par in await self._parts.pars.awaiting_ai():
            self.put(par)

    async def close(self) -> None:
        """Stop all work."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _complete(self, par: Par) -> None:
        try:
            await until_done(lambda: self._parts.maker.complete_later(par), RETRY_SECONDS)
        except Exception as error:  # noqa: BLE001 - a report that stays degraded must not end anything else
            self._parts.logbook.trouble("completing", error)
