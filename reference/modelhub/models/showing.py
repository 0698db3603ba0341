"""Say how models are: status, progress and health as the routes show them (contract 3.2 to 3.4)."""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from reference.common.clock import iso, now
from reference.modelhub.models.health import overall_score
from reference.modelhub.models.known import GB, MB, shown_id
from reference.modelhub.models.waits import WaitEstimator, as_time
from reference.modelhub.store.reading import ACTIVE
from reference.modelhub.store.usage import DAY, advice, day_of
from reference.modelhub.store.view import HubView, ModelView

PRIORITIES = ("critical", "high", "medium", "low")
UNUSED_DAYS, SELDOM = 30, 0.1
FULL, ALMOST_FULL = 80.0, 95.0


def percent_of(row: Any) -> float:
    """Give the percent of a transfer; 100 only when it is completed."""
    if row.status == "completed":
        return 100.0
    return min(99.9, int(row.bytes_done * 1000 / row.bytes_total) / 10) if row.bytes_total else 0.0


class StatusShower:
    """Shows models and their transfers."""

    def __init__(self, waits: WaitEstimator) -> None:
        """Estimate with `waits`."""
        self._waits = waits

    def basic(self, view: HubView, model: ModelView) -> dict[str, Any]:
        """Give the short status."""
        there = model.size > 0
        return {
            "model_id": shown_id(model.model_id),
            "model_type": model.model_id,
            "status": "available" if model.usable else "error" if there else "missing",
            "is_available": model.usable,
            "is_loaded": model.usable and model.model_id in view.loaded,
            "is_valid": model.usable,
            "size_mb": round(model.size / MB, 3),
            "model_path": model.model_id if there else None,
            "estimated_vram_usage_mb": model.kind.vram_mb,
            "hardware_compatible": True,
            "optimization_applied": False,
            "download_progress": percent_of(model.active) if model.active is not None else None,
            "error_message": self.trouble(model),
        }

    def detailed(self, view: HubView, model: ModelView) -> dict[str, Any]:
        """Give the whole status."""
        active, usage = model.active, model.usage
        wait = self._waits.until_available(view, model) if active is not None or not model.usable else None
        current = model.install.version if model.install and model.installed else None
        return {
            "model_id": model.model_id,
            "availability_status": model.availability,
            "is_available": model.usable,
            "is_loaded": model.usable and model.model_id in view.loaded,
            "size_mb": round(model.size / MB, 3),
            "download_progress": percent_of(active) if active is not None else None,
            "missing_files": list(model.health.missing_files),
            "integrity_score": model.health.integrity_score,
            "last_health_check": model.install.last_check if model.install else None,
            "performance_score": model.performance.score,
            "corruption_detected": model.health.status == "corrupted",
            "usage_frequency": round(usage.count / 30, 3),
            "last_used": _moment(usage.last_used),
            "average_generation_time": _rounded(usage.average_seconds),
            "can_pause_download": active is not None and active.status in ("queued", "downloading"),
            "can_resume_download": active is not None and active.status == "paused",
            "estimated_download_time": as_time(wait.seconds) if wait is not None else None,
            "current_version": current,
            "latest_version": model.latest.version
            if model.latest and model.published and model.published.listed
            else None,
            "update_available": model.update is not None,
            "available_actions": self.actions(view, model),
            "source_reachable": view.source_reachable,
        }

    def actions(self, view: HubView, model: ModelView) -> list[str]:
        """Name what can be done with a model now."""
        active, there = model.active, model.size > 0
        fetchable = model.latest is not None and model.published is not None and model.published.listed
        free = active is None and not model.updating
        damaged = there and model.health.status in ("corrupted", "degraded")
        possible = {
            "download": free and fetchable and not model.usable,
            "pause": active is not None and active.status in ("queued", "downloading"),
            "resume": active is not None and active.status == "paused",
            "cancel": active is not None,
            "check": there,
            "repair": free and fetchable and (damaged or (model.installed and not there)),
            "redownload": free and fetchable and there,
            "update": free and model.update is not None and model.usable,
            "rollback": free and model.install is not None and model.installed and bool(model.install.previous_version),
            "delete": free and there,
            "generate": model.usable,
        }
        return [name for name, can in possible.items() if can]

    def statistics(self, view: HubView) -> dict[str, Any]:
        """Sum all models up."""
        models = list(view.models.values())
        states = [model.availability for model in models]
        return {
            "total_models": len(models),
            "available_models": sum(model.usable for model in models),
            "downloading_models": states.count("downloading"),
            "corrupted_models": states.count("corrupted"),
            "total_size_gb": round(sum(model.size for model in models) / GB, 6),
            "last_updated": iso(now()),
        }

    def trouble(self, model: ModelView) -> str | None:
        """Say in a sentence what is wrong with a model."""
        if model.usable or model.active is not None:
            return None
        if model.transfer is not None and model.transfer.status == "failed":
            return str(model.transfer.error)
        return model.health.issues[0] if model.size > 0 and model.health.issues else None

    def progress(self, view: HubView, row: Any) -> dict[str, Any]:
        """Give a transfer."""
        percent, status = percent_of(row), row.status
        left = max(0, row.bytes_total - row.bytes_done)
        eta = self._waits.remaining(view, row) if status in ACTIVE and row.bytes_total and left else None
        retry_in = max(0.0, row.next_retry_at - time.time()) if row.next_retry_at and status == "downloading" else None
        queue = list(view.queue)
        return {
            "download_id": row.id,
            "model_id": row.model_id,
            "model_type": row.model_id,
            "kind": row.kind,
            "status": status,
            "progress": percent,
            "progress_percent": percent,
            "downloaded_mb": round(row.bytes_done / MB, 3),
            "total_mb": round(row.bytes_total / MB, 3),
            "speed_mbps": round(row.speed_bps / 1_000_000, 3) if status == "downloading" else 0.0,
            "eta_seconds": eta,
            "retry_count": row.retry_count,
            "max_retries": row.max_retries,
            "next_retry_in_seconds": None if retry_in is None else round(retry_in, 2),
            "total_retries": row.total_retries,
            "resumed_from_mb": round(row.resumed_from / MB, 3),
            "error": row.error,
            "error_message": row.error,
            "failure_reason": row.failure_reason,
            "guidance": json.loads(row.guidance_json),
            "priority": PRIORITIES[row.priority],
            "queue_position": queue.index(row.model_id) + 1 if status == "queued" and row.model_id in queue else None,
            "bandwidth_limit_mbps": row.limit_mbps,
            "can_pause": status in ("queued", "downloading"),
            "can_resume": status == "paused",
            "can_cancel": status in ACTIVE,
            "started_at": row.created_at,
            "completed_at": row.completed_at,
            "last_update": row.last_update,
        }


