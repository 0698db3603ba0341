"""What the verdict says: plain values that every report prints and none computes again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from countersign.verdict.records import LeftBehind, Measured, Outcome, RunOpened, SystemOpened
from countersign.verdict.waivers import Waiver

Status = Literal["verified", "refuted", "not_verified"]

Band = Literal["green", "yellow", "red", "partial"]
"""partial: the system's features were not run whole, so no share can stand for it."""

Overall = Literal["green", "yellow", "red", "partial", "problem"]
"""problem: plan and journal do not fit together or the suite failed, so nothing here can be signed."""


@dataclass(frozen=True)
class ScenarioVerdict:
    """A planned scenario and what became of it. `ended` is False when the journal holds no end of it.

    `doubts` says, by criterion, why a scenario that passed still proves nothing for it (too few samples, a figure
    that contradicts the outcome).
    """

    key: str
    name: str
    feature: str
    file: str
    line: int
    system: str
    criteria: tuple[str, ...]
    outcome: Outcome
    reason: str = ""
    step: str = ""
    seconds: float = 0.0
    evidence: str = ""
    tags: tuple[str, ...] = ()
    measurements: tuple[Measured, ...] = ()
    started: bool = True
    ended: bool = True
    doubts: Mapping[str, str] | None = None


@dataclass(frozen=True)
class CriterionVerdict:
    """One criterion of the catalogue, its status and, unless it is verified, the reason in one sentence.

    `scenarios` holds the keys of its scenarios. A waiver changes what the criterion blocks, never its status.
    `in_run` is False for a criterion that a partial run did not select.
    """

    id: str
    system: str
    title: str
    must: bool
    kind: str
    status: Status
    reason: str = ""
    scenarios: tuple[str, ...] = ()
    measurements: tuple[Measured, ...] = ()
    waiver: Waiver | None = None
    in_run: bool = True

    @property
    def blocks(self) -> bool:
        """Say whether it stands in the way of a green: a must that is neither verified nor waived."""
        return self.must and self.status != "verified" and self.waiver is None


@dataclass(frozen=True)
class SystemVerdict:
    """The roll-up of one system. `share` is verified / all criteria of its catalogue (0 to 1); `why` explains the band.

    `must_refuted` and `must_not_verified` count musts that no waiver covers.
    """

    verified: int
    refuted: int
    not_verified: int
    share: float
    band: Band
    why: str = ""
    must_refuted: int = 0
    must_not_verified: int = 0
    waived: int = 0

    @property
    def total(self) -> int:
        """Count the criteria of the system's catalogue."""
        return self.verified + self.refuted + self.not_verified


@dataclass(frozen=True)
class Verdict:
    """The one verdict of a run. `exit_code` is what the run ends with, `headline` one sentence for the owner."""

    run: RunOpened
    overall: Overall
    exit_code: int
    headline: str
    systems: Mapping[str, SystemVerdict]
    criteria: tuple[CriterionVerdict, ...]
    scenarios: tuple[ScenarioVerdict, ...]
    problems: tuple[str, ...] = ()
    left_behind: tuple[LeftBehind, ...] = ()
    opened: Mapping[str, SystemOpened] | None = None
    closed_at: str = ""
    interrupted: str = ""
    accept: str = "green"
