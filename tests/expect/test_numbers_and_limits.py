"""Matchers for numbers given once, and for figures that have to be reached."""

import pytest
from hamcrest import assert_that

from countersign.expect.limits import at_least, more_than
from countersign.expect.numbers import all_different


def test_all_different() -> None:
    assert_that([7, 8, 9], all_different(3, "sessions"))
    with pytest.raises(AssertionError, match=r"3 sessions .*\s+but: there were 3 with 2 different numbers; number 7"):
        assert_that([7, 7, 9], all_different(3, "sessions"))
    with pytest.raises(AssertionError, match=r"there were 2 with 2 different numbers$"):
        assert_that([7, 9], all_different(3, "sessions"))


def test_figures_that_have_to_be_reached() -> None:
    assert_that(2.0, at_least(2, "replies a second"))
    assert_that(1.5, more_than(1, "requests a second"))
    with pytest.raises(AssertionError, match=r"at least 2 replies a second\s+but: it was 1\.999"):
        assert_that(1.999, at_least(2, "replies a second"))
    with pytest.raises(AssertionError, match=r"more than 1 requests a second\s+but: it was 1$"):
        assert_that(1.0, more_than(1, "requests a second"))
