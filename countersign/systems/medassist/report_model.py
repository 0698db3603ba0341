"""What MedAssist tells about reports (PARs), the nurses' queue and decisions, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.systems.medassist.model import need, texts


@dataclass(frozen=True)
class Report:
    """A preliminary assessment report as staff see it. `approved` and what belongs to the decision are None before."""

    id: str
    session_id: str
    chief_complaint: str
    symptoms: tuple[str, ...]
    assessment: str
    urgency: str
    red_flags: tuple[str, ...]
    confidence: float
    degraded: bool
    status: str
    assigned_nurse_id: str | None
    reviewed: bool
    reviewed_by_id: str | None
    reviewed_at: str | None
    approved: bool | None
    override_reason: str | None
    override_assessment: str | None
    notes: str | None
    model_version: str
    created_at: str
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Waiting:
    """One report in the queue. `waited` is minutes."""

    id: str
    session_id: str
    patient_id: str
    patient_name: str
    chief_complaint: str
    urgency: str
    red_flags: tuple[str, ...]
    has_red_flags: bool
    status: str
    assigned_nurse_id: str | None
    waited: float
    created_at: str


@dataclass(frozen=True)
class Queue:
    """A page of the queue. `total` and the three counts are over all matches, not over the page."""

    entries: tuple[Waiting, ...]
    total: int
    urgent: int
    immediate: int
    red_flags: int

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the reports on this page, in their order."""
        return tuple(entry.id for entry in self.entries)


@dataclass(frozen=True)
class Decision:
    """One step in the history of a report."""

    action: str
    nurse_id: str
    notes: str | None
    previous_status: str
    new_status: str
    created_at: str
    raw: Mapping[str, Any]


def read_report(data: Any) -> Report:
    """Read a report as staff see it."""
    where = "a report"
    return Report(
        id=need(data, "id", str, where),
        session_id=need(data, "session_id", str, where),
        chief_complaint=need(data, "chief_complaint", str, where),
        symptoms=texts(data.get("symptoms"), "symptoms of a report"),
        assessment=need(data, "assessment", str, where),
        urgency=need(data, "urgency", str, where),
        red_flags=texts(data.get("red_flags"), "red_flags of a report"),
        confidence=float(need(data, "confidence", (int, float), where)),
        degraded=need(data, "degraded", bool, where),
        status=need(data, "status", str, where),
        assigned_nurse_id=data.get("assigned_nurse_id"),
        reviewed=need(data, "reviewed", bool, where),
        reviewed_by_id=data.get("reviewed_by_id"),
        reviewed_at=data.get("reviewed_at"),
        approved=data.get("approved"),
        override_reason=data.get("override_reason"),
        override_assessment=data.get("override_assessment"),
        notes=data.get("notes"),
        model_version=need(data, "model_version", str, where),
        created_at=need(data, "created_at", str, where),
        raw=data,
    )


def read_queue(data: Any) -> Queue:
    """Read a page of the queue."""
    where = "the queue"
    return Queue(
        entries=tuple(_read_waiting(entry) for entry in need(data, "queue", list, where)),
        total=need(data, "total", int, where),
        urgent=need(data, "urgent_count", int, where),
        immediate=need(data, "immediate_count", int, where),
        red_flags=need(data, "red_flag_count", int, where),
    )


def _read_waiting(data: Any) -> Waiting:
    where = "a report of the queue"
    return Waiting(
        id=need(data, "id", str, where),
        session_id=need(data, "session_id", str, where),
        patient_id=need(data, "patient_id", str, where),
        patient_name=need(data, "patient_name", str, where),
        chief_complaint=need(data, "chief_complaint", str, where),
        urgency=need(data, "urgency", str, where),
        red_flags=texts(data.get("red_flags"), "red_flags of a report of the queue"),
        has_red_flags=need(data, "has_red_flags", bool, where),
        status=need(data, "status", str, where),
        assigned_nurse_id=data.get("assigned_nurse_id"),
        waited=float(need(data, "wait_time_minutes", (int, float), where)),
        created_at=need(data, "created_at", str, where),
    )


def read_decision(data: Any) -> Decision:
    """Read one step in the history of a report."""
    where = "a decision"
    return Decision(
        action=need(data, "action", str, where),
        nurse_id=need(data, "nurse_id", str, where),
        notes=data.get("notes"),
        previous_status=need(data, "previous_status", str, where),
        new_status=need(data, "new_status", str, where),
        created_at=need(data, "created_at", str, where),
        raw=data,
    )
