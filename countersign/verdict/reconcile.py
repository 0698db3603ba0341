"""Plan and journal, laid side by side: what became of every planned scenario, and what does not fit together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from countersign.verdict.figures import contradiction, shortfall
from countersign.verdict.problems import Problem
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
from countersign.verdict.results import ScenarioVerdict

_NEVER_REACHED = "the run ended before it began"
_WORST_FIRST: tuple[Outcome, ...] = ("failed", "broken", "not_verified", "passed")


@dataclass(frozen=True)
class Journal:
    """The records of a run, reconciled. `scenarios` stand in the order of the plan."""

    opened: RunOpened
    closed: RunClosed | None
    systems: Mapping[str, SystemOpened]
    scenarios: tuple[ScenarioVerdict, ...]
    left_behind: tuple[LeftBehind, ...]
    problems: tuple[Problem, ...]


@dataclass
class _Sorted:
    """The records by kind, in the order of the journal."""

    opened: list[RunOpened] = field(default_factory=list)
    closed: list[RunClosed] = field(default_factory=list)
    systems: dict[str, list[SystemOpened]] = field(default_factory=dict)
    planned: dict[str, list[Planned]] = field(default_factory=dict)
    started: dict[str, list[Started]] = field(default_factory=dict)
    measured: dict[str, list[Measured]] = field(default_factory=dict)
    ended: dict[str, list[Ended]] = field(default_factory=dict)
    left_behind: list[LeftBehind] = field(default_factory=list)
    after_the_close: bool = False


def reconcile(records: Iterable[Record]) -> Journal:
    """Lay plan and journal side by side. Never raises for a bad journal: what is wrong with it becomes a problem."""
    found = _sort(records)
    opened = found.opened[0] if found.opened else RunOpened(run_id="unknown", started_at="", target="unknown")
    closed = _closing(found)
    problems = [*_about_the_run(found), *_about_systems(found), *_about_strangers(found)]
    scenarios = []
    for plans in found.planned.values():
        scenario, its_problems = _settle(plans, found, closed)
        scenarios.append(scenario)
        problems += its_problems
    problems += _about_unreached(scenarios)
    systems = {name: _merged(openings) for name, openings in found.systems.items()}
    return Journal(opened, closed, systems, tuple(scenarios), tuple(found.left_behind), tuple(problems))


def _sort(records: Iterable[Record]) -> _Sorted:
    found = _Sorted()
    for record in records:
        found.after_the_close = bool(found.closed) and not isinstance(record, RunClosed)
        match record:
            case RunOpened():
                found.opened.append(record)
            case Planned():
                found.planned.setdefault(record.key, []).append(record)
            case SystemOpened():
                found.systems.setdefault(record.system, []).append(record)
            case Started():
                found.started.setdefault(record.key, []).append(record)
            case Measured():
                found.measured.setdefault(record.key, []).append(record)
            case Ended():
                found.ended.setdefault(record.key, []).append(record)
            case LeftBehind():
                found.left_behind.append(record)
            case RunClosed():
                found.closed.append(record)
    return found


def _closing(found: _Sorted) -> RunClosed | None:
    """Take the last line of the journal, or the one that tells of an interruption (a run in lanes closes in each)."""
    interrupted = [closing for closing in found.closed if closing.interrupted]
    return (interrupted or found.closed)[-1] if found.closed else None


def _merged(openings: Sequence[SystemOpened]) -> SystemOpened:
    """Take the last opening of a system, or the one that told of a problem: trouble once is not forgotten."""
    return next((opening for opening in openings if opening.problem), openings[-1])


def _about_the_run(found: _Sorted) -> list[Problem]:
    problems = []
    if not found.opened:
        problems.append("The journal does not say which run it belongs to: its first line is missing.")
    if len(found.opened) > 1:
        names = ", ".join(opening.run_id for opening in found.opened)
        problems.append(f"The journal was opened {len(found.opened)} times ({names}): two runs wrote into one folder.")
    if not found.planned:
        problems.append("Nothing was run: no scenario was selected. Check the tags and paths the run was started with.")
    if not found.closed or found.after_the_close:
        problems.append("The run was cut short: its journal has no last line, so it was killed or is still going on.")
    for reason in dict.fromkeys(closing.interrupted for closing in found.closed if closing.interrupted):
        problems.append(f"The run was interrupted: {reason.rstrip('.')}.")
    return [Problem(text) for text in problems]


def _about_systems(found: _Sorted) -> list[Problem]:
    problems = []
    for name, openings in found.systems.items():
        for text in dict.fromkeys(opening.problem for opening in openings if opening.problem):
            problems.append(Problem(f"{name} could not be judged: {text.rstrip('.')}.", name))
    passed_on = {
        plans[0].system
        for key, plans in found.planned.items()
        if any(end.outcome == "passed" for end in found.ended.get(key, ()))
    }
    for name in sorted(passed_on - set(found.systems)):
        problems.append(Problem(f"Scenarios of {name} passed although the run never opened {name}.", name))
    return problems


def _about_strangers(found: _Sorted) -> list[Problem]:
    """Name what was journaled without a plan, one problem a scenario."""
    strangers: dict[str, str] = {}
    for key in found.started:
        strangers[key] = "began"
    for key in found.measured:
        strangers[key] = "was measured"
    for key in found.ended:
        strangers[key] = "ended"
    return [
        Problem(f"{key} {what}, but it was not planned; its result is not counted.")
        for key, what in strangers.items()
        if key not in found.planned
    ]


def _about_unreached(scenarios: Sequence[ScenarioVerdict]) -> list[Problem]:
    """Name, system by system, how many scenarios a run that was cut short did not reach."""
    unreached: dict[str, int] = {}
    for scenario in scenarios:
        if not scenario.ended and scenario.reason == _NEVER_REACHED:
            unreached[scenario.system] = unreached.get(scenario.system, 0) + 1
    return [
        Problem(f"{count} planned {'scenario' if count == 1 else 'scenarios'} of {name} never began.", name)
        for name, count in unreached.items()
    ]


def _settle(
    plans: Sequence[Planned], found: _Sorted, closed: RunClosed | None
) -> tuple[ScenarioVerdict, list[Problem]]:
    """Decide what became of one planned scenario."""
    plan = plans[0]
    starts, ends = found.started.get(plan.key, []), found.ended.get(plan.key, [])
    complaints = []
    if len(plans) > 1:
        complaints.append(f"was planned {len(plans)} times")
    if len(starts) > 1:
        complaints.append(f"began {len(starts)} times")
    if len(ends) > 1:
        complaints.append(f"ended {len(ends)} times ({', '.join(end.outcome for end in ends)}); the worst is counted")
    end = _worst(ends) if ends else _missing_end(plan.key, began=bool(starts), closed=closed)
    if not ends and end.reason != _NEVER_REACHED:
        complaints.append(f"never came to an end: {end.reason}")
    elif end.outcome not in get_args(Outcome):
        complaints.append(f"ended with an outcome that is not known ('{end.outcome}')")
        end = Ended(plan.key, "broken", end.seconds, reason=f"unknown outcome '{end.outcome}'")
    elif end.outcome == "passed" and not starts:
        complaints.append("is said to have passed, but it never began")
        end = Ended(plan.key, "broken", end.seconds, reason="it is said to have passed, but it never began")
    elif end.outcome == "broken":
        complaints.append(f"could not be judged, because the suite failed: {_without_full_stop(end.reason)}")
    figures = tuple(found.measured.get(plan.key, ()))
    doubts, about_figures = _doubts(plan, end, figures)
    scenario = ScenarioVerdict(
        key=plan.key,
        name=plan.name,
        feature=plan.feature,
        file=plan.file,
        line=plan.line,
        system=plan.system,
        criteria=tuple(dict.fromkeys(criterion for each in plans for criterion in each.criteria)),
        outcome="not_verified" if end.outcome == "passed" and doubts else end.outcome,
        reason=next(iter(doubts.values())) if doubts else end.reason,
        step=end.step,
        seconds=end.seconds,
        evidence=end.evidence,
        tags=plan.tags,
        measurements=figures,
        started=bool(starts),
        ended=bool(ends),
        doubts=doubts,
    )
    complaints += about_figures
    return scenario, [Problem(f"{plan.name} ({plan.key}) {complaint}.", plan.system) for complaint in complaints]


def _worst(ends: Sequence[Ended]) -> Ended:
    unknown = [end for end in ends if end.outcome not in _WORST_FIRST]
    return unknown[0] if unknown else min(ends, key=lambda end: _WORST_FIRST.index(end.outcome))


def _missing_end(key: str, *, began: bool, closed: RunClosed | None) -> Ended:
    """Stand in for the end that the journal lacks."""
    if began:
        reason = "the run ended while it was running"
    elif closed is None or closed.interrupted:
        reason = _NEVER_REACHED
    else:
        reason = "it was planned, but never began"
    return Ended(key, "not_verified", 0.0, reason=reason)


def _doubts(plan: Planned, end: Ended, figures: Sequence[Measured]) -> tuple[dict[str, str], list[str]]:
    """Say, by criterion, what a scenario that passed did not prove, and name the contradictions in its figures."""
    doubts: dict[str, str] = {}
    contradictions: list[str] = []
    for figure in figures:
        wrong = set(figure.criteria) - set(plan.criteria)
        if wrong:
            contradictions.append(f"measured '{figure.name}' for {', '.join(sorted(wrong))}, which it does not carry")
        if end.outcome != "passed":
            continue
        against = contradiction(figure)
        if against:
            contradictions.append(f"passed although {against}")
        reason = f"the scenario passed although {against}" if against else shortfall(figure)
        if reason:
            # A figure for criteria that the scenario does not carry casts its doubt on the whole scenario.
            concerned = set(figure.criteria) - wrong if not wrong else ()
            for criterion in concerned or plan.criteria or ("",):
                doubts.setdefault(criterion, reason)
    return doubts, contradictions


def _without_full_stop(text: str) -> str:
    return text.rstrip(". ") or "no reason was given"