class HealthShower:
    """Shows health and what to do about it."""

    def model(self, model: ModelView) -> dict[str, Any]:
        """Give the health of a model."""
        health = model.health
        return {
            "model_id": model.model_id,
            "health_status": health.status,
            "is_healthy": health.status == "healthy",
            "integrity_score": health.integrity_score,
            "issues": list(health.issues),
            "corruption_types": list(health.corruption_types),
            "last_check": model.install.last_check if model.install else None,
            "repair_suggestions": self.suggestions(model),
            "can_auto_repair": model.latest is not None,
            "performance_trend": model.performance.trend,
        }

    def suggestions(self, model: ModelView) -> list[str]:
        """Say what would mend a model."""
        health, name = model.health, model.model_id
        if health.status == "missing":
            return [f"Download {name}{_size_of(model)}."]
        if health.status == "corrupted":
            files = ", ".join(health.damaged_files)
            if model.is_local:
                return [f"Put {files} into the folder of {name} again: nobody publishes this model."]
            return [f"Repair {name}: fetch {files} again.", f"Download all of {name} again."]
        if health.status == "degraded" and health.corruption_types:
            return [f"Repair {name} with integrity_fix: the left-over of an unfinished transfer is removed."]
        if health.status == "unknown":
            return [f"Check {name}: its files are not verified."]
        return []

    def system(self, view: HubView) -> dict[str, Any]:
        """Give the health of all models together."""
        statuses = [model.health.status for model in view.models.values()]
        return {
            "overall_health_score": overall_score(statuses),
            "models_healthy": statuses.count("healthy"),
            "models_degraded": statuses.count("degraded"),
            "models_corrupted": statuses.count("corrupted"),
            "models_missing": statuses.count("missing"),
            "storage_usage_percent": view.usage_percent,
            "last_updated": iso(now()),
        }

    def recommendations(self, view: HubView, at: float) -> list[dict[str, Any]]:
        """Give what should be done, the most urgent first. `at` is now in seconds since 1970."""
        found = [each for model in view.models.values() for each in self._of_model(model, at)]
        found += self.storage(view)
        order = ("critical", "high", "medium", "low")
        return sorted(found, key=lambda each: order.index(each["priority"]))

    def storage(self, view: HubView) -> list[dict[str, Any]]:
        """Warn of a full storage."""
        if view.usage_percent <= FULL:
            return []
        priority = "critical" if view.usage_percent > ALMOST_FULL else "medium"
        message = f"The storage is {view.usage_percent:.1f} % full. A clean-up shows what could be removed."
        return [_recommended("storage", priority, message, "cleanup", None)]

    def _of_model(self, model: ModelView, at: float) -> list[dict[str, Any]]:
        name, found = model.model_id, []
        if model.health.status == "missing":
            message = f"{name} is not installed. Download it{_size_of(model)}."
            found.append(_recommended("missing_model", "medium", message, "download", name))
        if model.health.status == "corrupted":
            action = "repair" if model.latest is not None else "redownload"
            message = f"{name} is damaged: {' '.join(model.health.issues)}"
            found.append(_recommended("repair", "critical", message, action, name))
        if model.performance.trend == "degrading":
            slower = model.performance.change_percent
            message = f"{name} is {slower:.0f} % slower than before. {advice(model.performance)}"
            found.append(_recommended("performance", "medium", message, "optimize", name))
        if model.update is not None and model.latest is not None:
            message = f"Version {model.latest.version} of {name} can be installed."
            urgent = "high" if model.update == "hotfix" else "low"
            found.append(_recommended("update", urgent, message, "update", name))
        if is_unused(model, at):
            message = f"{name} was not used for {UNUSED_DAYS} days. Removing it frees {model.size / MB:.1f} MB."
            found.append(_recommended("cleanup", "low", message, "cleanup", name))
        return found


