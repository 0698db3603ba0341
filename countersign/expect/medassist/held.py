"""Matchers for reports in somebody's hands, and for the history of what was done with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.medassist.decided import TAKEN, not_utc
from countersign.systems.medassist.report_model import Decision, Report
from countersign.systems.moments import Span
from countersign.transport.answer import Answer


class HeldBy(Lacking[Report]):
    """See `held_by`."""

    def __init__(self, name: str, nurse_id: str) -> None:
        self.nurse_id = nurse_id
        self.expected = f"a report in review that {name} holds"

    def lack(self, item: Any) -> str:
        """Say who holds it instead."""
        if item.status == "in_review" and item.assigned_nurse_id == self.nurse_id:
            return ""
        return f"it is {item.status} and held by {item.assigned_nurse_id or 'nobody'}"


def held_by(name: str, nurse_id: str) -> HeldBy:
    """Match a report in review that this account holds."""
    return HeldBy(name, nurse_id)


class WaitingForAnybody(Lacking[Report]):
    """Match a report that waits undecided and is held by nobody."""

    expected = "a report that waits undecided, held by nobody"

    def lack(self, item: Any) -> str:
        """Say how it stands instead."""
        if item.status == "pending" and item.assigned_nurse_id is None and not item.reviewed:
            return ""
        return f"it is {item.status} and held by {item.assigned_nurse_id or 'nobody'}"


def waiting_for_anybody() -> WaitingForAnybody:
    """Match a report that waits undecided and is held by nobody."""
    return WaitingForAnybody()


@dataclass(frozen=True)
class TriedToTake:
    """What somebody tried on a report that another nurse holds, and the answer."""

    called: str
    answer: Answer


class NotTheirs(Lacking[TriedToTake]):
    """Match a try that was refused because another nurse holds the report."""

    expected = "a refusal because another nurse holds the report"

    def lack(self, item: Any) -> str:
        """Say how the try was answered."""
        if item.answer.status != TAKEN:
            return f"{item.called} was answered {item.answer.status}"
        code = item.answer.json().get("code")
        return "" if code == "ASSIGNED_TO_OTHER" else f"{item.called} was refused for another reason ({code})"


def not_theirs() -> NotTheirs:
    """Match a try that was refused because another nurse holds the report."""
    return NotTheirs()


@dataclass(frozen=True)
class Rush:
    """Tries of several nurses to take one report at once: account and answer, and the report afterwards."""

    tries: Sequence[tuple[str, Answer]]
    kept: Report


class TakenByOne(Lacking[Rush]):
    """Match a report that one of several nurses got, while all others were refused."""

    expected = "one nurse who holds the report, and a refusal for every other"

    def lack(self, item: Any) -> str:
        """Say how many got it, or who holds it."""
        got = {nurse_id for nurse_id, answer in item.tries if answer.status == 200}
        if len(got) != 1:
            return f"{len(got)} of {len(item.tries)} were told that they hold it"
        refused = {answer.status for nurse_id, answer in item.tries if nurse_id not in got}
        if refused != {TAKEN}:
            return f"the others were answered {', '.join(map(str, sorted(refused))) or 'nothing'}"
        return "" if {item.kept.assigned_nurse_id} == got else "somebody else holds it than was told so"


def taken_by_one() -> TakenByOne:
    """Match a report that one of several nurses got."""
    return TakenByOne()


@dataclass(frozen=True)
class Step:
    """Something done with a report. `action` is None where the contract has no word for it; `notes` as they were sent.

    `holder` is the account that has to hold the report afterwards, `left` the report as it came back.
    """

    what: str
    nurse_id: str
    previous_status: str
    new_status: str
    span: Span
    left: Report
    action: str | None = None
    notes: str | None = None
    holder: str | None = None


class LeftWith(Lacking[Step]):
    """Match a step after which the right nurse holds the report."""

    expected = "a step that leaves the report with the nurse it was meant for"

    def lack(self, item: Any) -> str:
        """Say who holds it."""
        if (item.left.status, item.left.assigned_nurse_id) == (item.new_status, item.holder):
            return ""
        return f"after {item.what} it is {item.left.status}, held by {item.left.assigned_nurse_id or 'nobody'}"


def left_with_its_nurse() -> LeftWith:
    """Match a step after which the right nurse holds the report."""
    return LeftWith()


class Tells(Lacking[Sequence[Decision]]):
    """See `tells`."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = steps
        self.expected = f"a history of {len(steps)} steps in order, each with nurse, time and states"

    def lack(self, item: Any) -> str:
        """Name the first step that is not told as it was taken."""
        if len(item) != len(self.steps):
            return f"it tells {len(item)} steps: {', '.join(each.action for each in item) or 'none'}"
        for number, (told, taken) in enumerate(zip(item, self.steps, strict=True), 1):
            wrong = _told_wrongly(told, taken)
            if wrong:
                return f"step {number} ({taken.what}): {wrong}"
        return ""


def _told_wrongly(told: Decision, taken: Step) -> str:
    if (told.previous_status, told.new_status) != (taken.previous_status, taken.new_status):
        return f"it goes from {told.previous_status} to {told.new_status}"
    if told.nurse_id != taken.nurse_id:
        return f"it is told of the account {told.nurse_id}, not of {taken.nurse_id}"
    if taken.action is not None and told.action != taken.action:
        return f"it is called {told.action}"
    if taken.notes is not None and told.notes != taken.notes:
        return f"its note reads {str(told.notes)[:60]!r}"
    return not_utc(told.created_at, taken.span, "its time")


def tells(steps: Sequence[Step]) -> Tells:
    """Match a history that tells these steps, in this order, and nothing else."""
    return Tells(steps)
