"""How steady results are: the spread of each figure over the newest runs, and scenarios that came out differently."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from countersign.reporting.changes import same_conditions
from countersign.reporting.signoff import NAME
from countersign.verdict.records import Measured
from countersign.verdict.results import Verdict

RUNS = 3
"""So many runs are laid side by side, this one among them (MH-SUITE-08)."""
DECIDED = {"passed": "held", "failed": "failed"}

FigureKey = tuple[str, str, str, str]
"""Criterion, figure, statistic, load."""


@dataclass(frozen=True)
class Unsteady:
    """A scenario that held in one run and failed in another."""

    name: str
    outcomes: str


@dataclass(frozen=True)
class Steadiness:
    """What the newest runs say together. `spreads`: lowest and highest value, and number of runs."""

    runs: tuple[str, ...]
    unsteady: tuple[Unsteady, ...]
    spreads: Mapping[FigureKey, tuple[float, float, int]]

    def spread(self, criterion: str, figure: Measured) -> tuple[float, float, int] | None:
        """Give lowest value, highest value and number of runs of a figure; None if only this run has it."""
        return self.spreads.get((criterion, figure.name, figure.statistic, figure.load))


def steadiness(earlier: Sequence[Mapping[str, Any]], verdict: Verdict) -> Steadiness:
    """Lay this run beside the contents of earlier `signoff.json`. Raises KeyError or TypeError for another shape."""
    outcomes: dict[tuple[str, str], Counter[str]] = {}
    values: dict[FigureKey, list[float]] = {}
    for scenario in verdict.scenarios:
        if scenario.outcome in DECIDED:
            outcomes.setdefault((scenario.file, scenario.name), Counter())[scenario.outcome] += 1
    for criterion in verdict.criteria:
        for figure in criterion.measurements:
            values.setdefault((criterion.id, figure.name, figure.statistic, figure.load), [figure.value])
    for content in earlier:
        for each in content["scenarios"]:
            key = (each["file"], each["name"])
            if key in outcomes and each["outcome"] in DECIDED:
                outcomes[key][each["outcome"]] += 1
        for place, value in _figures(content):
            if place in values and value is not None:
                values[place].append(value)
    return Steadiness(
        (verdict.run.run_id, *(str(content["run"]["id"]) for content in earlier)),
        tuple(
            Unsteady(name, ", ".join(f"{DECIDED[outcome]} {times}×" for outcome, times in seen.most_common()))
            for (_, name), seen in outcomes.items()
            if len(seen) > 1
        ),
        {key: (min(found), max(found), len(found)) for key, found in values.items() if len(found) > 1},
    )


def newest_runs(folder: Path, verdict: Verdict) -> list[Mapping[str, Any]]:
    """Read the newest earlier runs beside this one on the same target, with the same seeded faults (usually none)."""
    found: list[Mapping[str, Any]] = []
    for path in sorted(folder.parent.glob(f"*/{NAME}"), key=lambda path: path.parent.name, reverse=True):
        if path.parent.is_symlink() or path.parent.name >= folder.name:
            continue
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if same_conditions(content, verdict) and set(content["systems"]) & set(verdict.systems):
                found.append(content)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue  # a half-written or foreign file is no run to compare with
        if len(found) == RUNS - 1:
            break
    return found


def _figures(content: Mapping[str, Any]) -> Iterator[tuple[FigureKey, float | None]]:
    criteria: Iterable[Mapping[str, Any]] = content["criteria"]
    for criterion in criteria:
        seen: set[FigureKey] = set()  # the first of a name counts, as above
        for each in criterion["measurements"]:
            place = (str(criterion["id"]), str(each["name"]), str(each["statistic"]), str(each["load"]))
            if place not in seen:
                seen.add(place)
                yield place, each["value"]
