"""Sentences about the pace of the parts of the hub."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.limits import at_least, at_most
from countersign.expect.most_within import most_within
from countersign.expect.operations import all_succeeded
from countersign.journeys.modelhub.pace import pace
from countersign.journeys.modelhub.pace.pace import Pace, Prepared


@given("{persona}'s hub holds {state}")
def prepared(context, persona, state):
    context.stage.keep(pace.prepares(context.stage.actor(persona), state))


@when(
    "{persona} asks for {part} 300 times alone, then from 5 places without a pause for {seconds:d} seconds, "
    "and on up to {calls:d} calls"
)
def ask(context, persona, part, seconds, calls):
    context.stage.keep(pace.measures(context.stage.the(Prepared), part, seconds, calls))


@then("at least {least:d} calls a second are answered from the 5 places")
def rate(context, least):
    measured = context.stage.the(Pace)
    a_second = pace.rate_figure(context.stage, measured.part, measured.at_once, least)
    assert_that(a_second, at_least(least, f"calls a second of {measured.part}"))


@then("99 of 100 of at least {required:d} answers to one place come within {limit:d} milliseconds")
def answers(context, required, limit):
    measured = context.stage.the(Pace)
    times = pace.answers_figure(context.stage, measured, limit / 1000, required)
    assert_that(times, most_within(99, 100, limit / 1000, f"answers of {measured.part}"))


@then("not one of at least {calls:d} calls goes wrong")
def no_failures(context, calls):
    assert_that(context.stage.the(Pace).operations, all_succeeded(calls))


@then("the memory of the hub grows by at most {limit:d} MB over at least {calls:d} calls")
def growth(context, limit, calls):
    measured = context.stage.the(Pace)
    grown = pace.growth_figure(context.stage, measured, limit, calls)
    assert_that(grown, at_most(limit, f"MB of growth in memory by {measured.part}"))
