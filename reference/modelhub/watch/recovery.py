"""Recovery on demand (contract 3.11): success is said only when the cause is gone or work on it has begun."""

import time
from collections import Counter
from math import ceil
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from reference.common.clock import iso, now
from reference.modelhub import tables
from reference.modelhub.models.known import PRODUCT
from reference.modelhub.refusals import Refused
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.view import HubView, ModelView
from reference.modelhub.transfer.desk import Wish

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

TYPES = {
    "model_loading_failure": "Verify the models again and fetch what is damaged or missing.",
    "network_error": "Ask the source of models again and continue failed downloads.",
    "generation_pipeline_error": "Give stuck generations back to the queue and ask the engine.",
    "system_resource_error": "Remove abandoned unfinished files and look at the storage again.",
    "vram_exhaustion": "Free graphics memory.",
    "hardware_optimization_failure": "Set the hardware optimisation up again.",
}
WITHOUT_GPU = ("vram_exhaustion", "hardware_optimization_failure")
GOOD = ("recovered", "in_progress")
attempts = tables.recovery_attempts


class Recovery:
    """Recovers, and remembers how that went. Methods raise DatabaseUnavailable and Refused."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def status(self) -> dict[str, Any]:
        """Give what was tried, and whether anything is still degraded."""
        view = await self._parts.viewer.view()
        rows = await self._parts.ledger.look(lambda connection: connection.execute(select(attempts)).all())
        good = [row for row in rows if row.success]
        mock = view.mock_for is not None
        return {
            "recovery_system_active": True,
            "health_monitoring_active": bool(
                view.flags["health_monitoring"] and self._parts.components.states["monitor"] == "up"
            ),
            "mock_generation_enabled": mock,
            "degraded_mode_active": mock,
            "recovery_statistics": {
                "total_attempts": len(rows),
                "successful_attempts": len(good),
                "success_rate": round(len(good) / len(rows), 3) if rows else 0.0,
                "average_recovery_time": round(sum(row.seconds for row in rows) / len(rows), 3) if rows else 0.0,
                "failure_types": dict(Counter(row.failure_type for row in rows)),
                "recovery_actions": dict(Counter(row.action for row in rows)),
            },
            "current_health_status": (await self.health())["overall_status"],
            "timestamp": iso(now()),
        }

    async def health(self) -> dict[str, Any]:
        """Give how the hub is as a whole."""
        states, machine = self._parts.components.states, self._parts.machine.stats()
        view = await self._parts.viewer.view()
        pipeline = states["generator"] == "up" and states["engine"] == "up" and self._parts.components.engine_worked
        loading = any(model.usable for model in view.models.values())
        issues = [f"The part {name} is down." for name, state in states.items() if state == "down"]
        if not pipeline:
            issues.append("Generations do not get through at the moment.")
        if not loading:
            issues.append("No model can be loaded.")
        recommendations = [each["message"] for each in self._parts.health_shower.recommendations(view, time.time())]
        overall = "critical" if states["database"] == "down" else "degraded" if issues else "healthy"
        return {
            "overall_status": overall,
            "cpu_usage_percent": machine["cpu_percent"],
            "memory_usage_percent": machine["ram_percent"],
            "vram_usage_percent": None,
            "gpu_available": False,
            "model_loading_functional": loading,
            "generation_pipeline_functional": pipeline,
            "issues": issues,
            "recommendations": recommendations,
            "last_check_timestamp": iso(now()),
        }

    async def trigger(self, failure_type: str, context: dict[str, Any]) -> dict[str, Any]:
        """Recover from a failure of a type."""
        left = await self._cooling(failure_type)
        if left > 0:
            message = f"A recovery of this type was tried a moment ago. Try again in {ceil(left)} seconds."
            return self._told(False, failure_type, "not_applicable", TYPES[failure_type], message)
        began = time.monotonic()
        if failure_type in WITHOUT_GPU:
            outcome, message = "not_applicable", "There is no GPU: nothing of this kind can have happened."
        else:
            outcome, message = await self._recover(failure_type, context)
        row = {
            "failure_type": failure_type,
            "at": time.time(),
            "outcome": outcome,
            "success": outcome in GOOD,
            "action": TYPES[failure_type],
            "seconds": time.monotonic() - began,
        }
        await self._parts.ledger.change(lambda change: change.connection.execute(insert(attempts).values(row)))
        return self._told(True, failure_type, outcome, TYPES[failure_type], message)

    async def reset(self) -> None:
        """Leave mock mode, and forget when recoveries were tried."""

        def work(change: Change) -> None:
            change.keep("mock_for", None)
            change.keep("recovery_reset", time.time())

        await self._parts.ledger.change(work)

    async def end_mock_mode(self) -> None:
        """Leave mock mode once the model that caused it is available again."""
        view = await self._parts.viewer.view()
        model = view.models.get(view.mock_for or "")
        if model is not None and model.usable:
            await self._parts.ledger.change(lambda change: change.keep("mock_for", None))

    async def _recover(self, failure_type: str, context: dict[str, Any]) -> tuple[str, str]:
        if failure_type == "model_loading_failure":
            return await self.models(context)
        if failure_type == "network_error":
            return await self.network(context)
        if failure_type == "generation_pipeline_error":
            return await self._pipeline()
        return await self._resources()

    async def models(self, context: dict[str, Any]) -> tuple[str, str]:
        """Verify models again, and fetch what is damaged or missing."""
        parts = self._parts
        view = await parts.viewer.fresh()
        chosen = self._chosen(view, context)
        for model in chosen:
            if model.size:
                await parts.verifier.verify(model.model_id)
        view = await parts.viewer.fresh()
        bad = [view.models[model.model_id] for model in chosen if not view.models[model.model_id].usable]
        if not bad:
            return "recovered", "Every model was verified and can be loaded."
        if not await parts.source_watch.look():
            await self._mock(bad[0].model_id)
            return "degraded", "The source of models cannot be reached: mock results are given until it is back."
        for model in bad:
            if model.active is None:
                await self._fetch(model)
        names = ", ".join(model.model_id for model in bad)
        return "in_progress", f"What is missing of {names} is being fetched."

    async def network(self, context: dict[str, Any]) -> tuple[str, str]:
        """Ask the source again, and continue failed downloads."""
        view = await self._parts.viewer.fresh()
        failed = [
            model for model in view.models.values() if model.transfer is not None and model.transfer.status == "failed"
        ]
        if not await self._parts.source_watch.look():
            away = [model for model in self._chosen(view, context) if not model.usable]
            if away:
                await self._mock(away[0].model_id)
            return "degraded", "The source of models still cannot be reached. Installed models keep working."
        for model in failed:
            await self._fetch(model)
        if failed:
            return "in_progress", "The source of models answers again, and failed downloads continue."
        return "recovered", "The source of models answers."

    async def _pipeline(self) -> tuple[str, str]:
        if not await self._parts.engine.reachable():
            return "failed", "The engine does not answer. Generations are tried again when it does."
        if self._parts.components.states["generator"] != "up":
            return "failed", "The generator does not run. Its tasks go on when it is started."

        def work(change: Change) -> None:
            change.keep("engine_worked", True)
            change.wake("generator")

        await self._parts.ledger.change(work)
        return "recovered", "The engine answers, and stuck generations run again."

    async def _resources(self) -> tuple[str, str]:
        view = await self._parts.viewer.fresh()
        for model in view.models.values():
            if model.active is None and not model.updating:
                self._parts.folder.remove_unfinished(model.model_id)
        view = await self._parts.viewer.fresh()
        full = self._parts.health_shower.storage(view)
        if full:
            return "degraded", "Abandoned files were removed, but the storage is still almost full. Run a clean-up."
        return "recovered", "Abandoned files were removed, and there is enough space."

    def _chosen(self, view: HubView, context: dict[str, Any]) -> list[ModelView]:
        named = view.find(str(context.get("model_id") or context.get("model_type") or ""))
        if named is not None:
            return [named]
        installed = [model for model in view.models.values() if model.installed]
        return installed or [view.models[next(iter(PRODUCT))]]

    async def _fetch(self, model: ModelView) -> None:
        try:
            wish = Wish(priority=1)
            await self._parts.ledger.change(lambda change: self._parts.desk.enter(change, model, wish))
        except Refused as refused:
            self._parts.logbook.event("recovery", outcome=refused.code)

    async def _mock(self, model_id: str) -> None:
        await self._parts.ledger.change(lambda change: change.keep("mock_for", model_id))

    async def _cooling(self, failure_type: str) -> float:
        from reference.modelhub.store.ledger import fact

        def work(connection: Connection) -> float:
            query = select(attempts.c.at).where(attempts.c.failure_type == failure_type)
            row = connection.execute(query.order_by(attempts.c.number.desc()).limit(1)).first()
            reset = fact(connection, "recovery_reset")
            return 0.0 if row is None or (reset and reset[0] > row.at) else float(row.at)

        last = await self._parts.ledger.read(work)
        return last + self._parts.settings.recovery_cooldown - time.time()

    def _told(self, triggered: bool, failure_type: str, outcome: str, action: str, message: str) -> dict[str, Any]:
        return {
            "recovery_triggered": triggered,
            "failure_type": failure_type,
            "success": triggered and outcome in GOOD,
            "outcome": outcome,
            "action_taken": action if triggered else "none",
            "message": message,
            "timestamp": iso(now()),
        }
