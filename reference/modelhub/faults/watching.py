"""Faults of status, health, repair and recovery, performance and updates."""

import time
from typing import Any

from sqlalchemy import insert

from reference.common.clock import iso, now
from reference.common.ids import fresh_id
from reference.modelhub import tables
from reference.modelhub.faults import fault
from reference.modelhub.models.health import Health
from reference.modelhub.parts import Parts
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.usage import Performance
from reference.modelhub.store.view import HubView, ModelView
from reference.modelhub.watch.components import PROCESSES

A_MINUTE = 60.0


@fault("monitor-asleep", "MH-DL-12", "MH-UPD-01", "MH-HEALTH-02")
def monitor_asleep(parts: Parts) -> None:
    """Verify nothing at the start, nothing later, and look for no updates."""

    async def nothing(view: HubView) -> None:
        return None

    parts.monitor.verify_all = nothing  # type: ignore[method-assign]
    parts.monitor.check_health = nothing  # type: ignore[method-assign]
    parts.monitor.check_updates = nothing  # type: ignore[method-assign]


class _Minute:
    """Remembers what a question was answered for a minute."""

    def __init__(self, answer: Any, key: Any) -> None:
        self._answer, self._key, self._held = answer, key, {}  # type: ignore[var-annotated]

    def __call__(self, *asked: Any) -> Any:
        key = self._key(*asked)
        held = self._held.get(key)
        if held is None or time.monotonic() - held[0] > A_MINUTE:
            held = self._held[key] = (time.monotonic(), self._answer(*asked))
        return held[1]


@fault("status-cached-a-minute", "MH-STATUS-01", "MH-STATUS-04", "MH-FALL-05", "MH-JOURNEY-01")
def status_cached_a_minute(parts: Parts) -> None:
    """Give status and suggestions as they were up to a minute ago."""
    by_model = _Minute(parts.shower.detailed, lambda view, model: model.model_id)
    parts.shower.detailed = by_model  # type: ignore[method-assign,assignment]
    parts.shower.basic = _Minute(  # type: ignore[method-assign,assignment]
        parts.shower.basic, lambda view, model: model.model_id
    )
    parts.suggester.suggest = _Minute(  # type: ignore[method-assign,assignment]
        parts.suggester.suggest, lambda view, asked, need, preferences, wait: (asked.model_id, need, wait)
    )


@fault("always-green", "MH-STATUS-02", "MH-STATUS-03", "MH-HEALTH-05", "MH-MON-01", "MH-MON-02", "MH-GATE-01")
def always_green(parts: Parts) -> None:
    """Miss no file, suggest nothing, and show the same good figures whatever happens."""
    detailed, model, system = parts.shower.detailed, parts.health_shower.model, parts.health_shower.system
    exposition = parts.metrics.exposition
    first: list[bytes] = []

    def complete(view: HubView, shown: ModelView) -> dict[str, Any]:
        return {**detailed(view, shown), "missing_files": [], "integrity_score": 1.0, "corruption_detected": False}

    def healthy(shown: ModelView) -> dict[str, Any]:
        return {**model(shown), "repair_suggestions": [], "integrity_score": 1.0, "issues": []}

    def constant(view: HubView) -> dict[str, Any]:
        counts = {"models_healthy": 3, "models_degraded": 0, "models_corrupted": 0, "models_missing": 0}
        return {**system(view), "overall_health_score": 1.0, **counts, "storage_usage_percent": 42.0}

    async def all_up() -> dict[str, Any]:
        states = dict.fromkeys((*PROCESSES, "database", "redis", "source", "engine"), "up")
        return {"status": "healthy", "timestamp": time.time(), "version": "1.0.0", "components": states}

    async def same(of: Parts) -> bytes:
        if not first:
            first.append(await exposition(of))
        return first[0]

    parts.shower.detailed = complete  # type: ignore[method-assign,assignment]
    parts.health_shower.model = healthy  # type: ignore[method-assign,assignment]
    parts.health_shower.system = constant  # type: ignore[method-assign]
    parts.health_shower.recommendations = lambda view, at: []  # type: ignore[method-assign]
    parts.components.health = all_up  # type: ignore[method-assign]
    parts.metrics.exposition = same  # type: ignore[method-assign,assignment]


@fault("claims-done", "MH-HEALTH-02", "MH-REC-01", "MH-JOURNEY-03", "MH-UAT-01", "MH-UAT-03")
def claims_done(parts: Parts) -> None:
    """Report every repair and every recovery as a success, and do nothing for it."""

    async def begin(model: ModelView, repair_type: str, **how: Any) -> dict[str, Any]:
        actions = parts.repair_desk.planned(model, repair_type)

        def work(change: Change) -> str:
            row = {
                "id": fresh_id(),
                "model_id": model.model_id,
                "repair_type": repair_type,
                "status": "completed",
                "progress": 100.0,
                "automatic": bool(how.get("automatic")),
                "created_at": iso(now()),
            }
            change.connection.execute(insert(tables.repairs).values(row))
            good = {"health_status": "healthy", "integrity_score": 1.0, "issues_found": []}
            told = {"repair_type": repair_type, "status": "completed", "repair_success": True}
            change.emit("health_monitoring", "health_monitoring_alert", {"model_id": model.model_id, **good, **told})
            return str(row["id"])

        repair_id = await parts.ledger.change(work)
        return {"success": True, "repair_id": repair_id, "actions_taken": actions, "estimated_completion": iso(now())}

    async def recovered(context: dict[str, Any]) -> tuple[str, str]:
        return "recovered", "Everything works again."

    parts.repair_desk.begin = begin  # type: ignore[method-assign,assignment]
    parts.recovery.models = recovered  # type: ignore[method-assign]
    parts.recovery.network = recovered  # type: ignore[method-assign]


@fault("slow-model-unnoticed", "MH-HEALTH-03")
def slow_model_unnoticed(parts: Parts) -> None:
    """Call every model's speed stable."""
    parts.performance.judge = lambda runs: Performance("stable", 1.0)  # type: ignore[method-assign]


@fault("update-in-place", "MH-UPD-02", "MH-UPD-03")
def update_in_place(parts: Parts) -> None:
    """Write the files of an update over those in use as they arrive."""
    parts.installer.stage_is_needed = lambda model, kind, force: False  # type: ignore[method-assign]


@fault("offline-forgets-models", "MH-RESIL-02", "MH-RESIL-03")
def offline_forgets_models(parts: Parts) -> None:
    """Take every model for missing while the source is away, and continue nothing when it is back."""
    judge = parts.judge.judge
    away = [False]

    def forgetful(files: Any, seen: Any, left_over: Any) -> Health:
        health = judge(files, seen, left_over)
        return Health("missing", 0.0, ("It is not there.",), (), (), ()) if away[0] else health

    look = parts.viewer.now

    def now_seen(connection: Any) -> HubView:
        view = look(connection)
        if away[0] != (not view.source_reachable):
            away[0] = not view.source_reachable
            return look(connection)
        return view

    async def nothing(view: HubView) -> None:
        return None

    parts.judge.judge = forgetful  # type: ignore[method-assign]
    parts.viewer.now = now_seen  # type: ignore[method-assign]
    parts.monitor.restart_failed = nothing  # type: ignore[method-assign]
