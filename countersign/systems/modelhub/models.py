"""What the hub tells about its models: status, health, updates, storage, analytics."""

from collections.abc import Mapping
from typing import Any

from countersign.systems.asking import Ask
from countersign.systems.modelhub.model import Health, Status, need, read_health, read_status
from countersign.transport.answer import Answer


class Models:
    """The routes that are only read."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def get(self, path: str, **params: Any) -> Any:
        """Read below /api/v1 ("models/updates", "models/storage", "models/analytics" ...)."""
        return self._ask("GET", f"/{path}", params=params).must_be(200).json()

    def basic(self, model_id: str) -> Mapping[str, Any]:
        """Read the basic status of a model."""
        told: Mapping[str, Any] = self.try_basic(model_id).must_be(200).json()
        return told

    def try_basic(self, model_id: Any) -> Answer:
        """Try to read the basic status of a model and give the answer, whatever its status."""
        return self._ask("GET", f"/models/status/{model_id}")

    def statuses(self) -> dict[str, Status]:
        """Read the detailed status of every model, by canonical id."""
        told = self.get("models/status/detailed")
        return {name: read_status(item) for name, item in need(told, "models", dict, "the detailed status").items()}

    def status(self, model_id: str) -> Status:
        """Read the detailed status of one model (by its canonical id)."""
        return self.statuses()[model_id]

    def overall_health(self) -> Mapping[str, Any]:
        """Read the health of the whole store, with its recommendations."""
        told: Mapping[str, Any] = self.get("models/health")
        return told

    def health(self, model_id: str) -> Health:
        """Read the stored health of one model."""
        models = need(self.overall_health(), "model_health", dict, "the health of the store")
        return read_health(models[model_id])
