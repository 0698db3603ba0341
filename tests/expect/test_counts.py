"""How many there may be."""

from hamcrest import assert_that
from hamcrest.core.string_description import StringDescription

from countersign.expect.counts import number_of


def test_both_ends_fit_and_what_lies_outside_is_said() -> None:
    matcher, expected, seen = number_of("of 30 lines accepted", 20, 25), StringDescription(), StringDescription()
    assert_that(20, matcher)
    assert_that(25, matcher)
    assert not matcher.matches(19)
    assert not matcher.matches(26)
    matcher.describe_to(expected)
    matcher.describe_mismatch(26, seen)
    assert (str(expected), str(seen)) == ("20 to 25 of 30 lines accepted", "there were 26")
