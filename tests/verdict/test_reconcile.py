"""Plan against journal: missing, killed, empty, doubled or contradictory runs never look green."""

from dataclasses import replace

import pytest

from countersign.verdict.judge import EXIT_PROBLEM, judge
from countersign.verdict.records import Ended, RunClosed, Started, SystemOpened
from verdict.runs import RunBuilder, all_verified, catalogue

CRITERIA = catalogue(10)


def judged(run: RunBuilder):
    return judge(run.records(), CRITERIA)


def assert_unsignable(verdict, *, because: str) -> None:
    assert verdict.overall == "problem"
    assert verdict.exit_code == EXIT_PROBLEM
    assert all(system.band != "green" for system in verdict.systems.values())
    assert any(because in problem for problem in verdict.problems), verdict.problems
    assert verdict.headline.startswith("This run cannot be signed.")


def test_killed_run_says_how_far_it_came():
    run = all_verified(CRITERIA)
    run.events = run.events[:-3]
    run.closed = None
    verdict = judged(run)
    assert_unsignable(verdict, because="cut short")
    assert "8 of 10 planned scenarios came to an end" in verdict.headline
    assert verdict.systems["chattrain"].band == "partial"
    reasons = {item.id: item.reason for item in verdict.criteria if item.status == "not_verified"}
    assert reasons == {
        "CT-09": "the run ended while it was running",
        "CT-10": "the run ended before it began",
    }


def test_planned_scenario_that_a_closed_run_forgot_is_a_problem():
    run = all_verified(CRITERIA)
    run.plan("CT-01", name="A forgotten rule")
    verdict = judged(run)
    assert_unsignable(verdict, because="A forgotten rule")
    assert verdict.criteria[0].status == "not_verified"
    assert verdict.criteria[0].reason == "it was planned, but never began"


def test_run_killed_while_it_closed_keeps_its_findings_but_not_its_green():
    run = all_verified(CRITERIA)
    run.closed = None
    verdict = judged(run)
    assert_unsignable(verdict, because="cut short")
    assert verdict.systems["chattrain"].band == "yellow"
    assert verdict.systems["chattrain"].verified == 10


def test_interrupted_run():
    run = all_verified(CRITERIA)
    run.closed = RunClosed("2026-11-20T12:10:00Z", interrupted="SIGTERM")
    assert_unsignable(judged(run), because="The run was interrupted: SIGTERM.")


def test_interruption_of_one_lane_is_not_hidden_by_the_close_of_another():
    run = all_verified(CRITERIA)
    run.events.append(RunClosed("2026-11-20T12:09:00Z", interrupted="SIGINT"))
    assert_unsignable(judged(run), because="SIGINT")


def test_lines_after_the_close_mean_that_a_lane_was_cut_short():
    run = all_verified(CRITERIA)
    records = run.records()
    assert_unsignable(judge([records[0], records[-1], *records[1:-1]], CRITERIA), because="cut short")


def test_empty_run():
    assert_unsignable(judged(RunBuilder()), because="no scenario was selected")


def test_empty_journal():
    verdict = judge([], CRITERIA)
    assert_unsignable(verdict, because="first line is missing")
    assert verdict.systems == {}


def test_two_runs_in_one_journal():
    run = all_verified(CRITERIA)
    verdict = judge([*run.records(), replace(run.opened, run_id="other")], CRITERIA)
    assert_unsignable(verdict, because="two runs wrote into one folder")


@pytest.mark.parametrize("record", [Ended("nowhere:1", "passed", 1.0), Started("nowhere:1", "")])
def test_unplanned_scenario_is_a_problem(record):
    run = all_verified(CRITERIA)
    run.events.append(record)
    assert_unsignable(judged(run), because="nowhere:1")


def test_worst_of_several_ends_counts():
    run = all_verified(CRITERIA)
    run.events.append(Ended(run.plans[0].key, "failed", 1.0, reason="the second time it failed"))
    verdict = judged(run)
    assert_unsignable(verdict, because="ended 2 times (passed, failed)")
    assert (verdict.criteria[0].status, verdict.criteria[0].reason) == ("refuted", "the second time it failed")


def test_scenario_that_began_twice():
    run = all_verified(CRITERIA)
    run.events.append(Started(run.plans[0].key, ""))
    assert_unsignable(judged(run), because="began 2 times")


