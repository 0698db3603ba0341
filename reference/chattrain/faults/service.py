"""Faults of the core services: a frozen health report, sessions that share a number, errors that show their insides."""

import asyncio
import time
from dataclasses import replace
from datetime import datetime
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response

from reference.chattrain import clock
from reference.chattrain.faults import fault
from reference.chattrain.health import VERSION, HealthReporter
from reference.chattrain.parts import Parts
from reference.chattrain.rest.problems import Problems
from reference.chattrain.sessions import LARGEST_ID, Session
from reference.common.answers import detail

SAME_MOMENT_SECONDS = 0.05


@fault("stale-health", "CT-API-01", "CT-API-05", "CT-MON-01")
def stale_health(parts: Parts) -> None:
    """Report the health of the start for ever, in local time without its zone, whatever happens behind it."""
    parts.health = _FrozenHealth(parts)


class _FrozenHealth(HealthReporter):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        # Local time without its zone is the fault.
        started = datetime.now().isoformat(timespec="milliseconds")
        checks = {"database": "up", "content": "up", "ai": "unknown"}
        self._report = {"status": "healthy", "timestamp": started, "version": VERSION, "checks": checks}

    async def report(self) -> dict[str, Any]:
        return dict(self._report)


@fault("twin-session-ids", "CT-API-03", "CT-DATA-02")
def twin_session_ids(parts: Parts) -> None:
    """Give sessions that are created within the same 50 ms one number (and one token)."""
    create = parts.sessions.create
    began, latest = float("-inf"), None

    async def create_or_share(scenario_id: int, user_id: str) -> tuple[Session, str]:
        nonlocal began, latest
        if latest is None or time.monotonic() - began > SAME_MOMENT_SECONDS:
            began, latest = time.monotonic(), asyncio.ensure_future(create(scenario_id, user_id))
        session, token = await asyncio.shield(latest)
        return replace(session, scenario_id=scenario_id, user_id=user_id, created_at=clock.now()), token

    parts.sessions.create = create_or_share  # type: ignore[method-assign]


@fault("bad-input-500", "CT-API-04", "CT-SEC-12")
def bad_input_500(parts: Parts) -> None:
    """Answer numbers that are too large and null fields with 500 and the text of an exception."""
    parts.problems = _TalkativeProblems()


class _TalkativeProblems(Problems):
    def invalid(self, error: RequestValidationError) -> Response:
        for problem in error.errors():
            value, field = problem.get("input"), problem["loc"][-1]
            if value is None:
                return detail(500, f"sqlite3.IntegrityError: NOT NULL constraint failed: sessions.{field}")
            if isinstance(value, int) and abs(value) > LARGEST_ID:
                return detail(500, "OverflowError: Python int too large to convert to SQLite INTEGER")
        return super().invalid(error)
