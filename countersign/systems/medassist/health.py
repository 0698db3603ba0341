"""What MedAssist tells of itself: the four routes of health, read at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass

from countersign.errors import SystemFault
from countersign.systems.medassist.api import MedAssistApi

LOOK_WITHIN = 4.0


@dataclass(frozen=True)
class Picture:
    """One look. Codes are 0 where no answer came; `checks` are the components of the detailed report."""

    health_code: int
    status: str
    checks: Mapping[str, str]
    ready_code: int
    ready: bool | None
    live_code: int

    def says_healthy(self) -> bool:
        """Say whether it tells that all is well."""
        fine = self.health_code == 200 and self.status == "healthy" and self.ready is True and self.ready_code == 200
        return fine and set(self.checks.values()) == {"healthy"}

    def says_degraded(self) -> bool:
        """Say whether it tells that the AI is not well and the system works all the same."""
        told = self.health_code == 200 and self.status == "degraded"
        return told and self.checks.get("model") in ("degraded", "unhealthy") and self.ready is True

    def says_unusable(self) -> bool:
        """Say whether it tells that nothing can be served for want of the database."""
        told = self.health_code == 503 and self.status == "unhealthy" and self.checks.get("database") == "unhealthy"
        return told and self.ready is False and self.ready_code == 503

    def __str__(self) -> str:
        checks = ", ".join(f"{name} {how}" for name, how in self.checks.items()) or "no components"
        return f"health {self.status!r} ({self.health_code}; {checks}), ready {self.ready} ({self.ready_code})"


def picture_of(api: MedAssistApi) -> Picture:
    """Look at all routes of health once. A route that gives no answer counts as the code 0."""
    health_code, health = _told(api, "/api/health")
    _, detailed = _told(api, "/api/health/detailed")
    ready_code, ready = _told(api, "/api/health/ready")
    live_code, live = _told(api, "/api/health/live")
    checks = detailed.get("checks")
    return Picture(
        health_code,
        str(health.get("status", "")),
        {str(name): str(how) for name, how in checks.items()} if isinstance(checks, Mapping) else {},
        ready_code,
        ready.get("ready") if isinstance(ready.get("ready"), bool) else None,  # type: ignore[arg-type]
        live_code if live.get("alive") is True else 0,
    )


def _told(api: MedAssistApi, path: str) -> tuple[int, Mapping[str, object]]:
    try:
        answer = api.ask("GET", path, token="", within=LOOK_WITHIN)
        body = answer.json()
    except SystemFault:
        return 0, {}
    return answer.status, body if isinstance(body, Mapping) else {}
