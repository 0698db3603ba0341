"""A Preliminary Assessment Report (PAR) as it is stored, and as different people see it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from reference.medassist.triage.judge import Urgency

Status = Literal["pending", "in_review", "escalated", "reviewed"]
STATUSES: tuple[Status, ...] = ("pending", "in_review", "escalated", "reviewed")


@dataclass(frozen=True)
class Par:
    """A report. `degraded` says that it was made without the AI; `awaits_ai` that the AI is still to be asked."""

    id: str
    session_id: str
    patient_id: str
    chief_complaint: str
    symptoms: tuple[str, ...]
    assessment: str
    urgency: Urgency
    red_flags: tuple[str, ...]
    rag_sources: tuple[Mapping[str, Any], ...]
    additional_notes: str | None
    confidence: float
    degraded: bool
    awaits_ai: bool
    status: Status
    assigned_nurse_id: str | None
    reviewed_by_id: str | None
    reviewed_at: str | None
    approved: bool | None
    override_reason: str | None
    override_assessment: str | None
    notes: str | None
    model_version: str
    created_at: str
    updated_at: str

    @property
    def is_reviewed(self) -> bool:
        """Say whether a nurse has decided."""
        return self.status == "reviewed"

    def for_staff(self) -> dict[str, Any]:
        """Give the whole report."""
        return {
            "id": self.id,
            "session_id": self.session_id,
            "chief_complaint": self.chief_complaint,
            "symptoms": list(self.symptoms),
            "assessment": self.assessment,
            "urgency": self.urgency,
            "rag_sources": [dict(source) for source in self.rag_sources],
            "red_flags": list(self.red_flags),
            "has_red_flags": bool(self.red_flags),
            "additional_notes": self.additional_notes,
            "confidence": self.confidence,
            "degraded": self.degraded,
            "status": self.status,
            "assigned_nurse_id": self.assigned_nurse_id,
            "reviewed": self.is_reviewed,
            "reviewed_by_id": self.reviewed_by_id,
            "reviewed_at": self.reviewed_at,
            "approved": self.approved,
            "override_reason": self.override_reason,
            "override_assessment": self.override_assessment,
            "notes": self.notes,
            "model_version": self.model_version,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        }


class PatientView:
    """Shows patients what they may see of a report."""

    def readable(self, par: Par) -> bool:
        """Say whether the patient may read the report now."""
        return par.is_reviewed

    def of(self, par: Par) -> dict[str, Any]:
        """Give the patient's view; the assessment is there once a nurse has decided."""
        return {
            "id": par.id,
            "session_id": par.session_id,
            "chief_complaint": par.chief_complaint,
            "symptoms": list(par.symptoms),
            "urgency": par.urgency,
            "red_flags": list(par.red_flags),
            "has_red_flags": bool(par.red_flags),
            "reviewed": par.is_reviewed,
            "reviewed_at": par.reviewed_at,
            "approved": par.approved,
            "assessment": self.assessment(par),
        }

    def assessment(self, par: Par) -> str | None:
        """Give the assessment that a patient reads: after an override the nurse's."""
        if not par.is_reviewed:
            return None
        return par.override_assessment if par.approved is False else par.assessment


def par_of(row: Any) -> Par:
    """Read a report from a row."""
    return Par(
        id=row.id,
        session_id=row.session_id,
        patient_id=row.patient_id,
        chief_complaint=row.chief_complaint,
        symptoms=tuple(json.loads(row.symptoms_json)),
        assessment=row.assessment,
        urgency=cast(Urgency, row.urgency),
        red_flags=tuple(json.loads(row.red_flags_json)),
        rag_sources=tuple(json.loads(row.rag_sources_json)),
        additional_notes=row.additional_notes,
        confidence=row.confidence,
        degraded=bool(row.degraded),
        awaits_ai=bool(row.awaits_ai),
        status=cast(Status, row.status),
        assigned_nurse_id=row.assigned_nurse_id,
        reviewed_by_id=row.reviewed_by_id,
        reviewed_at=row.reviewed_at,
        approved=None if row.approved is None else bool(row.approved),
        override_reason=row.override_reason,
        override_assessment=row.override_assessment,
        notes=row.notes,
        model_version=row.model_version,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
