"""Sentences about generations: refused, ended, cancelled; and about the one verdict on a model."""

from behave import given, then, when
from hamcrest import assert_that, less_than

from countersign.expect.every import every
from countersign.expect.modelhub.generation import (
    Refusal,
    cancelled_for_good,
    ended_as,
    for_good,
    refused_with_a_way_out,
)
from countersign.expect.modelhub.verdicts import saying, under_one_spelling
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.generation import cancelling, generating
from countersign.journeys.modelhub.generation.cancelling import Cancellations
from countersign.journeys.modelhub.generation.generating import Ends
from countersign.journeys.modelhub.generation.patience import engine_timeout
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.upkeep import verdicts
from countersign.journeys.modelhub.upkeep.verdicts import Opinion, Subject

SEEN_LATE_SECONDS = 2.0
"""How much later than it happened a status may show an end (contract, section 3.2)."""


@given("a model that is {state}: {model}, beside {other}")
def model_in_state(context, state, model, other):
    context.stage.keep(verdicts.brought_about(hub_of(context.stage), state, model, other))


@when("{persona} asks for it at every place, in three spellings")
def ask_everywhere(context, persona):
    stage = context.stage
    stage.keep(verdicts.asks_everywhere(stage.actor(persona), stage.the(Subject)))


@then("every place says that it is {verdict}")
def every_place_says(context, verdict):
    assert_that(context.stage.the(Opinion).said, saying(verdict))


@then("every place names it by its one name")
def one_name(context):
    opinion = context.stage.the(Opinion)
    assert_that(opinion.said, under_one_spelling(opinion.model_id))


@then("a generation with it is completed")
def ready_means_generation(context):
    assert_that(context.stage.the(Opinion).ends, ended_as("completed"))


@when("{persona} asks for a generation with {model}, which is {state}")
def ask_for_refused(context, persona, model, state):
    context.stage.keep(generating.is_refused(context.stage.actor(persona), model, state))


@then("it is refused with a reason and a next step, and no generation begins")
def refused_with_next_step(context):
    assert_that(context.stage.the(Refusal), refused_with_a_way_out())


@when("{persona} asks for {count:d} generations with {model} at once")
def ask_for_many(context, persona, count, model):
    context.stage.keep(generating.all_end(context.stage.actor(persona), model, count))


@then("all {count:d} are completed within {limit:d} seconds, each with a result")
def all_completed(context, count, limit):
    ends = context.stage.the(Ends)
    load = f"{count} generations at once"
    longest = measure_longest(context.stage, "end of a generation", ends.waits, below=limit, load=load, required=count)
    assert_that(ends.ended, ended_as("completed"))
    assert_that(longest, less_than(limit))


@when("{persona} asks for generations with {model} to which the engine answers")
def ask_with_ways(context, persona, model):
    stage = context.stage
    ways = [row["how"] for row in context.table]
    stage.keep(generating.ends_each_way(stage.actor(persona), model, ways, engine_timeout(stage)))


@then("what is answered {way} ends completed with a result, everything else failed with a reason")
def ends_by_way(context, way):
    ends = context.stage.the(Ends)
    assert_that(ends.of(way), ended_as("completed"))
    assert_that(ends.but(way), ended_as("failed"))


@then("each is over within {times:d} times the patience the hub has with its engine")
def over_in_time(context, times):
    ends = context.stage.the(Ends)
    limit = times * ends.patience + SEEN_LATE_SECONDS
    longest = measure_longest(
        context.stage, "a generation that the engine fails", ends.seconds, below=limit, load="one user"
    )
    assert_that(longest, less_than(limit))


@then("none of these ends changes any more")
def ends_are_final(context):
    assert_that(context.stage.the(Ends).ended, every(for_good()))


@when("{persona} cancels one generation with {model} that runs and one that waits")
def cancel_two(context, persona, model):
    context.stage.keep(cancelling.cancels_running_and_waiting(context.stage.actor(persona), model))


@then("each of the two is cancelled for good, and nothing more is told of it")
def cancelled_two(context):
    assert_that(context.stage.the(Cancellations).made, every(cancelled_for_good()))
