"""The kill matrix: a fault counts as killed only if every criterion it breaks failed for the stated reason."""

import pytest

from countersign.proof.ledger import Fault
from countersign.proof.matrix import judge_fault
from countersign.verdict.catalogue import Criterion, ShareOf
from countersign.verdict.records import Ended, Outcome, Planned

FAULT = Fault(system="chattrain", name="late", what="greets late", caught_by={"CT-CHAT-01": r"greeted within 1 s"})
GREETED = Planned("f:1", "Greeted", "F", "f", 1, "chattrain", ("CT-CHAT-01",))
OTHER = Planned("f:9", "Other", "F", "f", 9, "chattrain", ("CT-API-01",))


def ended(key: str, outcome: Outcome, reason: str = "") -> Ended:
    return Ended(key, outcome, 1.0, reason=reason)


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [
        ([ended("f:1", "failed", "expected to be greeted within 1 s, but 4 s"), ended("f:9", "passed")], "KILLED"),
        ([ended("f:1", "failed", "not greeted within 1 s"), ended("f:9", "failed", "x")], "SHARED"),
        ([ended("f:1", "failed", "nobody answers"), ended("f:9", "passed")], "WRONG REASON"),
        ([ended("f:1", "passed"), ended("f:9", "passed")], "SURVIVED"),
        ([ended("f:1", "passed"), ended("f:9", "failed", "greeted within 1 s")], "SURVIVED"),
        ([ended("f:1", "broken", "KeyError")], "HARNESS ERROR"),
        ([ended("f:1", "not_verified", "no target")], "HARNESS ERROR"),
        ([], "HARNESS ERROR"),
    ],
)
def test_outcomes(ends: list[Ended], outcome: str) -> None:
    assert judge_fault(FAULT, [GREETED, OTHER], ends).outcome == outcome


def test_one_survived_criterion_is_enough_to_survive() -> None:
    fault = Fault(system="chattrain", name="x", what="y", caught_by={"CT-CHAT-01": "a", "CT-API-01": "b"})
    row = judge_fault(fault, [GREETED, OTHER], [ended("f:1", "failed", "a"), ended("f:9", "passed")])
    assert row.outcome == "SURVIVED"
    assert row.criteria == {"CT-CHAT-01": "KILLED", "CT-API-01": "SURVIVED"}


def test_a_fault_whose_criterion_nobody_carries_is_a_harness_error() -> None:
    assert judge_fault(FAULT, [OTHER], [ended("f:9", "failed")]).outcome == "HARNESS ERROR"


GATE = Criterion("CT-GATE-01", "chattrain", "Most hold.", True, "reporting", share_of=ShareOf(("function",), 95))
CATALOGUE = [
    GATE,
    Criterion("CT-CHAT-01", "chattrain", "Greeted.", True, "function"),
    Criterion("CT-API-01", "chattrain", "Other.", True, "function"),
]


@pytest.mark.parametrize(
    ("ends", "outcome"),
    [
        ([ended("f:1", "failed", "x"), ended("f:9", "passed")], "KILLED"),
        ([ended("f:1", "passed"), ended("f:9", "passed")], "SURVIVED"),
        ([ended("f:1", "broken", "KeyError"), ended("f:9", "not_verified")], "HARNESS ERROR"),
        ([], "HARNESS ERROR"),
    ],
)
def test_a_derived_criterion_is_computed_from_those_that_were_run(ends: list[Ended], outcome: str) -> None:
    fault = Fault(system="chattrain", name="x", what="y", caught_by={"CT-GATE-01": r"1 of 2 .* passed \(50"})
    assert judge_fault(fault, [GREETED, OTHER], ends, 0.0, CATALOGUE).criteria["CT-GATE-01"] == outcome


def test_a_derived_criterion_can_fail_for_the_wrong_reason() -> None:
    fault = Fault(system="chattrain", name="x", what="y", caught_by={"CT-GATE-01": "nobody answers"})
    row = judge_fault(fault, [GREETED], [ended("f:1", "failed", "x")], 0.0, CATALOGUE)
    assert row.outcome == "WRONG REASON"
    assert judge_fault(fault, [], [], 0.0, CATALOGUE).outcome == "HARNESS ERROR"
