"""Matchers for decisions on reports: who, when, what is kept, and that there is only one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.model import Session, moment
from countersign.systems.medassist.report_model import Report
from countersign.systems.moments import Span
from countersign.transport.answer import Answer

INVALID, TAKEN = 422, 409


def not_utc(text: Any, span: Span, what: str) -> str:
    """Say what is wrong with a time that has to be UTC, marked Z, and within a span; empty if nothing."""
    if not isinstance(text, str) or not text.endswith("Z"):
        return f"{what} is {text!r}, which is no time in UTC"
    return "" if span.holds(moment(text, what)) else f"{what} is {text}, it was done from {span}"


class ApprovedBy(Lacking[Report]):
    """See `approved_by`."""

    def __init__(self, name: str, nurse_id: str, note: str, span: Span) -> None:
        self.nurse_id, self.note, self.span = nurse_id, note, span
        self.expected = f"a report approved by {name} with the note, at the time it was done"

    def lack(self, item: Any) -> str:
        """Say what the decision lacks."""
        if item.status != "reviewed" or item.reviewed is not True or item.approved is not True:
            return f"it is {item.status}, reviewed {item.reviewed} and approved {item.approved}"
        if item.reviewed_by_id != self.nurse_id:
            return f"it was decided by {item.reviewed_by_id or 'nobody'}, not by the account {self.nurse_id}"
        if item.notes != self.note:
            return f"its note is {item.notes!r}"
        return not_utc(item.reviewed_at, self.span, "the time of the decision")


def approved_by(name: str, nurse_id: str, note: str, span: Span) -> ApprovedBy:
    """Match a report approved by this account with this note, at a time in UTC within the span."""
    return ApprovedBy(name, nurse_id, note, span)


@dataclass(frozen=True)
class Attempt:
    """A wish that decides nothing: what it is called, how it was answered, and the report right after it."""

    called: str
    answer: Answer
    after: Report


class DecidedNothing(Lacking[Attempt]):
    """See `decided_nothing`."""

    def __init__(self, status: int, before: Report | None) -> None:
        self.status, self.before = status, before
        kept = "as it was decided first" if before else "undecided"
        self.expected = f"a refusal that leaves the report {kept}"

    def lack(self, item: Any) -> str:
        """Say what was accepted or changed."""
        if item.answer.status != self.status:
            return f"{item.called} was answered {item.answer.status}"
        if self.before is not None:
            changed = [
                name for name, value in decision_of(self.before).items() if value != decision_of(item.after)[name]
            ]
            return f"{item.called} changed {', '.join(changed)}" if changed else ""
        if item.after.reviewed or item.after.status != "pending":
            return f"{item.called} was refused, yet the report is {item.after.status}"
        return ""


def decided_nothing() -> DecidedNothing:
    """Match a wish that was refused as incomplete, after which the report still waits."""
    return DecidedNothing(INVALID, None)


def changed_nothing(before: Report) -> DecidedNothing:
    """Match a later decision that was refused, after which the report is as it was decided first."""
    return DecidedNothing(TAKEN, before)


def decision_of(report: Report) -> dict[str, Any]:
    """Give the parts of a report that a decision sets."""
    names = ("status", "approved", "reviewed_by_id", "reviewed_at", "notes", "override_reason", "override_assessment")
    return {name: getattr(report, name) for name in names}


@dataclass(frozen=True)
class Overridden:
    """A report before and after an override, and the words that were sent."""

    before: Report
    after: Report
    reason: str
    assessment: str


class KeepsBoth(Lacking[Overridden]):
    """See `keeps_both`."""

    expected = "a report with the AI's assessment beside the nurse's reason and corrected assessment"

    def lack(self, item: Any) -> str:
        """Say which text is not kept."""
        after = item.after
        if after.approved is not False or not after.reviewed:
            return f"it is {after.status} and approved {after.approved}"
        if after.assessment != item.before.assessment:
            return f"the AI's assessment reads {after.assessment[:60]!r} now"
        if after.override_reason != item.reason:
            return f"the reason reads {str(after.override_reason)[:60]!r}"
        if after.override_assessment != item.assessment:
            return f"the corrected assessment reads {str(after.override_assessment)[:60]!r}"
        return ""


def keeps_both() -> KeepsBoth:
    """Match an override that keeps the AI's text beside the nurse's."""
    return KeepsBoth()


@dataclass(frozen=True)
class Duel:
    """Decisions sent at the same moment: the answer each nurse got, by what it decides, and the report afterwards."""

    answers: Mapping[bool, Answer]
    nurses: Mapping[bool, str]
    kept: Report


class WonByOne(Lacking[Duel]):
    """See `won_by_one`."""

    expected = "one accepted decision, which is kept, and one refusal"

    def lack(self, item: Any) -> str:
        """Say how the two were answered, or that another decision is kept."""
        statuses = sorted(answer.status for answer in item.answers.values())
        if statuses != [200, TAKEN]:
            return f"the two decisions were answered {' and '.join(map(str, statuses))}"
        winner = next(approved for approved, answer in item.answers.items() if answer.status == 200)
        if (item.kept.approved, item.kept.reviewed_by_id) != (winner, item.nurses[winner]):
            return "the decision that is kept is not the one that was accepted"
        stray = [item.kept.override_reason, item.kept.override_assessment] if winner else [item.kept.notes]
        return "parts of the refused decision are kept" if any(stray) else ""


def won_by_one() -> WonByOne:
    """Match two decisions of one moment of which exactly one holds."""
    return WonByOne()


class ClosedByDecision(Lacking[Session]):
    """See `closed_by_decision`."""

    expected = "a completed session that shows the reviewed report and when it ended"

    def lack(self, item: Any) -> str:
        """Say what the session shows instead."""
        if item.status != "completed" or not item.completed_at:
            return f"it is {item.status} and ended at {item.completed_at}"
        return "" if item.par and item.par.get("reviewed") is True else f"its report is shown as {item.par}"


def closed_by_decision() -> ClosedByDecision:
    """Match a session that a decision has closed."""
    return ClosedByDecision()


class ToldTheSame(Lacking[Mapping[str, Report]]):
    """See `told_the_same`."""

    expected = "one decision, read the same by everybody"

    def lack(self, item: Any) -> str:
        """Say who reads something else."""
        (first, told), *others = item.items()
        for name, report in others:
            differing = [part for part, value in decision_of(told).items() if value != decision_of(report)[part]]
            if differing:
                return f"{first} and {name} read another {' and '.join(differing)}"
        return "" if others else f"only {first} has read it"


def told_the_same() -> ToldTheSame:
    """Match readings of a report by several people (name to report) that tell the same decision."""
    return ToldTheSame()


class StandingAs(Lacking[Report | Session]):
    """See `standing_as`."""

    def __init__(self, status: str) -> None:
        self.status = status
        self.expected = f"one that is {status}"

    def lack(self, item: Any) -> str:
        """Say how it stands."""
        return "" if item.status == self.status else f"the {type(item).__name__.lower()} is {item.status}"


def standing_as(status: str) -> StandingAs:
    """Match a report or a session in this state."""
    return StandingAs(status)
