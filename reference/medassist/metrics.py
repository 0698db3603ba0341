"""The numbers an operator watches, as Prometheus text. Labels never hold ids, names or what somebody said."""

import time

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
CHANNELS = ("chat", "nurse")
URGENCIES = ("routine", "urgent", "immediate")
BREAKER_STATES = {"closed": 0, "half_open": 1, "open": 2}
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0)


class Metrics:
    """Counts what this process does."""

    def __init__(self) -> None:
        """Start every counter at zero."""
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._began = time.monotonic()
        self._requests = Counter("http_requests", "HTTP answers", ["method", "route", "status"], registry=registry)
        self._durations = Histogram("http_request_duration_seconds", "HTTP", buckets=_SECONDS, registry=registry)
        self._connections = Gauge("ws_connections_active", "Open sockets", ["channel"], registry=registry)
        self._frames = Counter("ws_messages", "Frames by way and type", ["direction", "type"], registry=registry)
        self._replies = Counter("chat_replies", "Answers to patients", ["outcome"], registry=registry)
        self._flags = Counter("red_flags", "Red flags by category", ["category"], registry=registry)
        self._queue = Gauge("par_queue_pending", "Reports that wait", ["urgency"], registry=registry)
        self._reviews = Counter("par_reviews", "Decisions of nurses", ["decision"], registry=registry)
        self._queries = Counter("db_queries", "Statements", registry=registry)
        self._query_seconds = Histogram("db_query_duration_seconds", "Statements", buckets=_SECONDS, registry=registry)
        self._model = Counter("model_requests", "AI requests", ["model_id", "version", "outcome"], registry=registry)
        self._inference = Histogram("model_inference_duration_seconds", "AI", buckets=_SECONDS, registry=registry)
        self._cache = Counter("cache_lookups", "Lookups in the cache", ["result"], registry=registry)
        self._breaker = Gauge("circuit_breaker_state", "0 closed, 1 half_open, 2 open", ["name"], registry=registry)
        uptime = Gauge("system_uptime_seconds", "Since the start", registry=registry)
        uptime.set_function(lambda: time.monotonic() - self._began)
        for channel in CHANNELS:
            self._connections.labels(channel=channel)
        for urgency in URGENCIES:
            self._queue.labels(urgency=urgency)
        for outcome in ("answered", "fallback", "filtered"):
            self._replies.labels(outcome=outcome)
        for result in ("hit", "miss"):
            self._cache.labels(result=result)
        self._breaker.labels(name="model")

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an HTTP answer of `route`, named by its template."""
        self._requests.labels(method=method, route=route, status=str(status)).inc()
        self._durations.observe(seconds)

    def connections(self, channel: str, change: int) -> None:
        """Follow an opened (+1) or closed (-1) socket."""
        self._connections.labels(channel=channel).inc(change)

    def frame(self, direction: str, kind: str) -> None:
        """Count a frame that was `sent` or `received`."""
        self._frames.labels(direction=direction, type=kind).inc()

    def reply(self, outcome: str) -> None:
        """Count an answer to a patient."""
        self._replies.labels(outcome=outcome).inc()

    def red_flag(self, category: str) -> None:
        """Count a red flag."""
        self._flags.labels(category=category).inc()

    def queue(self, waiting: dict[str, int]) -> None:
        """Show how many reports wait, by urgency."""
        for urgency in URGENCIES:
            self._queue.labels(urgency=urgency).set(waiting.get(urgency, 0))

    def review(self, decision: str) -> None:
        """Count a decision."""
        self._reviews.labels(decision=decision).inc()

    def query(self, seconds: float) -> None:
        """Count a statement."""
        self._queries.inc()
        self._query_seconds.observe(seconds)

    def model(self, model_id: str, version: str, outcome: str, seconds: float) -> None:
        """Count a request to the AI."""
        self._model.labels(model_id=model_id, version=version, outcome=outcome).inc()
        self._inference.observe(seconds)

    def cache(self, result: str) -> None:
        """Count a lookup in the cache."""
        self._cache.labels(result=result).inc()

    def breaker(self, name: str, state: str) -> None:
        """Show the state of a breaker."""
        self._breaker.labels(name=name).set(BREAKER_STATES[state])

    def exposition(self) -> bytes:
        """Give everything in the Prometheus text format."""
        return generate_latest(self._registry)
