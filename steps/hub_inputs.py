"""Sentences about what is sent to the hub: wrong input, right input, names that lead elsewhere."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.hostile import still_healthy
from countersign.expect.limits import at_least
from countersign.expect.modelhub.inputs import refused_by_name, used_as_sent
from countersign.expect.traces import free_of
from countersign.journeys.modelhub.access import mistakes
from countersign.journeys.modelhub.access.mistakes import INSIDE, Mistakes


@when("{persona} sends wrong input of every kind to every service of the hub")
def send_wrong_input(context, persona):
    context.stage.keep(mistakes.blunders(context.stage.actor(persona)))


@then("each of at least {count:d} wrong requests is refused as a mistake, with the name of what is wrong")
def refused_with_name(context, count):
    made = context.stage.the(Mistakes)
    made.measure(context.stage, count)
    assert_that(made.all, every(refused_by_name()))
    assert_that(len(made.all), at_least(count, "wrong requests"))


@then("a right request on the same connection is answered after each of them")
def answered_afterwards(context):
    assert_that(context.stage.the(Mistakes).afterwards, every(still_healthy()))


@then("none of at least {count:d} refusals shows anything of the inside of the hub")
def shows_nothing(context, count):
    made = context.stage.the(Mistakes)
    made.measure(context.stage, count)
    assert_that(made.places, free_of(INSIDE, "the inside of the hub"))
    assert_that(len(made.places), at_least(count, "refusals"))


@when("{persona} sends values at the edges of what is allowed")
def send_edges(context, persona):
    context.stage.keep(mistakes.sends_what_is_allowed(context.stage.actor(persona)))


@then("each of them is used as it was sent, zeros included")
def used(context):
    assert_that(context.stage.the(Mistakes).used, every(used_as_sent()))
