"""Sessions as their readers may see them."""

from typing import Any

from reference.medassist.chat.messages import Message
from reference.medassist.chat.sessions import Session
from reference.medassist.people import Caller
from reference.medassist.reports.par import Par


class SessionView:
    """Shows sessions."""

    def of(
        self, session: Session, par: Par | None, caller: Caller, messages: list[Message] | None = None
    ) -> dict[str, Any]:
        """Give a session as its reader may see it."""
        return {
            "id": session.id,
            "patient_id": session.patient_id,
            "status": session.status,
            "metadata": dict(session.metadata),
            "notes": session.notes if caller.is_staff else None,
            "created_at": session.created_at,
            "updated_at": session.updated_at,
            "completed_at": session.completed_at,
            "message_count": session.message_count,
            "has_par": par is not None,
            "messages": None if messages is None else [_brief(message) for message in messages],
            "par": self.par(par, caller),
        }

    def par(self, par: Par | None, caller: Caller) -> dict[str, Any] | None:
        """Give the report in a session; a patient sees it once a nurse has decided."""
        if par is None or not (caller.is_staff or par.is_reviewed):
            return None
        return {
            "id": par.id,
            "chief_complaint": par.chief_complaint,
            "urgency": par.urgency,
            "reviewed": par.is_reviewed,
            "has_red_flags": bool(par.red_flags),
            "created_at": par.created_at,
        }


def _brief(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "role": message.role,
        "content": message.content,
        "sequence_number": message.sequence_number,
        "created_at": message.created_at,
    }
