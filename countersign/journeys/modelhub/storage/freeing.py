"""Clean up and delete, and compare what is told with what lies on disk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.modelhub.storage import Freeing
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.own_models import installed, published
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.storage.space_taken import listing
from countersign.transport.answer import Answer

GB = 2**30
SIZES_MB = (2.0, 1.0)
CAPACITY_MB = 4.0
TARGET_MB = 1.5


@dataclass(frozen=True)
class CleaningUp:
    """What came of a dry run, a clean-up, the same again, and deleting; and of deleting a model that is busy."""

    dry: Freeing
    proposed_bytes: float
    cleaned: Freeing
    again: Freeing
    deleted: Freeing
    busy: Answer


def cleans_up(user: PowerUser) -> CleaningUp:
    """Clean up and delete models of the scenario's own in every way."""
    hub = hub_of(user.stage)
    user.stage.need("storage", "model-files")
    hub.has_installed([])
    large, _ = installed(hub, SIZES_MB)
    [busy] = published(hub, [1.0])
    hub.admin.config.prefer(storage_config={"max_storage_gb": CAPACITY_MB / 1024})
    user.api.config.prefer(preferred_models=[large])
    wish: dict[str, Any] = {"target_space_gb": TARGET_MB / 1024, "keep_recent_days": 0}
    dry, told = _frees(user, "a dry run", lambda: user.api.caring.clean_up(**wish, dry_run=True))
    proposed = sum(each["space_freed_gb"] for each in told["recommendations"]["cleanup_actions"]) * GB
    cleaned, _ = _frees(user, "a clean-up", lambda: user.api.caring.clean_up(**wish, dry_run=False))
    again, _ = _frees(user, "the same clean-up once more", lambda: user.api.caring.clean_up(**wish, dry_run=False))
    deleted, _ = _frees(user, "deleting a model", lambda: _deleted(user, large))
    hub.source.fails("slow", model_id=busy, value=1.0)
    hub.admin.downloads.start(busy)
    refused = user.api.caring.try_delete(busy)
    hub.cancels_transfers()
    return CleaningUp(dry, proposed, cleaned, again, deleted, refused)


def _deleted(user: PowerUser, name: str) -> Mapping[str, Any]:
    told: Mapping[str, Any] = user.api.caring.try_delete(name).must_be(200).json()
    return {"total_space_freed_gb": told["space_freed_gb"], "executed_actions": [{"model_id": name, "success": True}]}


def _frees(user: PowerUser, what: str, act: Callable[[], Mapping[str, Any]]) -> tuple[Freeing, Mapping[str, Any]]:
    folder = hub_of(user.stage).models_folder
    before, free_before = listing(folder), _free(user)
    told = act()
    removed = [each["model_id"] for each in told["executed_actions"] if each["success"]]
    after, free_after = listing(folder), _free(user)
    freed = told["total_space_freed_gb"] * GB
    return Freeing(what, freed, removed, before, after, free_before, free_after, _missing(user, removed)), told


def _missing(user: PowerUser, names: Sequence[str]) -> bool:
    statuses = user.api.models.statuses()
    return all(statuses[name].availability == "missing" for name in names)


def _free(user: PowerUser) -> float:
    free: float = user.api.models.get("models/storage")["storage_summary"]["available_space_gb"] * GB
    return free
