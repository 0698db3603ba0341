"""Say truthfully how the system is."""

import asyncio
from typing import TYPE_CHECKING, Any

from reference.chattrain import clock

if TYPE_CHECKING:
    from reference.chattrain.parts import Parts

VERSION = "1.0.0"


class HealthReporter:
    """Looks at the database, the content and the last call of the AI."""

    def __init__(self, parts: "Parts") -> None:
        """Report on the pieces in `parts`."""
        self._parts = parts

    async def report(self) -> dict[str, Any]:
        """Give the body of the health route; `status` is healthy, degraded or unhealthy."""
        database_up = await self._parts.database.usable()
        content_up = bool(self._parts.catalogue.listed()) and await asyncio.to_thread(self._parts.catalogue.readable)
        ai = self._parts.customer.state
        fit = "degraded" if ai == "down" else "healthy"
        return {
            "status": fit if database_up and content_up else "unhealthy",
            "timestamp": clock.iso(clock.now()),
            "version": VERSION,
            "checks": {"database": _word(database_up), "content": _word(content_up), "ai": ai},
        }


def _word(up: bool) -> str:
    return "up" if up else "down"