def test_pass_without_a_beginning_proves_nothing():
    run = all_verified(CRITERIA)
    del run.events[0]
    verdict = judged(run)
    assert_unsignable(verdict, because="never began")
    assert verdict.criteria[0].status == "not_verified"


def test_unknown_outcome_proves_nothing():
    run = all_verified(CRITERIA)
    run.events[1] = Ended(run.plans[0].key, "splendid", 1.0)  # type: ignore[arg-type]
    verdict = judged(run)
    assert_unsignable(verdict, because="'splendid'")
    assert verdict.criteria[0].status == "not_verified"


def test_scenario_planned_twice_is_judged_for_all_its_criteria():
    run = all_verified(CRITERIA)
    run.plans.append(replace(run.plans[0], criteria=("CT-02",)))
    verdict = judged(run)
    assert_unsignable(verdict, because="planned 2 times")
    assert verdict.scenarios[0].criteria == ("CT-01", "CT-02")


def test_broken_scenario_leaves_its_criterion_open_and_is_a_problem():
    run = all_verified(CRITERIA)
    run.scenario("CT-01", outcome="broken", reason="KeyError in a step")
    verdict = judged(run)
    assert_unsignable(verdict, because="the suite failed: KeyError in a step")
    assert verdict.criteria[0].reason == "the suite failed: KeyError in a step"


def test_system_that_does_not_answer():
    run = RunBuilder()
    run.openings = [SystemOpened("chattrain", "http://x", problem="nobody answers at http://x")]
    for criterion in CRITERIA[:9]:
        run.scenario(criterion.id, outcome="not_verified", reason="nobody answers at http://x")
    verdict = judged(run)
    assert_unsignable(verdict, because="nobody answers at http://x")
    assert verdict.criteria[9].reason == "the system could not be judged: nobody answers at http://x"


def test_pass_on_a_system_that_was_never_opened():
    run = all_verified(CRITERIA)
    run.openings = []
    assert_unsignable(judged(run), because="never opened chattrain")


def test_problem_of_one_system_leaves_the_other_green():
    criteria = catalogue(10) + catalogue(10, system="grizz", prefix="GZ")
    run = all_verified(criteria)
    run.scenario("GZ-01", system="grizz", outcome="broken", reason="a hook failed")
    verdict = judge(run.records(), criteria)
    assert verdict.overall == "problem"
    assert {name: system.band for name, system in verdict.systems.items()} == {"chattrain": "green", "grizz": "yellow"}


def test_faults_met_while_reading_the_journal_are_problems():
    verdict = judge(all_verified(CRITERIA).records(), CRITERIA, problems=["line 7 cannot be read"])
    assert_unsignable(verdict, because="line 7 cannot be read")


def test_tag_that_no_catalogue_holds():
    run = all_verified(CRITERIA)
    run.scenario("CT-99")
    assert_unsignable(judged(run), because="CT-99, which no catalogue holds")


def test_duty_of_the_suite_is_not_counted():
    run = all_verified(CRITERIA)
    run.scenario("CT-SUITE-02")
    verdict = judge(run.records(), CRITERIA, duties=["CT-SUITE-02"])
    assert verdict.overall == "green"
    assert verdict.systems["chattrain"].total == 10


@pytest.mark.parametrize("criteria", [(), ("CT-SUITE-02",)])
def test_failure_that_no_criterion_shows_is_a_problem(criteria):
    run = all_verified(CRITERIA)
    run.scenario(*criteria, outcome="failed", reason="it took two minutes")
    verdict = judge(run.records(), CRITERIA, duties=["CT-SUITE-02"])
    assert_unsignable(verdict, because="it took two minutes")


def test_system_without_a_catalogue():
    run = all_verified(CRITERIA)
    run.change(touched=("chattrain", "radio"), whole=("chattrain", "radio"))
    verdict = judged(run)
    assert verdict.exit_code == EXIT_PROBLEM
    assert "no catalogue of criteria for radio" in verdict.problems[0]
    assert verdict.systems["radio"].band == "red"


def test_criterion_named_twice_in_the_catalogue():
    verdict = judge(all_verified(CRITERIA).records(), [*CRITERIA, CRITERIA[0]])
    assert_unsignable(verdict, because="names CT-01 2 times")
