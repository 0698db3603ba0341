"""Faults of decisions: what counts as one, who may make it, who is told."""

from dataclasses import replace

from sqlalchemy import Connection

from reference.medassist.chat.messages import Message
from reference.medassist.faults import fault
from reference.medassist.parts import Parts
from reference.medassist.people import Caller
from reference.medassist.reports.desk import FINAL, Decision, Done
from reference.medassist.reports.par import Par, PatientView
from reference.medassist.reports.review import PatientNews, ReviewReader
from reference.medassist.rest import shapes


@fault("hollow-override", "MA-NURSE-04", "MA-SEC-07", "MA-JOURNEY-02")
def hollow_override(parts: Parts) -> None:
    """Accept an override with blank texts, and show the patient the AI's assessment, even before the decision."""
    parts.review_reader = _HollowReader()
    parts.patient_view = _OpenView()


class _HollowReview(shapes.Review):
    override_reason: shapes.text(10, 1000) | shapes.text(0, 0) | None = None  # type: ignore[valid-type]
    override_assessment: shapes.text(10, 2000) | shapes.text(0, 0) | None = None  # type: ignore[valid-type]


class _HollowReader(ReviewReader):
    shape = _HollowReview

    def decision(self, review: shapes.Review) -> Decision:
        if "" not in (review.override_reason, review.override_assessment):
            return super().decision(review)
        filled = {name: getattr(review, name) or "a text" for name in ("override_reason", "override_assessment")}
        decided = super().decision(review.model_copy(update=filled))
        if decided.action != "override":
            return decided
        return replace(decided, override_reason=review.override_reason, override_assessment=review.override_assessment)


class _OpenView(PatientView):
    def readable(self, par: Par) -> bool:
        return True

    def assessment(self, par: Par) -> str | None:
        return par.assessment


@fault("no-decision-lock", "MA-NURSE-05", "MA-NURSE-06")
def no_decision_lock(parts: Parts) -> None:
    """Let later decisions overwrite earlier ones, and ignore who holds a report."""
    refuse_assignment = parts.nurse_desk.refuse_assignment

    def ignore_holder(par: Par, to: str, caller: Caller) -> None:
        refuse_assignment(replace(par, assigned_nurse_id=None), to, caller)

    parts.nurse_desk.refuse_decision = lambda par, caller: None  # type: ignore[method-assign]
    parts.nurse_desk.refuse_assignment = ignore_holder  # type: ignore[method-assign]


@fault("decision-not-told", "MA-NURSE-07", "MA-NURSE-08", "MA-JOURNEY-01")
def decision_not_told(parts: Parts) -> None:
    """Tell the patient nothing of a decision or of a nurse's question, and leave the session open."""
    parts.patient_news = _SilentNews(parts)
    follow = parts.nurse_desk.follow

    def follow_escalations(connection: Connection, par: Par, decision: Decision, caller: Caller) -> Message | None:
        if decision.action in FINAL or decision.action == "request_more_info":
            return None
        return follow(connection, par, decision, caller)

    parts.nurse_desk.follow = follow_escalations  # type: ignore[method-assign]


class _SilentNews(PatientNews):
    def tell(self, done: Done) -> None:
        """Tell nothing."""
