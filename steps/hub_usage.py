"""Sentences about the figures of use."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.modelhub.usage import added_up, counted_as_done, unused
from countersign.journeys.modelhub.generation import using
from countersign.journeys.modelhub.generation.using import Used


@when("{persona} runs one model 9 times and another 4 times, cancels a run, has a mock made, and 2 runs fail")
def use_in_every_way(context, persona):
    context.stage.keep(using.uses_in_every_way(context.stage.actor(persona)))


@when("{persona} runs one model 9 times and another 4 times in mixed spelling, and has 6 mocks of the other made")
def use_in_mixed_spelling(context, persona):
    context.stage.keep(using.uses_in_mixed_spelling(context.stage.actor(persona)))


@then("within 5 seconds each real run is counted once with its time, its outcome, its day and its hour")
def counted(context):
    used = context.stage.the(Used)
    assert_that([used.first, used.second], every(counted_as_done()))


@then("the totals add up, and the most used model is named")
def totals(context):
    assert_that(context.stage.the(Used).whole, added_up())


@then("nothing is told of the use of a model that nobody used")
def nothing_of_unused(context):
    assert_that(context.stage.the(Used).unused, unused())
