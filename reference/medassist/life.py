"""The orderly end: nothing new begins, what runs is finished, sockets are told."""

import asyncio
from typing import TYPE_CHECKING

from reference.medassist.chat.rooms import GOING_DOWN

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

GRACE_SECONDS = 10.0


class Life:
    """Knows whether the process is ending, and how many requests are running."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self.stopping = False
        self._running = 0
        self._quiet = asyncio.Event()

    def begun(self) -> None:
        """A request has begun."""
        self._running += 1
        self._quiet.clear()

    def ended(self) -> None:
        """A request has ended."""
        self._running -= 1
        if self._running == 0:
            self._quiet.set()

    async def end(self) -> None:
        """Close the sockets and wait for running requests, for ten seconds at most."""
        self.stopping = True
        self._parts.rooms.close_all(GOING_DOWN)
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                while self._running:
                    await self._quiet.wait()
                # Whoever is still connected when the server closes its doors gets the server's code, not ours.
                await self._parts.rooms.emptied()
        except TimeoutError:
            self._parts.logbook.event("end", "WARNING", outcome="requests were cut off")
        self._parts.logbook.event("end", outcome="orderly")
