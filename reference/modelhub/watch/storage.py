"""Storage: real figures, what could go, and removing it (contract 3.7, 6.9)."""

import asyncio
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from reference.common.clock import iso, now
from reference.modelhub import tables
from reference.modelhub.accounts.people import Caller
from reference.modelhub.models.known import GB
from reference.modelhub.models.showing import unused_since
from reference.modelhub.refusals import conflict, missing
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.reading import ACTIVE
from reference.modelhub.store.view import HubView, ModelView

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

HOT_PER_DAY, WARM_PER_DAY = 1.0, 0.1
USUAL_TARGET = 10 * GB
USUAL_SHARE = 0.2


class StorageDesk:
    """Shows and frees space. Methods raise DatabaseUnavailable and Refused."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    def summary(self, view: HubView) -> dict[str, Any]:
        """Give the figures of the whole storage."""
        return {
            "total_capacity_gb": gb(view.capacity),
            "used_space_gb": gb(view.used),
            "available_space_gb": gb(view.available_bytes),
            "usage_percent": view.usage_percent,
            "models_count": sum(model.size > 0 for model in view.models.values()),
        }

    def overview(self, view: HubView) -> dict[str, Any]:
        """Give the figures of the storage, of each model, and what could be removed."""
        days = int(view.preferences["storage_config"]["preserve_recent_models_days"])
        candidates = self.candidates(view, view.preferences, days)
        return {
            "storage_summary": self.summary(view),
            "models_storage": [self.shown(model) for model in view.models.values() if model.size > 0],
            "cleanup_suggestions": {
                "potential_savings_gb": gb(sum(self._parts.folder.all_of(model.model_id) for model in candidates)),
                "safe_to_remove_count": len(candidates),
                "candidates": [model.model_id for model in candidates],
            },
        }

    def shown(self, model: ModelView) -> dict[str, Any]:
        """Give the storage of a model."""
        per_day = model.usage.count / 30
        last = model.usage.last_used
        tier = "hot" if per_day >= HOT_PER_DAY else "warm" if per_day >= WARM_PER_DAY else "cold"
        return {
            "model_id": model.model_id,
            "size_gb": gb(model.size),
            "last_accessed": None if last is None else _moment(last),
            "usage_frequency": round(per_day, 3),
            "storage_tier": tier,
        }

    def candidates(self, view: HubView, preferences: Any, keep_days: float) -> list[ModelView]:
        """Give the models that may go, in the order they would."""
        at = self._parts.clock.seconds()
        kept = {str(name).lower() for name in preferences["preferred_models"]} | {
            str(name).lower() for name in view.preferences["preferred_models"]
        }
        free = [
            model
            for model in view.models.values()
            if model.size > 0
            and model.active is None
            and not model.updating
            and model.model_id.lower() not in kept
            and unused_since(model, at) >= keep_days
        ]
        return self.ordered(free, at)

    def ordered(self, models: list[ModelView], at: float) -> list[ModelView]:
        """Order candidates: fewest uses first, then the longest unused."""
        return sorted(models, key=lambda model: (model.usage.count, -unused_since(model, at)))

    async def clean(self, caller: Caller, target: int | None, keep_days: int, dry_run: bool) -> dict[str, Any]:
        """Say what a clean-up removes, and, unless it is a dry run, remove it."""
        parts = self._parts
        view = await parts.viewer.fresh()
        preferences = await parts.ledger.look(lambda connection: parts.preferences.of(connection, caller.user_id))
        wanted = target if target is not None else int(min(USUAL_TARGET, USUAL_SHARE * view.capacity))
        to_free = max(0, wanted - view.available_bytes)
        chosen: list[tuple[ModelView, int]] = []
        for model in self.candidates(view, preferences, keep_days):
            if sum(size for _, size in chosen) >= to_free:
                break
            if not await self._generating(model.model_id):
                chosen.append((model, parts.folder.all_of(model.model_id)))
        executed = [] if dry_run else [await self._remove_one(caller, model) for model, _ in chosen]
        return {
            "dry_run": dry_run,
            "recommendations": {
                "total_space_available_gb": gb(view.available_bytes),
                "target_space_gb": gb(wanted),
                "space_to_free_gb": gb(to_free),
                "cleanup_actions": [self._action(model, size) for model, size in chosen],
            },
            "executed_actions": executed,
            "total_space_freed_gb": round(sum(each["space_freed_gb"] for each in executed), 9),
            "timestamp": iso(now()),
        }

    def _action(self, model: ModelView, size: int) -> dict[str, Any]:
        uses = model.usage.count
        last = model.usage.last_used
        reason = f"It was used {uses} times in 30 days." if uses else "It was not used in the last 30 days."
        told = {"action_type": "remove_model", "model_id": model.model_id, "space_freed_gb": gb(size)}
        return {**told, "reason": reason, "last_used": None if last is None else _moment(last)}

    async def _remove_one(self, caller: Caller, model: ModelView) -> dict[str, Any]:
        try:
            freed = await self.remove(caller, model, "cleanup")
        except OSError:
            sentence = "The files could not be removed."
            told = {"action": "remove_model_failed", "model_id": model.model_id, "space_freed_gb": 0.0}
            return {**told, "success": False, "error": sentence}
        told = {"action": "removed_model", "model_id": model.model_id, "space_freed_gb": gb(freed)}
        return {**told, "success": True, "error": None}

    async def delete(self, caller: Caller, model: ModelView) -> dict[str, Any]:
        """Delete a model with all its files."""
        view = await self._parts.viewer.fresh()
        model = view.models.get(model.model_id, model)
        if model.active is not None or model.updating or await self._generating(model.model_id):
            hint = "Wait until it is free, or cancel its transfer."
            raise conflict(f"{model.model_id} is busy: it is transferred, updated or used now.", "MODEL_BUSY", hint)
        if self._parts.folder.all_of(model.model_id) == 0 and not self._parts.folder.of(model.model_id).is_dir():
            raise missing("model on the disk", "MODEL_NOT_FOUND")
        freed = await self.remove(caller, model, "delete_model")
        return {
            "success": True,
            "model_id": model.model_id,
            "space_freed_gb": gb(freed),
            "message": f"{model.model_id} was deleted. It can be downloaded again.",
        }

    async def remove(self, caller: Caller, model: ModelView, action: str) -> int:
        """Remove the files of a model, and write down who did; give the bytes freed."""
        name = model.model_id
        epoch = await self._parts.ledger.change(lambda change: self._forget(change, name, caller, action))
        freed = await asyncio.to_thread(self._parts.folder.remove, name)
        # Whoever hashed the files between the two took them for files that were put there by hand.
        await self._parts.ledger.change(lambda change: self._strike(change, name, epoch))
        self._parts.viewer.forget()
        return freed

    def _strike(self, change: Change, name: str, epoch: int | None = None) -> None:
        """Strike a model from the installed ones, unless it was installed anew since an `epoch`."""
        installs, files = tables.model_installs, tables.model_files
        values = {"state": "removed", "version": None, "previous_version": None, "health_status": "missing"}
        here = installs.c.model_id == name
        if epoch is not None:
            here &= installs.c.epoch == epoch
        struck = change.connection.execute(
            update(installs).where(here).values(**values, repairs_tried=0, epoch=installs.c.epoch + 1)
        )
        if struck.rowcount or epoch is None:
            change.connection.execute(delete(files).where(files.c.model_id == name))

    def _forget(self, change: Change, name: str, caller: Caller, action: str) -> int:
        """Forget everything about a model; give the epoch of its row after that."""
        self._strike(change, name)
        partials = tables.partial_files
        change.connection.execute(delete(partials).where(partials.c.model_id == name))
        # A failed transfer of the model explains nothing any more.
        downloads = tables.downloads
        over = (downloads.c.model_id == name) & downloads.c.status.not_in(ACTIVE)
        change.connection.execute(delete(downloads).where(over))
        self._parts.installer.unload(change, name)
        self._parts.audit.write(change.connection, caller, action, name, iso(self._parts.clock.now()))
        installs = tables.model_installs
        return int(change.connection.scalar(select(installs.c.epoch).where(installs.c.model_id == name)) or 0)

    async def _generating(self, name: str) -> bool:
        tasks = tables.generation_tasks
        query = tasks.c.model_id == name
        running = tasks.select().where(query & (tasks.c.status == "processing")).limit(1)
        return await self._parts.ledger.look(lambda connection: connection.execute(running).first()) is not None


def gb(size: int) -> float:
    """Give bytes as GB, with enough decimals for small models."""
    return round(size / GB, 9)


def _moment(at: float) -> str:
    from datetime import UTC, datetime

    return iso(datetime.fromtimestamp(at, UTC))
