"""Partial runs: no band, no green, zero only if everything that was selected was verified."""

import pytest

from countersign.verdict.judge import EXIT_REFUSED, EXIT_SIGNED, EXIT_UNVERIFIED, judge
from verdict.runs import RunBuilder, catalogue

CRITERIA = catalogue(5, musts=5) + catalogue(5, system="grizz", prefix="GZ")


def partial(*outcomes: str) -> RunBuilder:
    run = RunBuilder("chattrain", whole=())
    for number, outcome in enumerate(outcomes, 1):
        run.scenario(f"CT-{number:02}", outcome=outcome, reason="as it went")  # type: ignore[arg-type]
    return run


def test_everything_selected_verified_exits_zero_without_a_band():
    verdict = judge(partial("passed", "passed").records(), CRITERIA)
    assert (verdict.overall, verdict.exit_code) == ("partial", EXIT_SIGNED)
    assert verdict.systems["chattrain"].band == "partial"
    assert "no verdict on readiness: 2 scenarios were selected and all 2 were verified" in verdict.headline


def test_criteria_that_were_not_selected_are_listed_as_not_verified():
    verdict = judge(partial("passed").records(), CRITERIA)
    assert [(item.id, item.status, item.reason, item.in_run) for item in verdict.criteria] == [
        ("CT-01", "verified", "", True),
        *[(f"CT-0{n}", "not_verified", "not part of this run", False) for n in (2, 3, 4, 5)],
    ]


@pytest.mark.parametrize(
    ("outcomes", "exit_code"),
    [
        (("passed", "failed"), EXIT_REFUSED),
        (("passed", "not_verified"), EXIT_UNVERIFIED),
        (("failed", "not_verified"), EXIT_REFUSED),
    ],
)
def test_anything_else_is_not_zero(outcomes, exit_code):
    verdict = judge(partial(*outcomes).records(), CRITERIA, accept="yellow")
    assert (verdict.overall, verdict.exit_code) == ("partial", exit_code)


def test_too_few_samples_in_a_partial_run_are_not_zero():
    run = partial("passed")
    run.scenario("CT-02", figures=[{"samples": 1}])
    assert judge(run.records(), CRITERIA).exit_code == EXIT_UNVERIFIED


def test_criterion_with_scenarios_left_out_is_not_verified_but_what_was_selected_counts():
    run = partial("passed")
    run.change(left_out={"CT-01": 2})
    verdict = judge(run.records(), CRITERIA)
    assert verdict.criteria[0].status == "not_verified"
    assert verdict.criteria[0].reason == "2 of its 3 scenarios were not part of this run"
    assert verdict.exit_code == EXIT_SIGNED


def test_one_whole_and_one_partial_system():
    run = RunBuilder("chattrain", "grizz", whole=("chattrain",))
    for criterion in CRITERIA[:5]:
        run.scenario(criterion.id)
    run.scenario("GZ-01", system="grizz")
    verdict = judge(run.records(), CRITERIA)
    assert {name: system.band for name, system in verdict.systems.items()} == {"chattrain": "green", "grizz": "partial"}
    assert (verdict.overall, verdict.exit_code) == ("partial", EXIT_SIGNED)
    run.scenario("GZ-02", system="grizz", outcome="failed", reason="no")
    assert judge(run.records(), CRITERIA).exit_code == EXIT_REFUSED


def test_criterion_of_another_system_brings_that_system_into_the_report():
    run = partial("passed")
    run.scenario("GZ-01")
    assert set(judge(run.records(), CRITERIA).systems) == {"chattrain", "grizz"}
