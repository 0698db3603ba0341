"""How events look on the two sockets (contract 4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from reference.common.clock import iso

TOPICS = (
    "system_stats",
    "generation_progress",
    "queue_updates",
    "alerts",
    "model_status",
    "download_progress",
    "health_monitoring",
    "fallback_notifications",
    "analytics_updates",
)
OWN_ONLY = ("generation_progress", "queue_updates", "fallback_notifications")


@dataclass(frozen=True)
class Event:
    """Something that happened. `at` is in seconds since 1970; with an `owner` it concerns that user alone."""

    number: int
    topic: str
    kind: str
    owner: str | None
    data: Mapping[str, Any] = field(default_factory=dict)
    at: float = 0.0


class FrameWriter:
    """Writes frames as text."""

    def topic(self, event: Event, *, snapshot: bool = False) -> str:
        """Give an event as a frame of the topic socket."""
        data = {**event.data, "timestamp": iso(datetime.fromtimestamp(event.at, UTC))}
        if snapshot:
            data["snapshot"] = True
        return json.dumps({"type": event.kind, "event_id": event_id(event.number), "data": data})

    def plain(self, event: Event) -> str | None:
        """Give an event as a frame of the plain socket, None for one that is not told there."""
        data = event.data
        if event.kind == "generation_progress":
            told = {name: data.get(name) for name in ("task_id", "status", "progress", "message")}
            output = {"output_path": data["output_path"]} if data.get("output_path") else {}
            return json.dumps({"type": "task_update", **told, **output})
        if event.kind == "queue_update":
            message = f"Generation {data.get('task_id')} is {data.get('status')}."
            return json.dumps({"type": "queue_update", "message": message})
        if event.kind == "download_status_change" and data.get("new_status") in ("completed", "failed"):
            good = data["new_status"] == "completed"
            message = "The model is verified and available." if good else str(data.get("error_message") or "It failed.")
            told = {"model_type": data.get("model_id"), "status": "success" if good else "failed", "message": message}
            return json.dumps({"type": "model_download_complete", **told})
        return None


def event_id(number: int) -> str:
    """Give the id of an event: texts of one length, so that they grow as the numbers do."""
    return f"{number:016d}"


def number_of(text: Any) -> int | None:
    """Read an event's id back, None for anything else."""
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) <= 18 else None
