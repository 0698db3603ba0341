"""The status of a criterion: from its scenarios, its figures and what the target can show."""

from dataclasses import replace

import pytest

from countersign.verdict.judge import EXIT_PROBLEM, judge
from countersign.verdict.records import SystemOpened
from verdict.runs import RunBuilder, all_verified, catalogue

CRITERIA = catalogue(3)


def first(run: RunBuilder, criteria=CRITERIA):
    return judge(run.records(), criteria).criteria[0]


def run_with(*outcomes: str) -> RunBuilder:
    run = RunBuilder()
    for number, outcome in enumerate(outcomes):
        run.scenario("CT-01", outcome=outcome, reason=f"{outcome} {number}")  # type: ignore[arg-type]
    return run


@pytest.mark.parametrize(
    ("outcomes", "status", "reason"),
    [
        (["passed", "passed"], "verified", ""),
        (["passed", "failed"], "refuted", "failed 1"),
        (["not_verified", "failed", "broken"], "refuted", "failed 1"),
        (["failed", "failed", "passed"], "refuted", "failed 0 (and 1 more of its 3 scenarios)"),
        (["passed", "not_verified"], "not_verified", "not_verified 1"),
        (["broken", "passed"], "not_verified", "the suite failed: broken 0"),
    ],
)
def test_status_from_all_its_scenarios(outcomes, status, reason):
    verdict = first(run_with(*outcomes))
    assert (verdict.status, verdict.reason) == (status, reason)
    assert len(verdict.scenarios) == len(outcomes)


def test_criterion_without_a_scenario_in_a_whole_run():
    run = run_with("passed")
    assert [item.reason for item in judge(run.records(), CRITERIA).criteria] == [
        "",
        "no scenario proves it in this run",
        "no scenario proves it in this run",
    ]


def test_criterion_without_a_scenario_names_the_missing_capability():
    criteria = [replace(CRITERIA[0], needs=("scripted-ai", "metrics")), *CRITERIA[1:]]
    run = RunBuilder()
    run.scenario("CT-02")
    run.openings = [SystemOpened("chattrain", "u", ("scripted-ai",), {"metrics": "GET /metrics answers 404."})]
    assert first(run, criteria).reason == "needs metrics: GET /metrics answers 404"


def test_criterion_without_a_scenario_when_the_target_does_not_say_why():
    criteria = [replace(CRITERIA[0], needs=("metrics",)), *CRITERIA[1:]]
    run = RunBuilder()
    run.scenario("CT-02")
    assert first(run, criteria).reason == "needs metrics: the target does not offer it"


def test_too_few_samples_leave_a_passed_scenario_unproven():
    run = RunBuilder()
    run.scenario("CT-01", figures=[{"samples": 12, "required_samples": 40}])
    verdict = judge(run.records(), CRITERIA)
    assert verdict.criteria[0].status == "not_verified"
    assert verdict.criteria[0].reason == "too few samples: 'time to the reply' rests on 12, the criterion asks for 40"
    assert verdict.scenarios[0].outcome == "not_verified"


def test_figure_without_any_sample_proves_nothing():
    run = RunBuilder()
    run.scenario("CT-01", figures=[{"samples": 0, "required_samples": 0}])
    assert first(run).status == "not_verified"


def test_doubtful_figure_concerns_only_the_criteria_it_belongs_to():
    run = RunBuilder()
    run.scenario("CT-01", "CT-02", figures=[{"samples": 1, "criteria": ("CT-02",)}, {"name": "other"}])
    verdict = judge(run.records(), CRITERIA)
    assert [item.status for item in verdict.criteria] == ["verified", "not_verified", "not_verified"]
    assert [figure.name for figure in verdict.criteria[0].measurements] == ["other"]


def test_figure_for_a_criterion_the_scenario_does_not_carry():
    run = all_verified(CRITERIA)
    run.scenario("CT-01", figures=[{"criteria": ("CT-02",)}])
    verdict = judge(run.records(), CRITERIA)
    assert verdict.exit_code == EXIT_PROBLEM
    assert "measured 'time to the reply' for CT-02, which it does not carry" in verdict.problems[0]


@pytest.mark.parametrize(
    "figure",
    [
        {"value": 3.0, "limit": 3.0, "relation": "below"},
        {"value": 3.01, "limit": 3.0, "relation": "at most"},
        {"value": 69.0, "limit": 70.0, "relation": "at least"},
        {"value": 1.0, "limit": 1.0, "relation": "above"},
        {"value": 24.0, "limit": 25.0, "relation": "equal to"},
        {"value": 26.0, "limit": 20.0, "limit_to": 25.0, "relation": "between"},
        {"value": float("nan"), "limit": 3.0, "relation": "below"},
        {"value": float("nan"), "limit": 3.0, "limit_to": 4.0, "relation": "between"},
        {"value": 1.0, "limit": None, "relation": "below"},
        {"value": 1.0, "limit": 1.0, "limit_to": None, "relation": "between"},
        {"value": 1.0, "limit": 1.0, "relation": "roughly"},
    ],
)
def test_passed_scenario_with_a_broken_limit_is_a_problem_and_never_green(figure):
    run = all_verified(CRITERIA)
    run.scenario("CT-01", figures=[figure])
    verdict = judge(run.records(), CRITERIA)
    assert verdict.overall == "problem"
    assert verdict.systems["chattrain"].band != "green"
    assert verdict.criteria[0].status == "not_verified"
    assert any("passed although" in problem for problem in verdict.problems)


@pytest.mark.parametrize(
    "figure",
    [
        {"value": 2.99, "limit": 3.0, "relation": "below"},
        {"value": 3.0, "limit": 3.0, "relation": "at most"},
        {"value": 70.0, "limit": 70.0, "relation": "at least"},
        {"value": 20.0, "limit": 20.0, "limit_to": 25.0, "relation": "between"},
        {"value": 99.0, "limit": None, "relation": "reported"},
    ],
)
def test_figure_within_its_limit_is_fine(figure):
    run = RunBuilder()
    run.scenario("CT-01", figures=[figure])
    assert first(run).status == "verified"


def test_near_miss_is_not_rounded_away():
    run = RunBuilder()
    run.scenario("CT-01", figures=[{"value": 3.0000004, "relation": "at most"}])
    assert "is 3.0000004 s, but must be at most 3 s" in first(run).reason


def test_failed_scenario_with_a_broken_limit_is_simply_refuted():
    run = all_verified(CRITERIA)
    run.scenario("CT-01", outcome="failed", reason="4 s", figures=[{"value": 4.0}])
    verdict = judge(run.records(), CRITERIA)
    assert verdict.criteria[0].status == "refuted"
    assert not verdict.problems
