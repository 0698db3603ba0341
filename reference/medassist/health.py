"""Say truthfully how the system is."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from reference.common.clock import iso_exact, now
from reference.common.database import DatabaseUnavailable

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

PROBE_SECONDS = 1.5
PROBE_WITHIN = 1.5
FAILURE_COUNTS_SECONDS = 30.0


class HealthReporter:
    """Looks at the database, the AI, the sockets and the queue."""

    def __init__(self, parts: "Parts") -> None:
        """Report on the pieces in `parts`."""
        self._parts = parts
        self.ai_reachable = True
        self._ai_back_at = float("-inf")

    async def probe(self) -> None:
        """See whether the AI service answers; no model is asked."""
        reachable = await self._parts.inference.client.reachable(PROBE_WITHIN)
        if reachable and not self.ai_reachable:
            self._ai_back_at = time.monotonic()
        self.ai_reachable = reachable

    async def report(self) -> dict[str, Any]:
        """Give the body of the health route; `status` is healthy, degraded or unhealthy."""
        return self._body(self.status(await self.checks()))

    async def detailed(self) -> dict[str, Any]:
        """Give the same with each component."""
        checks = await self.checks()
        return {**self._body(self.status(checks)), "checks": checks}

    async def ready(self) -> dict[str, Any]:
        """Say whether requests can be served."""
        if await self._parts.database.usable():
            return {"ready": True}
        return {"ready": False, "reason": "database_unhealthy"}

    async def checks(self) -> dict[str, str]:
        """Give how each component is."""
        database_up = await self._parts.database.usable()
        up = "healthy" if database_up else "unhealthy"
        return {"database": up, "model": self.model(), "websocket": "healthy", "queue": up}

    def model(self) -> str:
        """Say how the AI is: unreachable, failing, or fine."""
        if not self.ai_reachable:
            return "unhealthy"
        failed_at = self._parts.inference.last_failure
        failing = failed_at > self._ai_back_at and time.monotonic() - failed_at < FAILURE_COUNTS_SECONDS
        return "degraded" if failing or self._parts.breaker.state != "closed" else "healthy"

    def status(self, checks: dict[str, str]) -> str:
        """Sum the components up."""
        if checks["database"] == "unhealthy":
            return "unhealthy"
        return "healthy" if set(checks.values()) == {"healthy"} else "degraded"

    async def show_queue(self) -> None:
        """Bring the gauge of waiting reports up to date, as far as the database tells."""
        try:
            async with asyncio.timeout(2):
                self._parts.metrics.queue(await self._parts.queue.waiting_by_urgency())
        except (DatabaseUnavailable, TimeoutError):
            self._parts.logbook.event("metrics", "WARNING", outcome="queue unknown: database unavailable")

    def _body(self, status: str) -> dict[str, Any]:
        settings = self._parts.settings
        told = {"status": status, "service": settings.app_name, "version": settings.app_version}
        return {**told, "timestamp": iso_exact(now())}
