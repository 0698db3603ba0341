"""Faults of monitoring: what an operator sees is better than it is, or more than there was."""

from collections.abc import Callable
from typing import Any

from reference.medassist.chat.rooms import Connection
from reference.medassist.faults import fault
from reference.medassist.health import HealthReporter
from reference.medassist.parts import Parts

COUNTED_TWICE = ("request", "frame", "reply", "red_flag", "review", "query", "model", "cache")
KEPT_BYTES = 400_000
MOST_KEPT_SOCKETS = 1500
"""After so many sockets (600 MB) nothing more is kept: the point is made, and the machine goes on."""


@fault("rosy-monitoring", "MA-MON-01", "MA-MON-02")
def rosy_monitoring(parts: Parts) -> None:
    """Report good health whatever happens, count everything twice, and keep 400 kB of every socket for ever."""
    parts.health = _RosyHealth(parts)
    for name in COUNTED_TWICE:
        setattr(parts.metrics, name, _twice(getattr(parts.metrics, name)))
    join, kept = parts.rooms.join, list[bytes]()

    def join_and_keep(name: str, connection: Connection) -> None:
        if len(kept) < MOST_KEPT_SOCKETS:
            kept.append(b"x" * KEPT_BYTES)
        join(name, connection)

    parts.rooms.join = join_and_keep  # type: ignore[method-assign]


class _RosyHealth(HealthReporter):
    async def checks(self) -> dict[str, str]:
        return dict.fromkeys(("database", "model", "websocket", "queue"), "healthy")

    async def ready(self) -> dict[str, Any]:
        return {"ready": True}


def _twice(count: Callable[..., None]) -> Callable[..., None]:
    def counted(*about: Any) -> None:
        count(*about)
        count(*about)

    return counted
