"""Sentences about more lines, generations and requests than the hub takes."""

from behave import then, when
from hamcrest import assert_that, equal_to

from countersign.expect.every import every
from countersign.expect.modelhub.exhausted import (
    lines_turned_away,
    normal_within,
    queue_kept,
    served_or_turned_away,
    went_on,
)
from countersign.expect.most_within import most_within
from countersign.journeys.modelhub.outages import exhausting
from countersign.journeys.modelhub.outages.exhausting import Exhausted


@when("all this comes together with an inspection of all models while a download of {persona} runs")
def everything_at_once(context, persona):
    amounts = exhausting.amounts_of(context.table)
    context.stage.keep(exhausting.exhausts(context.stage.actor(persona), amounts))


@then("at most {most:d} of {count:d} lines are let in, and the others are told that they are too many")
def lines_let_in(context, most, count):
    exhausted = context.stage.the(Exhausted)
    exhausting.measure(context.stage, exhausted)
    assert_that(len(exhausted.lines), equal_to(count), "the lines tried")
    assert_that(exhausted.lines, lines_turned_away(most))


@then("no more than {most:d} generations wait, and who comes beyond or is not served is told when to come again")
def told_when(context, most):
    exhausted = context.stage.the(Exhausted)
    assert_that(exhausted.queue, queue_kept(most))
    assert_that(exhausted.requests, every(served_or_turned_away()))


@then("within {limit:d} seconds everything is as before, with as few open files and a new line let in")
def as_before(context, limit):
    exhausted = context.stage.the(Exhausted)
    exhausting.measure_return(context.stage, exhausted, limit)
    assert_that(exhausted.afterwards, normal_within(limit))


@then("the running download arrives whole and each generation that was taken is completed")
def running_went_on(context):
    assert_that(context.stage.the(Exhausted).running, went_on())


@then("all the time the hub says within {limit:d} second that it is alive")
def lives(context, limit):
    seconds = exhausting.measure_lives(context.stage, context.stage.the(Exhausted), limit)
    assert_that(seconds, most_within(1, 1, limit, "signs of life"))
