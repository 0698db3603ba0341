"""Sentences about what is suggested while a model is away."""

from behave import then, when
from hamcrest import assert_that, less_than

from countersign.expect.every import every
from countersign.expect.modelhub.alternatives import advised_as_due, always_the_same, as_in_table, without
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.fallback import suggesting
from countersign.journeys.modelhub.fallback.suggesting import Asked, Followed, Repeated, Situations
from countersign.journeys.modelhub.hub import model_of


@when("{persona} asks for {models} with every wish, for each combination of them installed")
def ask_with_every_wish(context, persona, models):
    context.stage.keep(suggesting.asks_with_every_wish(context.stage.actor(persona), models))


@then("{count:d} times only installed models are suggested, best first, as in this table")
def suggested_as_in_table(context, count):
    advice = context.stage.the(Asked).advice
    table = suggesting.table_of(context.table)
    assert_that(advice, every(as_in_table(table)))
    context.stage.measure("advice given", len(advice), "", samples=count, limit=count, relation="equal to")


@when("{persona} asks what to do in each of these situations")
def ask_in_situations(context, persona):
    context.stage.keep(suggesting.advised_in(context.stage.actor(persona), context.table))


@then("the advice, the alternative and the leave to wait are as the table says")
def advised_as_the_table(context):
    assert_that(context.stage.the(Situations).seen, every(advised_as_due()))


@when("{persona} asks {count:d} times what to do without {model}")
def ask_again(context, persona, count, model):
    context.stage.keep(suggesting.asks_again(context.stage.actor(persona), model, count))


@then("the answer is the same all {count:d} times")
def same_answer(context, count):
    assert_that(context.stage.the(Repeated).answers, always_the_same(count))


@when("{persona} asks for {model} after each time {candidate} comes, goes, comes back and breaks")
def ask_after_changes(context, persona, model, candidate):
    context.stage.keep(suggesting.follows_changes(context.stage.actor(persona), model, candidate))


@then("what is suggested follows each of the {count:d} changes within {limit:d} seconds")
def suggestions_follow(context, count, limit):
    seconds = list(context.stage.the(Followed).seconds.values())
    stage = context.stage
    longest = measure_longest(stage, "advice follows", seconds, below=limit, load="one user", required=count)
    assert_that(longest, less_than(limit))


@when("{persona} asks for each of {models} while {model} is blocked by {whom}")
def ask_with_one_blocked(context, persona, models, model, whom):
    context.stage.keep(suggesting.with_one_blocked(context.stage.actor(persona), model, models, whom))


@then("{model} is never suggested, and the others are")
def never_suggested(context, model):
    assert_that(context.stage.the(Asked).advice, every(without(model_of(model))))
