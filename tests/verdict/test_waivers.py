"""Waivers: visible, dated, tied to a build, and never a way to call something verified."""

from datetime import date

import pytest

from countersign.verdict.judge import EXIT_PROBLEM, EXIT_REFUSED, EXIT_SIGNED, judge
from countersign.verdict.waivers import Waiver
from verdict.runs import RunBuilder, all_verified, catalogue

CRITERIA = catalogue(20, musts=20)


def waiver(criterion: str = "CT-20", *, until: date = date(2026, 12, 31), build: str = "1.0.0") -> Waiver:
    return Waiver(criterion, "the new page is not out yet", "A. Owner", until, build)


@pytest.mark.parametrize(("outcome", "status"), [("failed", "refuted"), ("not_verified", "not_verified")])
@pytest.mark.parametrize("build", ["1.0.0", "any"])
def test_waived_criterion_stays_visible_but_does_not_block(outcome, status, build):
    verdict = judge(all_verified(CRITERIA, but=1, outcome=outcome).records(), CRITERIA, waivers=[waiver(build=build)])
    assert (verdict.overall, verdict.exit_code) == ("green", EXIT_SIGNED)
    last = verdict.criteria[-1]
    assert (last.status, last.waiver) == (status, waiver(build=build))
    assert verdict.systems["chattrain"].verified == 19
    assert "every must criterion not waived is among them; 1 criterion is waived" in verdict.headline


def test_waiver_does_not_lift_the_share():
    criteria = catalogue(10)
    records = all_verified(criteria, but=3).records()
    waivers = [waiver(f"CT-{n:02}") for n in (8, 9, 10)]
    verdict = judge(records, criteria, waivers=waivers)
    assert (verdict.overall, verdict.exit_code) == ("red", EXIT_REFUSED)


@pytest.mark.parametrize(
    ("entry", "because"),
    [
        (waiver(until=date(2026, 11, 19)), "expired on 2026-11-19"),
        (waiver("CT-01"), "is not needed any more"),
        (waiver("CT-77"), "not in the catalogue"),
        (waiver(build="0.9.0"), "granted for build 0.9.0, but the system is 1.0.0"),
    ],
)
def test_entry_out_of_order_is_a_problem_and_waives_nothing(entry, because):
    verdict = judge(all_verified(CRITERIA, but=1).records(), CRITERIA, waivers=[entry])
    assert verdict.exit_code == EXIT_PROBLEM
    assert because in verdict.problems[0]
    assert "A. Owner" in verdict.problems[0]
    assert all(item.waiver is None for item in verdict.criteria)


def test_last_day_still_counts():
    records = all_verified(CRITERIA, but=1).records()
    entry = waiver(until=date(2026, 11, 20))
    assert judge(records, CRITERIA, waivers=[entry]).exit_code == EXIT_SIGNED
    assert judge(records, CRITERIA, waivers=[entry], today=date(2026, 11, 21)).exit_code == EXIT_PROBLEM


def test_two_entries_for_one_criterion():
    verdict = judge(all_verified(CRITERIA, but=1).records(), CRITERIA, waivers=[waiver(), waiver()])
    assert "written twice" in verdict.problems[0]
    assert verdict.exit_code == EXIT_PROBLEM


def test_entry_of_a_criterion_that_was_not_selected_is_left_alone():
    run = RunBuilder("chattrain", whole=())
    run.scenario("CT-01")
    verdict = judge(run.records(), CRITERIA, waivers=[waiver()])
    assert verdict.exit_code == EXIT_SIGNED
    assert not verdict.problems


def test_waived_failure_in_a_partial_run_does_not_block():
    run = RunBuilder("chattrain", whole=())
    run.scenario("CT-01")
    run.scenario("CT-20", outcome="failed", reason="no")
    assert judge(run.records(), CRITERIA).exit_code == EXIT_REFUSED
    assert judge(run.records(), CRITERIA, waivers=[waiver()]).exit_code == EXIT_SIGNED


def test_run_without_a_date_cannot_use_a_waiver():
    run = all_verified(CRITERIA, but=1)
    run.change(started_at="")
    verdict = judge(run.records(), CRITERIA, waivers=[waiver()])
    assert "cannot be dated" in verdict.problems[0]
