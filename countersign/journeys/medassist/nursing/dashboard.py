"""A nurse reads the dashboard before and after decisions, and the suite keeps its own record of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle, islice
from statistics import fmean
from typing import Any

import personas
from countersign.expect.medassist.figures import Clocked, Figures, TwoReadings
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.filing import Filed, files
from countersign.journeys.medassist.patient import Patient
from countersign.systems.moments import Span, timed


@dataclass
class Record:
    """The suite's own record: each report with the time it came in, the decisions with theirs, two readings."""

    patient: Patient
    nurse: Nurse
    began: datetime
    before: Figures = field(default_factory=dict)
    after: Figures = field(default_factory=dict)
    of_these: Figures = field(default_factory=dict)
    filed: list[tuple[Filed, Span]] = field(default_factory=list)
    decided: list[tuple[Span, Span]] = field(default_factory=list)
    overridden: int = 0
    read_in: Span = field(default_factory=lambda: timed(lambda: None)[1])
    new: Counter[str] = field(default_factory=Counter)

    @property
    def growth(self) -> TwoReadings:
        """The two readings with what has to lie between them."""
        decisions, new = len(self.decided), sum(self.new.values())
        due = {
            "total_pars": new,
            "pending_count": new - decisions,
            "reviewed_count": decisions,
            "approved_count": decisions - self.overridden,
            "overridden_count": self.overridden,
            **{urgency: self.new[urgency] for urgency in ("immediate", "urgent", "routine")},
        }
        return TwoReadings(self.before, self.after, due)

    @property
    def times(self) -> list[Clocked]:
        """The times of the dashboard, each with what the suite's clock allows."""
        waiting = self.filed[len(self.decided) :][0][1]
        reviews = [(_minutes(came.ended, done.began), _minutes(came.began, done.ended)) for came, done in self.decided]
        return [
            Clocked(
                "the average review time",
                self.of_these.get("average_review_time_minutes"),
                fmean(least for least, _ in reviews),
                fmean(most for _, most in reviews),
            ),
            Clocked(
                "the longest wait",
                self.of_these.get("longest_wait_minutes"),
                _minutes(waiting.ended, self.read_in.began),
                _minutes(waiting.began, self.read_in.ended),
            ),
        ]


def reads_before(nurse: Nurse, patient: Patient, count: int) -> Record:
    """File so many reports of all kinds, then read the dashboard."""
    record = Record(patient, nurse, datetime.now(UTC))
    _file(record, islice(cycle(personas.material("medassist_nurse")["mixed_order"]), count))
    record.before = nurse.api.reports.analytics()
    return record


def goes_on(record: Record, approvals: int, overrides: int, new: int) -> Record:
    """Approve and override the reports of the record, file new ones, and read the dashboard again.

    It is also read for the time since the record began, in which there are no reports of anybody else on a system that
    the scenario has for itself.
    """
    words, reports = personas.material("medassist"), record.nurse.api.reports
    wrong = words["override"]
    for number, (filed, came) in enumerate(record.filed[: approvals + overrides]):
        if number < approvals:
            _, span = timed(lambda each=filed: reports.approve(each.report_id, words["approval_note"]))  # type: ignore[misc]
        else:
            _, span = timed(lambda each=filed: reports.override(each.report_id, wrong["reason"], wrong["assessment"]))  # type: ignore[misc]
        record.decided.append((came, span))
    record.overridden = overrides
    for filed in _file(record, ["urgent", "emergency", "urgent"][:new]):
        record.new[filed.urgency] += 1
    record.after = reports.analytics()
    since = f"{record.began:%Y-%m-%dT%H:%M:%S.%f}Z"
    record.of_these, record.read_in = timed(lambda: reports.analytics(start_date=since))
    return record


def _file(record: Record, kinds: Any) -> Sequence[Filed]:
    came = [timed(lambda each=kind: files(record.patient, each)) for kind in kinds]  # type: ignore[misc]
    record.filed += came
    return [filed for filed, _ in came]


def _minutes(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 60
