"""`signoff.html`: the page of the sign-off meeting. It renders the verdict and never judges."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from countersign.catalogue import TITLES, Catalogue
from countersign.paths import ROOT
from countersign.reporting import words
from countersign.reporting.changes import Changes
from countersign.reporting.charts import Charts
from countersign.reporting.files import link
from countersign.reporting.kills import KillMatrix
from countersign.reporting.steadiness import Steadiness
from countersign.reporting.tables import stands_by_itself, tables_of
from countersign.verdict.bands import percent
from countersign.verdict.figures import keeps_limit, limit_in_words, number
from countersign.verdict.records import Measured
from countersign.verdict.results import CriterionVerdict, ScenarioVerdict, Verdict

NAME = "signoff.html"
TEMPLATES = ROOT / "reports" / "templates"
SLOWEST = 10


@dataclass(frozen=True)
class Extras:
    """What the page shows beside the verdict. `notes` say why something could not be shown."""

    evidence: Mapping[str, str]
    changes: Changes | None = None
    kills: KillMatrix | None = None
    steadiness: Steadiness | None = None
    notes: tuple[str, ...] = ()


def page(verdict: Verdict, catalogue: Catalogue, extras: Extras) -> str:
    """Give the page: one HTML text that needs no script and nothing from elsewhere."""
    return (
        _environment()
        .get_template("signoff.html.j2")
        .render(
            verdict=verdict,
            view=_View(verdict, catalogue, extras),
            extras=extras,
            charts=Charts(),
            words=words,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "percent": percent,
        "number": number,
        "amount": words.amount,
        "title": lambda system: TITLES.get(system, system),
        "moment": words.moment,
        "counted": words.counted,
        "sentence": words.sentence,
        "link": link,
    }
    return environment


@dataclass(frozen=True)
class _Requirement:
    """A requirement of the product's own list, and the criteria that prove it."""

    number: str
    criteria: Sequence[CriterionVerdict]


@dataclass(frozen=True)
class _Group:
    """Things under one heading."""

    name: str
    members: Sequence[CriterionVerdict]


class _View:
    """The verdict, sorted the way the page is read."""

    def __init__(self, verdict: Verdict, catalogue: Catalogue, extras: Extras) -> None:
        self._verdict = verdict
        self._extras = extras
        self._scenarios = {scenario.key: scenario for scenario in verdict.scenarios}
        self.refuted = _musts_first(each for each in verdict.criteria if each.status == "refuted")
        unverified = [each for each in verdict.criteria if each.status == "not_verified"]
        self.not_verified = _by_reason(_musts_first(each for each in unverified if each.in_run))
        self.outside = [each for each in unverified if not each.in_run]
        self.waived = [each for each in verdict.criteria if each.waiver]
        self.measured = [each for each in verdict.criteria if self.figures(each)]
        self.tables = tables_of(figure for scenario in verdict.scenarios for figure in scenario.measurements)
        self._catalogue = catalogue
        self.duties = [duty for duty in catalogue.duties if duty.system in verdict.systems]
        self.duration = words.duration(verdict.run.started_at, verdict.closed_at)
        self.slowest = sorted(verdict.scenarios, key=lambda each: -each.seconds)[:SLOWEST]
        self.without_criterion = [
            scenario
            for scenario in verdict.scenarios
            if scenario.outcome != "passed"
            and not any(scenario.key in criterion.scenarios for criterion in verdict.criteria)
        ]

    @staticmethod
    def figures(criterion: CriterionVerdict) -> list[Measured]:
        """Give the figures of a criterion that have a line of their own."""
        return [figure for figure in criterion.measurements if stands_by_itself(figure)]

    def requirements(self, system: str) -> list[_Requirement]:
        """Give the system's own requirements with the criteria of each; empty for a system that numbers none."""
        verdicts = {each.id: each for each in self._verdict.criteria}
        return [
            _Requirement(number, [verdicts[name] for name in self._catalogue.proving(system, number)])
            for number in self._catalogue.requirements.get(system, ())
        ]

    def matrix(self, system: str) -> list[_Group]:
        """Give the criteria of a system that this run selected, by kind in the order of the reports."""
        its = [each for each in self._verdict.criteria if each.system == system and each.in_run]
        order = list(words.KIND)
        its.sort(key=lambda each: order.index(each.kind) if each.kind in order else len(order))
        return [
            _Group(words.KIND.get(kind, kind.capitalize()), list(members))
            for kind, members in groupby(its, key=lambda each: each.kind)
        ]

    def scenarios(self, criterion: CriterionVerdict) -> list[ScenarioVerdict]:
        """Give the scenarios of a criterion in the order they were planned."""
        return [self._scenarios[key] for key in criterion.scenarios]

    def failed(self, criterion: CriterionVerdict) -> list[ScenarioVerdict]:
        """Give the scenarios that refute a criterion."""
        return [each for each in self.scenarios(criterion) if each.outcome == "failed"]

    def has_evidence(self, scenario: ScenarioVerdict) -> bool:
        """Say whether the evidence of a scenario is really there to be opened."""
        return scenario.evidence in self._extras.evidence

    def spread(self, criterion: CriterionVerdict, figure: Measured) -> str:
        """Say between which values a figure lay in the newest runs; empty if it was taken only once."""
        steadiness = self._extras.steadiness
        found = steadiness.spread(criterion.id, figure) if steadiness else None
        if found is None:
            return ""
        low, high, runs = found
        return f"{words.amount(low, figure.unit)} to {words.amount(high, figure.unit)} in the last {runs} runs"

    @staticmethod
    def limit(figure: Measured) -> str:
        """Give the limit of a figure in words; a dash for one that is only reported."""
        return limit_in_words(figure) or "no limit"

    @staticmethod
    def kept(figure: Measured) -> str:
        """Say in one word whether a figure keeps its limit."""
        if figure.samples < max(1, figure.required_samples):
            return "too few samples"
        try:
            kept = keeps_limit(figure)
        except ValueError:
            return "no limit named"
        return "reported" if kept is None else "kept" if kept else "broken"


def _musts_first(criteria: Iterable[CriterionVerdict]) -> list[CriterionVerdict]:
    return sorted(criteria, key=lambda each: not each.must)


def _by_reason(criteria: Sequence[CriterionVerdict]) -> list[_Group]:
    """Group criteria that share a reason; the most important groups (musts, then size) first."""
    groups: dict[str, list[CriterionVerdict]] = {}
    for criterion in criteria:
        groups.setdefault(criterion.reason, []).append(criterion)
    ordered = sorted(groups.items(), key=lambda item: (-sum(each.must for each in item[1]), -len(item[1])))
    return [_Group(reason, members) for reason, members in ordered]
