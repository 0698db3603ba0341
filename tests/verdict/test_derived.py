"""A derived criterion follows from the others: its share, what is left beside it, and what it means for the band."""

import pytest

from countersign.verdict.catalogue import Criterion, ShareOf
from countersign.verdict.derived import Share, judge_derived, weigh
from countersign.verdict.judge import judge
from countersign.verdict.records import Outcome

from .runs import RunBuilder

ASKED = ShareOf(("function", "data"), 95)
GATE = Criterion("MH-GATE-01", "modelhub", "At least 95 of 100 hold.", True, "reporting", share_of=ASKED)
CHECKS = [
    Criterion(f"MH-DL-{n:02}", "modelhub", f"Sentence {n}.", False, "data" if n % 2 else "function") for n in range(20)
]
ELSEWHERE = Criterion("MH-PERF-01", "modelhub", "It is quick.", False, "performance")


def run(outcomes: dict[Outcome, int], *, whole: bool = True) -> RunBuilder:
    """A run in which so many of the checks ended in each way, and the quick one failed."""
    built = RunBuilder("modelhub", whole=None if whole else ())
    ends = [outcome for outcome, count in outcomes.items() for _ in range(count)]
    for criterion, outcome in zip(CHECKS, ends, strict=True):
        built.scenario(criterion.id, outcome=outcome, reason="" if outcome == "passed" else "it did not hold")
    built.scenario(ELSEWHERE.id, outcome="failed", reason="it is slow")
    return built


@pytest.mark.parametrize(
    ("held", "broken", "left", "status"),
    [
        (19, 1, 0, "verified"),
        (18, 2, 0, "refuted"),
        (95, 5, 30, "verified"),
        (94, 6, 0, "refuted"),
        (1, 0, 99, "verified"),
        (0, 0, 5, "not_verified"),
    ],
)
def test_the_share_is_of_those_that_could_be_verified(held: int, broken: int, left: int, status: str) -> None:
    assert weigh(ASKED, Share(held, broken, left))[0] == status


def test_the_reason_names_the_share_and_what_is_left_beside_it() -> None:
    _, reason = weigh(ASKED, Share(57, 5, 3))
    assert reason == (
        "57 of 62 integration checks passed (91.9 of 100), at least 95 of 100 have to; 3 could not be verified"
    )


def test_only_its_kinds_count() -> None:
    verdict = judge(run({"passed": 20}).records(), [GATE, *CHECKS, ELSEWHERE])
    gate = verdict.criteria[0]
    assert (gate.status, gate.reason, gate.in_run) == ("verified", "", True)
    assert (gate.measurements[0].value, gate.measurements[0].samples) == (100.0, 20)
    assert gate.measurements[0].load == "0 more could not be verified"


def test_a_broken_share_refuses_sign_off() -> None:
    verdict = judge(run({"failed": 2, "not_verified": 3, "passed": 15}).records(), [GATE, *CHECKS, ELSEWHERE])
    gate = verdict.criteria[0]
    assert gate.status == "refuted"
    assert gate.reason.startswith("15 of 17 integration checks passed (88.2 of 100)")
    assert gate.measurements[0].load == "3 more could not be verified"
    assert verdict.systems["modelhub"].must_refuted == 1
    assert verdict.exit_code == 1


def test_in_a_part_of_the_system_it_is_not_judged() -> None:
    verdict = judge(run({"failed": 20}, whole=False).records(), [GATE, *CHECKS, ELSEWHERE])
    assert (verdict.criteria[0].status, verdict.criteria[0].in_run) == ("not_verified", False)
    assert verdict.criteria[0].measurements == ()


def test_another_criterion_is_not_derived() -> None:
    with pytest.raises(ValueError, match="not derived"):
        judge_derived(ELSEWHERE, [], whole=True)
