"""Downloads: starting, controlling, and how far they are."""

from collections.abc import Mapping
from typing import Any

from countersign.systems.asking import Ask
from countersign.systems.modelhub.model import Progress, read_progress
from countersign.transport.answer import Answer


class Downloads:
    """The routes of downloads."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def start(self, model_id: str, **more: Any) -> Mapping[str, Any]:
        """Start a download (`priority`, `bandwidth_limit_mbps`, `max_retries`)."""
        told: Mapping[str, Any] = self.try_managing(model_id, "start", **more).must_be(202).json()
        return told

    def manage(self, model_id: str, action: str, **more: Any) -> Mapping[str, Any]:
        """Control a download: pause, resume, cancel, priority, bandwidth."""
        told: Mapping[str, Any] = self.try_managing(model_id, action, **more).must_be(200).json()
        return told

    def try_managing(self, model_id: Any, action: Any, **more: Any) -> Answer:
        """Try to control a download and give the answer, whatever its status."""
        return self._ask("POST", "/models/download/manage", json={"model_id": model_id, "action": action, **more})

    def try_starting(self, body: Any) -> Answer:
        """Ask for a download by the other start route and give the answer, whatever its status."""
        return self._ask("POST", "/models/download", json=body)

    def progress(self, model_id: str) -> Progress:
        """Read how far the download of a model is."""
        return read_progress(self.try_progress(model_id).must_be(200).json())

    def try_progress(self, model_id: Any) -> Answer:
        """Try to read how far a download is and give the answer, whatever its status."""
        return self._ask("GET", f"/models/download/progress/{model_id}")

    def all(self) -> dict[str, Progress]:
        """Read how far every download is, by model."""
        told = self._ask("GET", "/models/download/progress").must_be(200).json()
        return {name: read_progress(item) for name, item in told.items()}
