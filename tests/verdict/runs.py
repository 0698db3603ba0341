"""Build small catalogues and journals for the suite's own tests, in the words a test needs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from countersign.verdict.catalogue import Criterion
from countersign.verdict.records import (
    Ended,
    LeftBehind,
    Measured,
    Outcome,
    Planned,
    Record,
    RunClosed,
    RunOpened,
    Started,
    SystemOpened,
)


def catalogue(count: int, *, system: str = "chattrain", prefix: str = "CT", musts: int = 0) -> list[Criterion]:
    """Give `count` criteria of one system, the first `musts` of them musts."""
    return [
        Criterion(f"{prefix}-{number:02}", system, f"Sentence number {number} holds.", number <= musts, "function")
        for number in range(1, count + 1)
    ]


class RunBuilder:
    """Collects the records of a run. By default the run is whole, opened and closed, and its system answers."""

    def __init__(self, *systems: str, whole: Sequence[str] | None = None) -> None:
        self.systems = systems or ("chattrain",)
        self.opened = RunOpened(
            run_id="2026-11-20-1200-abcd",
            started_at="2026-11-20T12:00:00Z",
            target="embedded",
            touched=self.systems,
            whole=tuple(self.systems if whole is None else whole),
            revision="0b76164",
            settings={"pace": "compressed", "users": "5", "seed": "42"},
        )
        self.closed: RunClosed | None = RunClosed("2026-11-20T12:10:00Z")
        self.openings: list[Record] = [
            SystemOpened(name, "http://127.0.0.1:8000", capabilities=("scripted-ai",), version="1.0.0")
            for name in self.systems
        ]
        self.plans: list[Planned] = []
        self.events: list[Record] = []

    def plan(self, *criteria: str, system: str = "", name: str = "", tags: Sequence[str] = ()) -> str:
        """Plan a scenario for the criteria; give its key."""
        number = len(self.plans) + 1
        system = system or self.systems[0]
        file = f"features/{system}/rules.feature"
        line = number * 10
        key = f"{file}:{line}"
        self.plans.append(
            Planned(
                key, name or f"Rule {number} holds", "Rules of the house", file, line, system, criteria, tuple(tags)
            )
        )
        return key

    def scenario(
        self,
        *criteria: str,
        outcome: Outcome = "passed",
        reason: str = "",
        system: str = "",
        name: str = "",
        step: str = "",
        evidence: str = "",
        seconds: float = 1.5,
        figures: Sequence[Mapping[str, Any]] = (),
    ) -> str:
        """Plan, start and end a scenario; `figures` are keyword arguments of its measurements."""
        key = self.plan(*criteria, system=system, name=name)
        self.events.append(Started(key, "2026-11-20T12:01:00Z"))
        self.events += [figure(key, **each) for each in figures]
        self.events.append(Ended(key, outcome, seconds, "2026-11-20T12:02:00Z", reason, step=step, evidence=evidence))
        return key

    def left_behind(self, what: str, count: int, reason: str) -> None:
        """Note test data that stayed in the first system."""
        self.events.append(LeftBehind(self.systems[0], what, count, reason))

    def change(self, **values: Any) -> None:
        """Change fields of the first record."""
        self.opened = replace(self.opened, **values)

    def records(self) -> list[Record]:
        """Give the journal as it would be read back."""
        end: list[Record] = [self.closed] if self.closed else []
        return [self.opened, *self.plans, *self.openings, *self.events, *end]


def figure(key: str = "k", **values: Any) -> Measured:
    """Give a measurement that keeps its limit, changed by `values`."""
    given: dict[str, Any] = {
        "name": "time to the reply",
        "value": 1.2,
        "unit": "s",
        "samples": 40,
        "limit": 3.0,
        "relation": "below",
        "required_samples": 40,
        "statistic": "maximum",
        "load": "5 users at once",
    }
    return Measured(key, **{**given, **values})


def all_verified(criteria: Sequence[Criterion], *, but: int = 0, outcome: Outcome = "not_verified") -> RunBuilder:
    """Give a whole run in which every criterion has a passed scenario, but the last `but` ended otherwise."""
    run = RunBuilder(*dict.fromkeys(criterion.system for criterion in criteria))
    good = len(criteria) - but
    for number, criterion in enumerate(criteria):
        ended: Outcome = "passed" if number < good else outcome
        reason = "" if ended == "passed" else "the reply never came"
        run.scenario(criterion.id, system=criterion.system, outcome=ended, reason=reason)
    return run
