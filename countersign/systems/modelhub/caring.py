"""Looking after models: checks, repairs, updates, deleting, clean-up, recovery."""

from collections.abc import Mapping
from typing import Any

from countersign.systems.asking import Ask
from countersign.transport.answer import Answer


class Caring:
    """The routes that look after what is installed."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask

    def post(self, path: str, body: Any = None, *statuses: int) -> Any:
        """Write below /api/v1; expects 200 or 202 unless other statuses are named."""
        return self.ask("POST", f"/{path}", json=body).must_be(*(statuses or (200, 202))).json()

    def verify(self, model_id: str) -> Mapping[str, Any]:
        """Hash a model now."""
        told: Mapping[str, Any] = self.post(f"models/verify/{model_id}")
        return told

    def validate(self, model_id: str) -> Mapping[str, Any]:
        """Hash a model now and name what is missing."""
        told: Mapping[str, Any] = self.post(f"models/validate/{model_id}")
        return told

    def check(self, model_id: str, **more: Any) -> Mapping[str, Any]:
        """Ask for a check (`check_type`, `force_check`)."""
        told: Mapping[str, Any] = self.post(f"models/health/{model_id}/check", more)
        return told

    def repair(self, model_id: str, **more: Any) -> Mapping[str, Any]:
        """Ask for a repair (`repair_type`, `force_repair`)."""
        told: Mapping[str, Any] = self.try_repair(model_id, **more).must_be(202).json()
        return told

    def try_repair(self, model_id: Any, **more: Any) -> Answer:
        """Ask for a repair and give the answer, whatever its status."""
        return self.ask("POST", f"/models/health/{model_id}/repair", json=more)

    def repair_of(self, model_id: str) -> Mapping[str, Any] | None:
        """Read the last repair of a model (`status`, `progress_percent`, `files_repaired`); None if there was none."""
        told = self.ask("GET", f"/models/health/{model_id}").must_be(200).json()
        repair: Mapping[str, Any] | None = told["repair"]
        return repair

    def try_delete(self, model_id: Any) -> Answer:
        """Try to delete a model (administrator) and give the answer, whatever its status."""
        return self.ask("DELETE", f"/models/{model_id}")

    def clean_up(self, **wishes: Any) -> Mapping[str, Any]:
        """Ask for a clean-up (`target_space_gb`, `keep_recent_days`, `dry_run`)."""
        told: Mapping[str, Any] = self.post("models/cleanup", wishes, 200)
        return told

    def look_for_updates(self) -> Mapping[str, Any]:
        """Have the hub read the source's list now."""
        told: Mapping[str, Any] = self.post("models/updates/check", None, 200)
        return told

    def approve_update(self, model_id: str) -> Mapping[str, Any]:
        """Approve an update (administrator)."""
        told: Mapping[str, Any] = self.post(f"models/updates/{model_id}/approve", None, 202)
        return told

    def roll_back(self, model_id: str) -> Mapping[str, Any]:
        """Go back to the previous version (administrator)."""
        told: Mapping[str, Any] = self.post(f"models/updates/{model_id}/rollback", None, 202)
        return told

    def try_recovery(self, body: Any) -> Answer:
        """Trigger a recovery (administrator) and give the answer, whatever its status."""
        return self.ask("POST", "/recovery/trigger", json=body)
