"""How the models did in their last requests."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

KEPT = 50


@dataclass(frozen=True)
class Call:
    """One request to a version of a model."""

    version: str
    failed: bool
    seconds: float


class Figures:
    """The last 50 requests of each model."""

    def __init__(self) -> None:
        """Begin without any."""
        self._calls: dict[str, deque[Call]] = {}

    def note(self, model_id: str, call: Call) -> None:
        """Take note of a request."""
        self._calls.setdefault(model_id, deque(maxlen=KEPT)).append(call)

    def models(self) -> list[str]:
        """Give the models that were asked."""
        return list(self._calls)

    def calls(self, model_id: str) -> list[Call]:
        """Give the last requests of a model."""
        return list(self._calls.get(model_id, ()))

    def shown(self, model_id: str) -> dict[str, Any]:
        """Give the figures of a model and of each of its versions."""
        calls = self.calls(model_id)
        versions = {call.version for call in calls}
        each = {version: summary([call for call in calls if call.version == version]) for version in sorted(versions)}
        return {**summary(calls), "versions": each}


def summary(calls: Sequence[Call]) -> dict[str, float]:
    """Count requests and errors; latencies in milliseconds."""
    errors = sum(call.failed for call in calls)
    seconds = [call.seconds for call in calls]
    return {
        "requests": len(calls),
        "errors": errors,
        "error_rate": errors / len(calls) if calls else 0.0,
        "avg_latency_ms": round(sum(seconds) / len(seconds) * 1000, 3) if seconds else 0.0,
        "p95_latency_ms": round(p95(seconds) * 1000, 3),
    }


def p95(values: Sequence[float]) -> float:
    """Give the value that 95 of 100 do not exceed (nearest rank); 0 if there is none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
