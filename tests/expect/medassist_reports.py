"""Reports, queues and sessions of the medical assistant, made up for tests of matchers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from countersign.systems.medassist.model import Session
from countersign.systems.medassist.report_model import Queue, Report, Waiting
from countersign.systems.moments import Span

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
AROUND_NOON = Span(NOON, NOON + timedelta(seconds=1))
AT_NOON, AT_TWO = "2026-11-20T12:00:00Z", "2026-11-20T14:00:00Z"


def report(**changed: Any) -> Report:
    """Give a waiting urgent report with some things changed."""
    parts: dict[str, Any] = {
        "id": "r1",
        "session_id": "s1",
        "chief_complaint": "Toothache",
        "symptoms": (),
        "assessment": "Collected by the AI.",
        "urgency": "urgent",
        "red_flags": (),
        "confidence": 0.8,
        "degraded": False,
        "status": "pending",
        "assigned_nurse_id": None,
        "reviewed": False,
        "reviewed_by_id": None,
        "reviewed_at": None,
        "approved": None,
        "override_reason": None,
        "override_assessment": None,
        "notes": None,
        "model_version": "1.0.0",
        "created_at": AT_NOON,
        "raw": {},
    }
    return Report(**parts | changed)


def approved(**changed: Any) -> Report:
    """Give a report that Nora approved at noon."""
    decided = {
        "status": "reviewed",
        "reviewed": True,
        "approved": True,
        "reviewed_by_id": "nora",
        "reviewed_at": AT_NOON,
        "notes": "Agreed.",
    }
    return report(**decided | changed)


def waiting(name: str, urgency: str = "urgent", flagged: bool = False, minute: int = 0, **changed: Any) -> Waiting:
    """Give an entry of the queue that came so many minutes after noon."""
    parts: dict[str, Any] = {
        "id": name,
        "session_id": f"s-{name}",
        "patient_id": "p",
        "patient_name": "Pia",
        "chief_complaint": "Toothache",
        "urgency": urgency,
        "red_flags": ("chest_pain",) if flagged else (),
        "has_red_flags": flagged,
        "status": "pending",
        "assigned_nurse_id": None,
        "waited": 1.0,
        "created_at": f"2026-11-20T12:{minute:02}:00Z",
    }
    return Waiting(**parts | changed)


def queue(*entries: Waiting, total: int | None = None) -> Queue:
    """Give a page with these entries and true counters, but for `total`."""
    return Queue(
        entries,
        len(entries) if total is None else total,
        sum(entry.urgency == "urgent" for entry in entries),
        sum(entry.urgency == "immediate" for entry in entries),
        sum(entry.has_red_flags for entry in entries),
    )


def session(status: str = "active", name: str = "s1", **changed: Any) -> Session:
    """Give a session."""
    parts: dict[str, Any] = {
        "id": name,
        "patient_id": "p",
        "status": status,
        "created_at": AT_NOON,
        "completed_at": None,
        "message_count": 1,
        "has_par": False,
        "par": None,
        "raw": {},
    }
    return Session(**parts | changed)
