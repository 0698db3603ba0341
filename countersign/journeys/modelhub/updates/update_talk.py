"""Publishing, approving and waiting for an update."""

from collections.abc import Mapping
from typing import Any

from countersign.errors import ContractBroken
from countersign.journeys.modelhub.hub import Hub
from countersign.transport import eventually

FINAL = frozenset({"completed", "failed", "rollback_completed"})
OVER_WITHIN = 30.0


def updates_to(hub: Hub, model_id: str, version: str, **more: Any) -> None:
    """Publish a version of a model, approve it and wait until it is installed."""
    offers(hub, model_id, version, **more)
    hub.admin.caring.approve_update(model_id)
    over = update_over(hub, model_id)
    if over["status"] != "completed":
        raise ContractBroken(f"modelhub: the update of a model that was prepared {over['status']}")


def offers(hub: Hub, model_id: str, version: str, **more: Any) -> None:
    """Publish a version of a model and have the hub read the source's list."""
    hub.source.publishes(model_id, version, **more)
    hub.admin.caring.look_for_updates()


def update_of(hub: Hub, model_id: str) -> Mapping[str, Any]:
    """Give what the list of updates tells of a model; nothing if it is not listed."""
    listed = hub.admin.models.get("models/updates")["updates"]
    return next((each for each in listed if each["model_id"] == model_id), {})


def update_over(hub: Hub, model_id: str, within: float = OVER_WITHIN) -> Mapping[str, Any]:
    """Wait until the update of a model is over; give what is told of it."""

    def look() -> Mapping[str, Any]:
        found = update_of(hub, model_id)
        assert found.get("status") in FINAL, f"the update is {found.get('status', 'not listed')}"
        return found

    return eventually(look, within, every=0.1, what=f"the update of {model_id} to be over")
