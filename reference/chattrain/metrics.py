"""The numbers an operator watches, as Prometheus text."""

from typing import Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

disable_created_metrics()  # type: ignore[no-untyped-call]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OUTCOMES = ("answered", "fallback", "refused")
STATUSES = ("active", "completed", "abandoned")
AI_RESULTS = ("answered", "failed")
_REPLY_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)


class Metrics:
    """Counts lines, sessions, connections, requests and AI calls of this process."""

    def __init__(self) -> None:
        """Start every counter at zero, with all its labels shown from the beginning."""
        self._registry = CollectorRegistry()
        registry = self._registry
        ProcessCollector(registry=registry)
        self._messages = Counter("chattrain_messages", "Trainee lines by outcome", ["outcome"], registry=registry)
        self._sessions = Counter("chattrain_sessions", "Sessions that took a status", ["status"], registry=registry)
        self._connections = Gauge("chattrain_active_connections", "Open chat sockets", registry=registry)
        self._reply = Histogram(
            "chattrain_reply_seconds", "From a trainee line to its answer", buckets=_REPLY_BUCKETS, registry=registry
        )
        self._requests = Counter("chattrain_http_requests", "HTTP answers", ["route", "code"], registry=registry)
        self._ai_calls = Counter("chattrain_ai_calls", "Questions to the AI by result", ["result"], registry=registry)
        for counter, label, values in (
            (self._messages, "outcome", OUTCOMES),
            (self._sessions, "status", STATUSES),
            (self._ai_calls, "result", AI_RESULTS),
        ):
            for value in values:
                counter.labels(**{label: value})

    def message(self, outcome: Literal["answered", "fallback", "refused"]) -> None:
        """Count a trainee line."""
        self._messages.labels(outcome=outcome).inc()

    def session(self, status: str) -> None:
        """Count a session that was opened ("active") or ended ("completed", "abandoned")."""
        self._sessions.labels(status=status).inc()

    def connections(self, change: int) -> None:
        """Follow an opened (+1) or closed (-1) chat socket."""
        self._connections.inc(change)

    def reply(self, seconds: float) -> None:
        """Record how long a trainee waited for the customer's answer."""
        self._reply.observe(seconds)

    def request(self, route: str, code: int) -> None:
        """Count an HTTP answer of `route`, named by its template."""
        self._requests.labels(route=route, code=str(code)).inc()

    def ai_call(self, result: Literal["answered", "failed"]) -> None:
        """Count a question to the AI."""
        self._ai_calls.labels(result=result).inc()

    def exposition(self) -> bytes:
        """Give everything in the Prometheus text format."""
        return generate_latest(self._registry)
