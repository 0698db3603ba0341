"""Sentences about requests that wait for a model."""

from behave import then, when
from hamcrest import assert_that, has_length, less_than

from countersign.expect.modelhub.waiting import (
    Overdue,
    Privacy,
    Served,
    Withdrawn,
    ended_as_overdue,
    full_at,
    placed_in_turn,
    seen_by_nobody_else,
    served_in_turn,
    told_once,
    withdrawn_with_its_place,
)
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.fallback import waiting
from countersign.journeys.modelhub.fallback.waiting import Full


@when("{persona} lets requests wait for {model}, which is on its way, in this order")
def let_wait(context, persona, model):
    stage = context.stage
    ranks = [row["priority"] for row in context.table]
    stage.keep(waiting.lets_wait(stage.actor(persona), model, ranks))


@then("each is told its place, from 1 to {count:d}, by priority and then by arrival")
def told_places(context, count):
    served = context.stage.the(Served)
    assert_that(served.waiters, has_length(count))
    assert_that(served, placed_in_turn())


@then("they are served in this order, each exactly once")
def served_once_in_order(context):
    assert_that(context.stage.the(Served), served_in_turn())


@then("the first is served within {limit:d} seconds of the model's arrival")
def first_served_soon(context, limit):
    stage = context.stage
    seconds = [stage.the(Served).first_after]
    longest = measure_longest(stage, "first request served", seconds, below=limit, load="requests that wait")
    assert_that(longest, less_than(limit))


@then("for each of them exactly one completion is told")
def completion_told_once(context):
    assert_that(context.stage.the(Served), told_once())


@when("{persona} lets {count:d} requests wait for {model}, and tries one more")
def overfill(context, persona, count, model):
    context.stage.keep(waiting.overfills(context.stage.actor(persona), model, count))


@then("{count:d} wait on, and the one more is refused with the time to come again")
def refused_when_full(context, count):
    assert_that(context.stage.the(Full).overfull, full_at(count))


@then("{other} neither sees nor reads nor withdraws any of those of {persona}")
def nobody_else_sees(context, other, persona):
    stage = context.stage
    stage.keep(waiting.tries_anothers(stage.actor(persona), stage.actor(other), stage.the(Full)))
    assert_that(stage.the(Privacy), seen_by_nobody_else())


@then("{persona} withdraws one, whose place {other} takes")
def withdraw_one(context, persona, other):
    stage = context.stage
    stage.keep(waiting.withdraws(stage.actor(persona), stage.actor(other), stage.the(Full)))
    assert_that(stage.the(Withdrawn), withdrawn_with_its_place())


@when("{persona} lets a request wait at most {minutes:d} minute for {model}, which does not come")
def let_become_overdue(context, persona, minutes, model):
    context.stage.keep(waiting.becomes_overdue(context.stage.actor(persona), model, minutes))


@then("within {limit:d} seconds after that it is ended with a sentence, and {persona} is told")
def overdue_ended(context, limit, persona):
    assert_that(context.stage.the(Overdue), ended_as_overdue(limit))
