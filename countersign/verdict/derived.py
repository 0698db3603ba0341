"""Criteria that follow from what became of others: so many of 100 that could be verified have to hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.verdict.catalogue import Criterion, ShareOf
from countersign.verdict.criterion import NOT_IN_RUN
from countersign.verdict.figures import number
from countersign.verdict.records import Measured
from countersign.verdict.results import CriterionVerdict, Status

FIGURE = "integration checks passed"


@dataclass(frozen=True)
class Share:
    """How many criteria hold, do not hold, and could not be verified."""

    held: int
    broken: int
    open: int

    @classmethod
    def of(cls, statuses: Sequence[Status]) -> "Share":
        """Count the statuses of criteria."""
        return cls(statuses.count("verified"), statuses.count("refuted"), statuses.count("not_verified"))

    @property
    def judged(self) -> int:
        """Count those that could be verified."""
        return self.held + self.broken

    @property
    def percent(self) -> float:
        """Give how many of 100 that could be verified hold."""
        return 100 * self.held / self.judged if self.judged else 0.0


def weigh(asked: ShareOf, share: Share) -> tuple[Status, str]:
    """Judge a share: status and, unless it is verified, the reason. Without a single one judged it stays open."""
    beside = f"{share.open} could not be verified"
    if not share.judged:
        return "not_verified", f"none of the criteria it is computed from could be judged; {beside}"
    if share.held * 100 >= asked.least * share.judged:
        return "verified", ""
    passed = f"{share.held} of {share.judged} integration checks passed ({share.percent:.1f} of 100)"
    return "refuted", f"{passed}, at least {number(asked.least)} of 100 have to; {beside}"


def judge_derived(criterion: Criterion, others: Sequence[CriterionVerdict], *, whole: bool) -> CriterionVerdict:
    """Judge a derived criterion from the verdicts of all others of its system, in a run of the whole system only.

    Raises ValueError for a criterion that is not derived.
    """
    if criterion.share_of is None:
        raise ValueError(f"{criterion.id} is not derived from others")
    status: Status = "not_verified"
    reason, figures = NOT_IN_RUN, tuple[Measured, ...]()
    if whole:
        kinds = criterion.share_of.kinds
        share = Share.of([each.status for each in others if each.system == criterion.system and each.kind in kinds])
        status, reason = weigh(criterion.share_of, share)
        figures = (_figure(criterion, criterion.share_of, share),)
    return CriterionVerdict(
        id=criterion.id,
        system=criterion.system,
        title=criterion.title,
        must=criterion.must,
        kind=criterion.kind,
        status=status,
        reason=reason,
        measurements=figures,
        in_run=whole,
    )


def _figure(criterion: Criterion, asked: ShareOf, share: Share) -> Measured:
    return Measured(
        key="",
        name=FIGURE,
        value=round(share.percent, 4),
        unit="of 100",
        samples=share.judged,
        limit=asked.least,
        relation="at least",
        statistic="share",
        load=f"{share.open} more could not be verified",
        criteria=(criterion.id,),
    )
