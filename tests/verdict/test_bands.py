"""The roll-up: shares, bands, musts and the exit code that follows."""

import random

import pytest

from countersign.verdict.judge import (
    EXIT_REFUSED,
    EXIT_SIGNED,
    EXIT_YELLOW,
    judge,
)
from verdict.runs import RunBuilder, all_verified, catalogue


@pytest.mark.parametrize(
    ("verified", "band", "exit_code"),
    [
        (91, "green", EXIT_SIGNED),
        (90, "yellow", EXIT_YELLOW),
        (85, "yellow", EXIT_YELLOW),
        (80, "yellow", EXIT_YELLOW),
        (79, "red", EXIT_REFUSED),
    ],
)
@pytest.mark.parametrize("rest", ["not_verified", "failed"])
def test_share_decides_the_band_and_what_was_not_checked_counts_against(verified, band, exit_code, rest):
    criteria = catalogue(100)
    verdict = judge(all_verified(criteria, but=100 - verified, outcome=rest).records(), criteria)
    system = verdict.systems["chattrain"]
    assert (system.band, verdict.overall, verdict.exit_code) == (band, band, exit_code)
    assert system.share == verified / 100
    counts = (system.verified, system.refuted, system.not_verified)
    assert counts == ((verified, 100 - verified, 0) if rest == "failed" else (verified, 0, 100 - verified))


@pytest.mark.parametrize(("verified", "total", "band"), [(181, 200, "green"), (180, 200, "yellow"), (159, 200, "red")])
def test_boundaries_are_exact(verified, total, band):
    criteria = catalogue(total)
    assert judge(all_verified(criteria, but=total - verified).records(), criteria).overall == band


def test_refuted_must_is_red_at_any_share():
    criteria = catalogue(100, musts=100)
    verdict = judge(all_verified(criteria, but=1, outcome="failed").records(), criteria)
    assert verdict.overall == "red"
    assert verdict.exit_code == EXIT_REFUSED
    assert "1 must criterion is refuted" in verdict.headline


def test_unverified_must_is_never_green():
    criteria = catalogue(100, musts=100)
    verdict = judge(all_verified(criteria, but=1).records(), criteria)
    assert verdict.overall == "yellow"
    assert verdict.systems["chattrain"].why == "1 must criterion is not verified"


def test_yellow_exits_zero_only_when_that_was_said():
    criteria = catalogue(100)
    records = all_verified(criteria, but=15).records()
    assert judge(records, criteria).exit_code == EXIT_YELLOW
    assert judge(records, criteria, accept="yellow").exit_code == EXIT_SIGNED


def test_accepting_yellow_does_not_accept_red():
    criteria = catalogue(100)
    assert judge(all_verified(criteria, but=30).records(), criteria, accept="yellow").exit_code == EXIT_REFUSED


def test_accept_knows_two_words():
    with pytest.raises(ValueError, match="'green' or 'yellow'"):
        judge([], [], accept="red")  # type: ignore[arg-type]


def test_worst_system_decides():
    criteria = catalogue(10) + catalogue(10, system="grizz", prefix="GZ")
    run = all_verified(criteria, but=3)
    verdict = judge(run.records(), criteria)
    assert {name: system.band for name, system in verdict.systems.items()} == {"chattrain": "green", "grizz": "red"}
    assert verdict.overall == "red"


def test_green_headline_names_the_figures():
    criteria = catalogue(77, musts=70)
    verdict = judge(all_verified(criteria, but=2).records(), criteria)
    assert verdict.headline == (
        "chattrain can be signed: 75 of 77 criteria were verified on the running system (97.4 %), "
        "and every must criterion is among them."
    )


def random_run(seed: int):
    """Judge a run of random size and fortune; most of its scenarios pass."""
    dice = random.Random(seed)
    criteria = catalogue(dice.randint(1, 40), musts=dice.randint(0, 10))
    run = RunBuilder()
    mishap = dice.random()
    for criterion in criteria:
        for _ in range(dice.choice([1, 1, 1, 2]) if mishap > 0.2 else dice.choice([0, 1, 1, 2])):
            outcome = dice.choices(["passed", "failed", "not_verified", "broken"], [97, 1, 2, 0.5])[0]
            run.scenario(criterion.id, outcome=outcome, reason="seen otherwise")
    if mishap < 0.3 and run.events:
        run.events.pop(dice.randrange(len(run.events)))
    if mishap < 0.1:
        run.closed = None
    return judge(run.records(), criteria, accept=dice.choice(["green", "yellow"])), criteria


@pytest.mark.parametrize("seed", range(100))
def test_green_always_means_what_it_says(seed):
    """Whatever a run looks like: green implies a share above 90 %, every must verified, all ended and no problem."""
    verdict, criteria = random_run(seed)
    verified = {item.id for item in verdict.criteria if item.status == "verified"}
    if verdict.overall == "green":
        assert len(verified) * 100 > 90 * len(criteria)
        assert all(criterion.id in verified for criterion in criteria if criterion.must)
        assert all(scenario.ended for scenario in verdict.scenarios)
        assert not verdict.problems
    if verdict.exit_code == 0:
        assert verdict.overall in ("green", verdict.accept)
        assert not any(item.must and item.status == "refuted" for item in verdict.criteria)
    for name in verified:
        its = [scenario for scenario in verdict.scenarios if name in scenario.criteria]
        assert its
        assert all(scenario.outcome == "passed" for scenario in its)


def test_random_runs_reach_every_verdict():
    """Keep the property above from proving nothing: its runs must really end in all the ways there are."""
    assert {random_run(seed)[0].overall for seed in range(100)} == {"green", "yellow", "red", "problem"}
