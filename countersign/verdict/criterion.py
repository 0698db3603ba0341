"""One criterion: verified, refuted or not verified, and why."""

from collections.abc import Sequence

from countersign.verdict.catalogue import Criterion
from countersign.verdict.reconcile import Journal
from countersign.verdict.results import CriterionVerdict, ScenarioVerdict, Status

NOT_IN_RUN = "not part of this run"
NO_SCENARIO = "no scenario proves it in this run"


def judge_criterion(criterion: Criterion, journal: Journal) -> CriterionVerdict:
    """Judge one criterion from the scenarios that carry it."""
    its = [scenario for scenario in journal.scenarios if criterion.id in scenario.criteria]
    status, reason, in_run = _status(criterion, its, journal)
    return CriterionVerdict(
        id=criterion.id,
        system=criterion.system,
        title=criterion.title,
        must=criterion.must,
        kind=criterion.kind,
        status=status,
        reason=reason,
        scenarios=tuple(scenario.key for scenario in its),
        measurements=tuple(
            figure
            for scenario in its
            for figure in scenario.measurements
            if not figure.criteria or criterion.id in figure.criteria
        ),
        in_run=in_run,
    )


def _status(criterion: Criterion, its: Sequence[ScenarioVerdict], journal: Journal) -> tuple[Status, str, bool]:
    """Judge one criterion from its scenarios: status, reason, and whether this run selected it."""
    if not its:
        return _without_scenario(criterion, journal)
    failed = [scenario.reason for scenario in its if scenario.outcome == "failed"]
    if failed:
        return "refuted", _joined(failed, len(its)), True
    open_ends = [reason for scenario in its if (reason := _unproven(criterion.id, scenario))]
    if open_ends:
        return "not_verified", _joined(open_ends, len(its)), True
    left_out = (journal.opened.left_out or {}).get(criterion.id, 0)
    if left_out:
        total = len(its) + left_out
        return "not_verified", f"{left_out} of its {total} scenarios were {NOT_IN_RUN}", True
    return "verified", "", True


def _unproven(criterion: str, scenario: ScenarioVerdict) -> str:
    """Say why a scenario that did not fail proves nothing for the criterion; empty when it proves it."""
    if scenario.outcome == "passed":
        return ""
    if scenario.outcome == "not_verified" and scenario.doubts:
        # It passed: only the criteria that its doubtful figures belong to are open.
        return scenario.doubts.get(criterion, "")
    reason = scenario.reason.rstrip(". ") or "no reason was given"
    return f"the suite failed: {reason}" if scenario.outcome == "broken" else reason


def _without_scenario(criterion: Criterion, journal: Journal) -> tuple[Status, str, bool]:
    if criterion.system not in journal.opened.whole:
        return "not_verified", NOT_IN_RUN, False
    system = journal.systems.get(criterion.system)
    if system is None:
        return "not_verified", NO_SCENARIO, True
    if system.problem:
        return "not_verified", f"the system could not be judged: {system.problem.rstrip('.')}", True
    missing = system.missing or {}
    for capability in criterion.needs:
        if capability not in system.capabilities:
            why = missing.get(capability) or "the target does not offer it"
            return "not_verified", f"needs {capability}: {why.rstrip('.')}", True
    return "not_verified", NO_SCENARIO, True


def _joined(reasons: Sequence[str], scenarios: int) -> str:
    """Give the first reason, and say how many more of its scenarios have one."""
    first = reasons[0].rstrip(". ") or "no reason was given"
    more = len(reasons) - 1
    return f"{first} (and {more} more of its {scenarios} scenarios)" if more else first
