"""What the model hub tells about models, transfers, health and tasks, typed. Unknown fields are ignored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.systems.reading import Reading

READING = Reading("modelhub")
need, moment, texts = READING.need, READING.moment, READING.texts

MB = 1_048_576
ACTIVE = frozenset({"queued", "downloading", "paused", "resuming", "verifying"})
"""States of a transfer that is not over (contract, section 5)."""


@dataclass(frozen=True)
class Status:
    """The detailed status of a model. `missing_files` are names, `actions` what may be done now."""

    model_id: str
    availability: str
    is_available: bool
    size_mb: float
    progress: float | None
    missing_files: tuple[str, ...]
    integrity_score: float
    current_version: str | None
    update_available: bool
    actions: tuple[str, ...]
    source_reachable: bool
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Progress:
    """A transfer. `percent` is 0 to 100, megabytes are of 1 048 576 bytes, `eta_seconds` is None when unknown."""

    download_id: str
    model_id: str
    status: str
    percent: float
    downloaded_mb: float
    total_mb: float
    eta_seconds: float | None
    retry_count: int
    total_retries: int
    failure_reason: str | None
    error: str | None
    guidance: tuple[str, ...]
    priority: str
    queue_position: int | None
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Health:
    """The health of a model. `status` is healthy, degraded, corrupted, missing or unknown."""

    model_id: str
    status: str
    is_healthy: bool
    integrity_score: float
    issues: tuple[str, ...]
    corruption_types: tuple[str, ...]
    last_check: str | None
    repair_suggestions: tuple[str, ...]
    can_auto_repair: bool
    performance_trend: str | None
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """A generation. `mode` is real or mock, `progress` 0 to 100."""

    id: str
    model_type: str
    prompt: str
    status: str
    mode: str
    queue_position: int | None
    output_path: str | None
    error: str | None
    raw: Mapping[str, Any]

    @property
    def final(self) -> bool:
        """Say whether it is over."""
        return self.status in {"completed", "failed", "cancelled"}


def read_status(data: Any) -> Status:
    """Read the detailed status of a model."""
    where = "the status of a model"
    return Status(
        model_id=need(data, "model_id", str, where),
        availability=need(data, "availability_status", str, where),
        is_available=need(data, "is_available", bool, where),
        size_mb=float(need(data, "size_mb", (int, float), where)),
        progress=_maybe(data.get("download_progress")),
        missing_files=texts(data.get("missing_files"), "missing_files of a model"),
        integrity_score=float(need(data, "integrity_score", (int, float), where)),
        current_version=data.get("current_version"),
        update_available=need(data, "update_available", bool, where),
        actions=texts(data.get("available_actions"), "available_actions of a model"),
        source_reachable=need(data, "source_reachable", bool, where),
        raw=data,
    )


def read_progress(data: Any) -> Progress:
    """Read a transfer."""
    where = "the progress of a download"
    return Progress(
        download_id=need(data, "download_id", str, where),
        model_id=need(data, "model_id", str, where),
        status=need(data, "status", str, where),
        percent=float(need(data, "progress_percent", (int, float), where)),
        downloaded_mb=float(need(data, "downloaded_mb", (int, float), where)),
        total_mb=float(need(data, "total_mb", (int, float), where)),
        eta_seconds=_maybe(data.get("eta_seconds")),
        retry_count=need(data, "retry_count", int, where),
        total_retries=need(data, "total_retries", int, where),
        failure_reason=data.get("failure_reason"),
        error=data.get("error_message"),
        guidance=texts(data.get("guidance"), "guidance of a download"),
        priority=need(data, "priority", str, where),
        queue_position=data.get("queue_position"),
        raw=data,
    )


def read_health(data: Any) -> Health:
    """Read the health of a model."""
    where = "the health of a model"
    return Health(
        model_id=need(data, "model_id", str, where),
        status=need(data, "health_status", str, where),
        is_healthy=need(data, "is_healthy", bool, where),
        integrity_score=float(need(data, "integrity_score", (int, float), where)),
        issues=texts(data.get("issues"), "issues of a model"),
        corruption_types=texts(data.get("corruption_types"), "corruption_types of a model"),
        last_check=data.get("last_check"),
        repair_suggestions=texts(data.get("repair_suggestions"), "repair_suggestions of a model"),
        can_auto_repair=need(data, "can_auto_repair", bool, where),
        performance_trend=data.get("performance_trend"),
        raw=data,
    )


def read_task(data: Any) -> Task:
    """Read a generation as the queue tells it."""
    where = "a task"
    return Task(
        id=str(need(data, "id", (str, int), where)),
        model_type=need(data, "model_type", str, where),
        prompt=need(data, "prompt", str, where),
        status=need(data, "status", str, where),
        mode=need(data, "generation_mode", str, where),
        queue_position=data.get("queue_position"),
        output_path=data.get("output_path"),
        error=data.get("error_message"),
        raw=data,
    )


def _maybe(value: Any) -> float | None:
    return None if value is None else float(value)
