"""The numbers an operator watches, as Prometheus text; counts of all processes, no name, prompt or token."""

from collections import Counter as Tally
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from sqlalchemy import func, select

from reference.modelhub import tables
from reference.modelhub.store.reading import ACTIVE
from reference.modelhub.store.view import HubView

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

disable_created_metrics()  # type: ignore[no-untyped-call]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
STATES = ("available", "downloading", "missing", "corrupted", "updating", "queued", "paused", "failed", "unknown")
COUNTERS = {
    "modelhub_download_bytes_total": ("model_id", "Bytes fetched"),
    "modelhub_download_retries_total": ("model_id", "Attempts after the first"),
    "modelhub_verify_failures_total": ("", "Verifications that found damage"),
    "modelhub_repairs_total": ("result", "Repairs that ended"),
    "modelhub_updates_total": ("result", "Updates that ended"),
    "modelhub_tasks_total": ("status", "Generations that ended"),
    "modelhub_fallbacks_total": ("strategy", "Ways that were offered"),
}


class Metrics:
    """Counts what this process does, and gathers what the others wrote down."""

    def __init__(self) -> None:
        """Start every counter at zero."""
        self._registry = CollectorRegistry()
        labels = ["route", "method", "status"]
        self._requests = Counter("modelhub_http_requests", "HTTP answers", labels, registry=self._registry)
        self._durations = Histogram(
            "modelhub_http_request_duration_seconds", "HTTP", ["route"], buckets=_SECONDS, registry=self._registry
        )

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an HTTP answer of a route, named by its template."""
        self._requests.labels(route=route, method=method, status=str(status)).inc()
        self._durations.labels(route=route).observe(seconds)

    async def exposition(self, parts: "Parts") -> bytes:
        """Give everything in the Prometheus text format. Raises DatabaseUnavailable."""
        view = await parts.viewer.view()
        stored = await parts.ledger.read(_stored)
        registry = CollectorRegistry()
        registry.register(_Gathered(parts, view, stored))  # type: ignore[arg-type]
        return generate_latest(self._registry) + generate_latest(registry)


class _Gathered:
    def __init__(self, parts: "Parts", view: HubView, stored: dict[str, Any]) -> None:
        self._parts, self._view, self._stored = parts, view, stored

    def collect(self) -> Any:
        """Give all families."""
        view, stored = self._view, self._stored
        for name, (label, about) in COUNTERS.items():
            values = {key: value for (counter, key), value in stored["counters"].items() if counter == name}
            yield _family(CounterMetricFamily, name.removesuffix("_total"), about, label, values or {"": 0.0})
        states = Tally(model.availability for model in view.models.values())
        yield _family(
            GaugeMetricFamily,
            "modelhub_models",
            "Models by availability",
            "availability_status",
            {state: float(states[state]) for state in STATES},
        )
        scores = {name: model.health.integrity_score for name, model in view.models.items()}
        yield _family(GaugeMetricFamily, "modelhub_model_integrity", "Verified files of all", "model_id", scores)
        yield _family(GaugeMetricFamily, "modelhub_downloads", "Transfers", "status", stored["downloads"])
        yield _family(GaugeMetricFamily, "modelhub_queue_depth", "What waits", "queue", stored["queues"])
        up = {name: float(state == "up") for name, state in self._parts.components.states.items()}
        yield _family(GaugeMetricFamily, "modelhub_component_up", "Parts", "component", up)
        single = {
            "modelhub_ws_connections": float(self._parts.sockets.count),
            "modelhub_storage_used_bytes": float(view.used),
            "modelhub_storage_capacity_bytes": float(view.capacity),
        }
        for name, value in single.items():
            yield _family(GaugeMetricFamily, name, name, "", {"": value})
        for name, about in (
            ("process_resident_memory_bytes", "resident_bytes"),
            ("process_cpu_seconds_total", "cpu_seconds"),
            ("process_open_fds", "open_files"),
        ):
            values = {process: float(beat[about]) for process, beat in stored["processes"].items()}
            kind = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
            yield _family(kind, name.removesuffix("_total"), about, "process", values)


def _family(kind: Any, name: str, about: str, label: str, values: dict[str, float]) -> Any:
    family = kind(name, about, labels=[label] if label else [])
    for key, value in values.items():
        if key or not label:
            family.add_metric([key] if label else [], value)
    return family


def _stored(connection: Any) -> dict[str, Any]:
    counters = {(row.name, row.label): row.value for row in connection.execute(select(tables.counters))}
    downloads = tables.downloads
    active = connection.execute(select(downloads.c.status).where(downloads.c.status.in_(ACTIVE))).all()
    by_status = {**dict.fromkeys((*ACTIVE, "completed", "failed", "cancelled"), 0.0)}
    by_status |= {label: value for (name, label), value in counters.items() if name == "modelhub_downloads"}
    for row in active:
        by_status[row.status] += 1
    queues = {
        "generation": _count(connection, tables.generation_tasks, "pending"),
        "waiting": _count(connection, tables.waiting_requests, "waiting"),
    }
    processes = {row.process: row._mapping for row in connection.execute(select(tables.heartbeats))}
    return {"counters": counters, "downloads": by_status, "queues": queues, "processes": processes}


def _count(connection: Any, table: Any, status: str) -> float:
    query = select(func.count()).select_from(table).where(table.c.status == status)
    return float(connection.execute(query).scalar_one())