def is_unused(model: ModelView, at: float) -> bool:
    """Say whether a model was not used for 30 days and is hardly used at all."""
    if model.size == 0 or model.usage.count / 30 >= SELDOM:
        return False
    return unused_since(model, at) >= UNUSED_DAYS


def unused_since(model: ModelView, at: float) -> float:
    """Give the days since the last use, or since the installation if there was none within 30 days."""
    last = model.usage.last_used
    if last is None:
        last = _seconds(model.install.installed_at if model.install else None) or at
    return max(0.0, at - last) / DAY


def daily(outcomes: Sequence[tuple[float, bool, float | None]], uses: Sequence[float]) -> list[dict[str, Any]]:
    """Give the use of a model day by day."""
    rows = []
    for day in sorted({day_of(at) for at in uses} | {day_of(at) for at, _, _ in outcomes}):
        ended = [(good, seconds) for at, good, seconds in outcomes if day_of(at) == day]
        times = [seconds for good, seconds in ended if good and seconds is not None]
        rows.append(
            {
                "date": day,
                "uses": sum(day_of(at) == day for at in uses),
                "avg_time": _rounded(sum(times) / len(times)) if times else None,
                "success_rate": round(len(times) / len(ended), 3) if ended else None,
            }
        )
    return rows


def _recommended(kind: str, priority: str, message: str, action: str, model_id: str | None) -> dict[str, Any]:
    return {"type": kind, "priority": priority, "message": message, "action": action, "model_id": model_id}


def _size_of(model: ModelView) -> str:
    return f" ({model.latest.size / MB:.1f} MB)" if model.latest is not None else ""


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _seconds(text: str | None) -> float | None:
    from reference.common.clock import moment

    return None if text is None else moment(text).timestamp()


def _moment(at: float | None) -> str | None:
    from datetime import UTC, datetime

    return None if at is None else iso(datetime.fromtimestamp(at, UTC))


Shown = Mapping[str, Any]
