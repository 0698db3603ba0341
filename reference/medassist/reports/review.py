"""Read decisions, and tell patients about them."""

from typing import TYPE_CHECKING, Any

from reference.medassist.chat import frames
from reference.medassist.refusals import invalid
from reference.medassist.reports.desk import Decision, Done
from reference.medassist.reports.par import Par
from reference.medassist.rest import shapes

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

LEAST_NOTES = 10


class ReviewReader:
    """Reads a decision, which comes in the published `shape`. Raises Refused (422) for one that is not complete."""

    shape: type[shapes.Review] = shapes.Review

    def decision(self, review: shapes.Review) -> Decision:
        """Give the decision."""
        action: Any = review.action
        if action is None:
            if review.approved is None:
                raise invalid(["body", "approved"], "Say whether the report is approved.", "missing")
            action = "approved" if review.approved else "override"
        elif review.approved is not None and review.approved is not (action == "approved"):
            raise invalid(["body", "approved"], "This contradicts the action.")
        notes = review.notes or None
        if action == "override":
            for name in ("override_reason", "override_assessment"):
                if not getattr(review, name):
                    raise invalid(["body", name], "An override needs a reason and a corrected assessment.", "missing")
            return Decision(action, notes, review.override_reason, review.override_assessment)
        if action in ("escalate", "request_more_info") and len(notes or "") < LEAST_NOTES:
            raise invalid(["body", "notes"], f"This needs notes of at least {LEAST_NOTES} characters.")
        return Decision(action, notes)


class PatientNews:
    """Tells patients what nurses did."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    def report_ready(self, par: Par) -> None:
        """Tell the patient that a report has come into being."""
        self._parts.rooms.of(par.session_id).broadcast(frames.par_ready(par))

    def tell(self, done: Done) -> None:
        """Send the patient a decision, or a nurse's question."""
        room = self._parts.rooms.of(done.par.session_id)
        if done.question is not None:
            room.broadcast(frames.stored(done.question), number=done.question.sequence_number)
        if done.par.is_reviewed:
            room.broadcast(frames.par_update(done.par))
