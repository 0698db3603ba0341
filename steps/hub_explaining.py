"""Sentences about how the hub explains itself: refusals, numbers, times, description, documentation."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.description import describes
from countersign.expect.every import every
from countersign.expect.limits import at_least
from countersign.expect.modelhub.errors import explained
from countersign.expect.modelhub.inputs import used_as_sent
from countersign.expect.shape import as_described_in, reachable
from countersign.expect.times import told_in_utc
from countersign.journeys.modelhub.access import explaining
from countersign.journeys.modelhub.access.explaining import Described, Explanations


@when("{persona} is refused in every way while {other} downloads the text model, and hears every time")
def refused_in_every_way(context, persona, other):
    actors = map(context.stage.actor, (persona, other))
    context.stage.keep(explaining.asks_for_explanations(*actors))


@then("each of at least {refusals:d} different refusals is explained in its one form, with what to do next")
def all_explained(context, refusals):
    explanations = context.stage.the(Explanations)
    explaining.measure(context.stage, "different refusals", len(explanations.refusals), refusals)
    assert_that(explanations.refusals, every(explained()))
    assert_that(len(explanations.refusals), at_least(refusals, "different refusals"))


@then("each request keeps the number that it brought, or gets one of its own")
def numbers_kept(context):
    assert_that(context.stage.the(Explanations).numbers, every(used_as_sent()))


@then("each of at least {times:d} times at the hub is in universal time and ends in Z")
def times_in_utc(context, times):
    explanations = context.stage.the(Explanations)
    explaining.measure(context.stage, "times told", len(explanations.times), times)
    assert_that(explanations.times, every(told_in_utc("Z")))
    assert_that(len(explanations.times), at_least(times, "times heard"))


@when("{persona} reads the published description of the hub and asks at every service that it names")
def read_description(context, persona):
    context.stage.keep(explaining.reads_the_description(context.stage.actor(persona)))


@then("it names every service of the contract, with what it takes and what it answers")
def names_all(context):
    described = context.stage.the(Described)
    assert_that(described.description, describes(described.promised))


@then("the answers of the hub are as it describes them")
def as_described(context):
    described = context.stage.the(Described)
    assert_that(described.compared, every(as_described_in(described.description)))


@then("every service that it names is there")
def all_there(context):
    assert_that(context.stage.the(Described).reached, every(reachable()))


@then("the documentation of the hub has a language and a title")
def documented(context):
    assert_that(context.stage.the(Described).documentation, every(used_as_sent()))
