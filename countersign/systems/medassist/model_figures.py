"""The figures of a model's last requests, and the alerts raised about it (capability model-ops)."""

from dataclasses import dataclass
from typing import Any

from countersign.systems.medassist.model import need
from countersign.systems.medassist.models import Models


@dataclass(frozen=True)
class ModelFigures:
    """Figures over the last 50 requests; latencies in milliseconds, `error_rate` from 0 to 1."""

    requests: int
    errors: int
    error_rate: float
    average_ms: float
    p95_ms: float


@dataclass(frozen=True)
class Alert:
    """An alert. `status` is active or resolved."""

    name: str
    status: str
    model_id: str | None
    created_at: str
    resolved_at: str | None


def figures_of(models: Models, model_id: str, version: str = "") -> ModelFigures:
    """Read the figures of a model, or of one of its versions."""
    data, where = models.get(f"models/{model_id}/metrics"), "the figures of a model"
    if version:
        data = need(need(data, "versions", dict, where), version, dict, f"{where} by version")
    return ModelFigures(
        requests=need(data, "requests", int, where),
        errors=need(data, "errors", int, where),
        error_rate=float(need(data, "error_rate", (int, float), where)),
        average_ms=float(need(data, "avg_latency_ms", (int, float), where)),
        p95_ms=float(need(data, "p95_latency_ms", (int, float), where)),
    )


def alerts_of(models: Models, model_id: str | None, name: str) -> list[Alert]:
    """List the alerts of a name about a model (None: about whatever), active and resolved."""
    read = [_alert(item) for status in ("active", "resolved") for item in models.alerts(status)]
    return [alert for alert in read if alert.name == name and model_id in (None, alert.model_id)]


def active_alert(models: Models, model_id: str | None, name: str) -> bool:
    """Say whether an alert of a name about a model (None: about whatever) is active."""
    read = (_alert(item) for item in models.alerts("active"))
    return any(alert.name == name and model_id in (None, alert.model_id) for alert in read)


def _alert(data: Any) -> Alert:
    where = "an alert"
    return Alert(
        name=need(data, "name", str, where),
        status=need(data, "status", str, where),
        model_id=data.get("model_id"),
        created_at=need(data, "created_at", str, where),
        resolved_at=data.get("resolved_at"),
    )
