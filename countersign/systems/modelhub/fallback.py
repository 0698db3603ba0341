"""Fallback: suggestions while a model is away, and requests that wait for it."""

from collections.abc import Mapping
from typing import Any

from countersign.systems.asking import Ask
from countersign.transport.answer import Answer


class Fallback:
    """The routes of fallback."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def suggest(self, model_id: str, **wishes: Any) -> Mapping[str, Any]:
        """Ask what to do instead (`quality`, `speed`, `resolution`, `max_wait_minutes`)."""
        told: Mapping[str, Any] = self.try_suggesting({"requested_model": model_id, **wishes}).must_be(200).json()
        return told

    def try_suggesting(self, body: Any) -> Answer:
        """Ask for a suggestion with any body and give the answer, whatever its status."""
        return self._ask("POST", "/models/fallback/suggest", json=body)

    def wait_for(self, model_id: str, prompt: str, **more: Any) -> Mapping[str, Any]:
        """Let a request wait for a model (`priority`, `max_wait_time_minutes`; capability fallback-queue)."""
        body = {"model_id": model_id, "request": {"prompt": prompt, "parameters": {}}, **more}
        told: Mapping[str, Any] = self.try_waiting(body).must_be(202).json()
        return told

    def try_waiting(self, body: Any) -> Answer:
        """Let a request wait with any body and give the answer, whatever its status."""
        return self._ask("POST", "/models/fallback/queue", json=body)

    def waiting(self) -> Mapping[str, Any]:
        """Read the own requests that wait (an administrator: all)."""
        told: Mapping[str, Any] = self._ask("GET", "/models/fallback/queue").must_be(200).json()
        return told

    def try_request(self, method: str, queue_id: Any) -> Answer:
        """Read or withdraw a waiting request and give the answer, whatever its status."""
        return self._ask(method, f"/models/fallback/queue/{queue_id}")
