"""Operations: what counts as failed, and what is told of it."""

import pytest

from countersign.errors import ContractBroken
from countersign.evidence.operations import Operation, OperationTally, attempt


def refuse() -> None:
    raise ContractBroken("chattrain: GET /api/health: expected 200, was answered 500")


def test_what_goes_well_is_timed() -> None:
    done = attempt("Ben", "health", lambda: None)
    assert not done.failed and 0 <= done.seconds < 1


def test_the_time_that_counts_may_be_given() -> None:
    assert attempt("Ben", "a line", lambda: 0.25).seconds == 0.25


def test_a_fault_of_the_system_is_told_and_not_raised() -> None:
    done = attempt("Ben", "health", refuse)
    assert done.failed
    assert "Ben: health took" in str(done) and "was answered 500" in str(done)


def test_an_answer_after_ten_seconds_is_a_failure() -> None:
    assert Operation("Ben", "health", 0.0, 10.5).failed
    assert not Operation("Ben", "health", 0.0, 9.5).failed


def test_a_fault_of_the_suite_is_no_failure_of_the_system() -> None:
    with pytest.raises(ZeroDivisionError):
        attempt("Ben", "health", lambda: 1 / 0)


def test_the_tally_keeps_everything() -> None:
    tally = OperationTally()
    tally.add([Operation("Ben", "health", 0.0, 0.1)])
    tally.add([Operation("Emma", "health", 0.0, 0.1)])
    assert [operation.who for operation in tally.all()] == ["Ben", "Emma"]
