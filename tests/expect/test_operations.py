"""Matchers for many operations: a passing and a broken example of each."""

import pytest
from hamcrest import assert_that

from countersign.evidence.operations import Operation
from countersign.expect.operations import all_succeeded, each_within, fewer_failed_than, succeeded

GOOD = Operation("Ben", "health", 0.0, 0.1)
BAD = Operation("Emma", "trainings", 0.0, 0.2, "was answered 500")
SLOW = Operation("Chloe", "document", 0.0, 3.52)


def test_all_succeeded() -> None:
    assert_that([GOOD] * 3, all_succeeded(3))
    with pytest.raises(AssertionError, match=r"none failed\s+but: 1 of 4 failed \(25\.0 of 100\), the first was Emma"):
        assert_that([GOOD, GOOD, BAD, GOOD], all_succeeded(3))
    with pytest.raises(AssertionError, match="there were only 3"):
        assert_that([GOOD] * 3, all_succeeded(4))
    with pytest.raises(AssertionError, match="there were only 0"):
        assert_that([], all_succeeded(1))


def test_fewer_failed_than_so_many_of_100() -> None:
    assert_that([GOOD] * 96 + [BAD] * 4, fewer_failed_than(5, least=100))
    with pytest.raises(AssertionError, match=r"5 of 100 failed \(5\.0 of 100\)"):
        assert_that([GOOD] * 95 + [BAD] * 5, fewer_failed_than(5, least=100))
    with pytest.raises(AssertionError, match="there were only 96"):
        assert_that([GOOD] * 95 + [BAD], fewer_failed_than(5, least=100))


def test_each_within() -> None:
    assert_that([GOOD, BAD], each_within(3))
    with pytest.raises(AssertionError, match=r"within 3 s\s+but: 1 of 2 took longer, the slowest was Chloe: document"):
        assert_that([GOOD, SLOW], each_within(3))
    with pytest.raises(AssertionError, match="there was none at all"):
        assert_that([], each_within(3))


def test_succeeded() -> None:
    assert_that(GOOD, succeeded())
    with pytest.raises(AssertionError, match=r"went well\s+but: Emma: trainings took 0\.20 s and failed"):
        assert_that(BAD, succeeded())
