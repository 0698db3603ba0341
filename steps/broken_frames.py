"""Sentences about what frames that nobody can use bring, on any system."""

from behave import then
from hamcrest import assert_that, has_length

from countersign.expect.broken_frames import TooLarge, ended_for_its_size, told_and_still_heard
from countersign.expect.every import every
from countersign.journeys.broken_frames import Nonsense, measure_pings


@then("each of the {count:d} frames brought one error, and a sign of life came within {limit:f} seconds after it")
def each_told(context, count, limit):
    nonsense = context.stage.the(Nonsense)
    measure_pings(context.stage, nonsense, limit)
    assert_that(nonsense.each, every(told_and_still_heard(limit)))
    assert_that(nonsense.each, has_length(count))


@then("the larger one alone ended its connection for its size, and {persona} is served on a new one")
def ended_for_size(context, persona):
    assert_that(context.stage.the(TooLarge), ended_for_its_size())
