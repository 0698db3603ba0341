"""Sentences about starting and controlling downloads of models."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.modelhub.order import finished_in_order, places_told, priority_taken
from countersign.expect.modelhub.refused import not_found_with, one_start_counts, one_transfer, refused_and_unchanged
from countersign.expect.modelhub.standstill import (
    Cancelled,
    Paused,
    goes_on_when_resumed,
    leaves_nothing,
    stands_still,
    told_of_states,
)
from countersign.journeys.modelhub.downloads import controlling, ordering, starting
from countersign.journeys.modelhub.downloads.ordering import Queued, Spoken
from countersign.journeys.modelhub.downloads.starting import Nothings, Refusals, Starts
from countersign.journeys.modelhub.downloads.watching import Watch


@when("{persona} starts the download of {model} twice")
def start_twice(context, persona, model):
    context.stage.keep(starting.starts(context.stage.actor(persona), model, ("asking", "asking")))


@when("{persona} starts {model} by {way} and then again by both ways")
def start_by_ways(context, persona, model, way):
    context.stage.keep(starting.starts(context.stage.actor(persona), model, (way.split()[0], "asking", "managing")))


@when("{persona} starts {model} {times:d} times at the same moment")
def start_at_once(context, persona, model, times):
    context.stage.keep(starting.starts_at_once(context.stage.actor(persona), model, times))


@then("the first start is accepted and the second is refused as already running")
@then("one start is accepted and each other one is refused as already running")
def one_start(context):
    assert_that(context.stage.the(Starts), one_start_counts())


@then("one transfer fetches every byte once and arrives")
def fetched_once(context):
    assert_that(context.stage.the(Starts), one_transfer())


@when("{persona} resumes a running download of {model}, pauses it twice, and controls it when it is completed")
def controls_out_of_place(context, persona, model):
    context.stage.keep(starting.tries_the_impossible(context.stage.actor(persona), model))


@then("each attempt out of place is refused with the state of the download and the reason, and changes nothing")
def refused_with_state(context):
    assert_that(context.stage.the(Refusals).each, every(refused_and_unchanged()))


@when("{persona} controls a download that was never started and one of a model that does not exist")
def controls_nothing(context, persona):
    context.stage.keep(starting.asks_for_nothing(context.stage.actor(persona)))


@then("the first is unknown as a download and the other as a model")
def both_unknown(context):
    assert_that(context.stage.the(Nothings).never_started, every(not_found_with("NO_DOWNLOAD")))
    assert_that(context.stage.the(Nothings).unknown, every(not_found_with("MODEL_NOT_FOUND")))


@given("{persona} downloads {model} at {limit:d} Mbps")
def downloads_limited(context, persona, model, limit):
    context.stage.keep(controlling.begins(context.stage.actor(persona), model, limit))


@when("{persona} pauses the download for {seconds:g} seconds and resumes it")
def pauses(context, persona, seconds):
    context.stage.keep(controlling.pauses(context.stage.the(Watch), seconds))


@then(
    "from {after:d} seconds after the pause on nothing arrives for {seconds:d} seconds or, where the source can be "
    "asked, leaves it"
)
def nothing_moves(context, after, seconds):
    assert_that(context.stage.the(Paused), stands_still(after, seconds))


@then("it goes on from its bytes when it is resumed and arrives")
def goes_on(context):
    assert_that(context.stage.the(Paused), goes_on_when_resumed())


@then("whoever listens is told that it was paused, then downloading, then completed")
def told_of_pause(context):
    assert_that(context.stage.the(Paused).seen, told_of_states(("paused", "downloading", "completed")))


@when("{persona} cancels the download")
def cancels(context, persona):
    context.stage.keep(controlling.cancels(context.stage.the(Watch)))


@then("no file and no used space is left of it and the model is missing again")
def nothing_left(context):
    assert_that(context.stage.the(Cancelled), leaves_nothing())


@then("whoever listens is told that it was downloading, then cancelled")
def told_of_cancelling(context):
    assert_that(context.stage.the(Cancelled).seen, told_of_states(("downloading", "cancelled")))


@given("the hub downloads one model at a time")
def one_at_a_time(context):
    ordering.one_at_a_time(context.stage)


@when("{persona} starts these downloads while the first one goes on")
def starts_these(context, persona):
    context.stage.keep(ordering.starts_in_order(context.stage.actor(persona), list(context.table), {}))


@when("{persona} starts these downloads and raises {model} to {priority} while it waits")
def starts_and_raises(context, persona, model, priority):
    actor = context.stage.actor(persona)
    context.stage.keep(ordering.starts_in_order(actor, list(context.table), {model: priority}))


@then("they are over in the order: {models}")
def over_in_order(context, models):
    assert_that(context.stage.the(Queued), finished_in_order(models.split(", ")))


@then("while they waited their places were: {models}")
def places_were(context, models):
    assert_that(context.stage.the(Queued), places_told(models.split(", ")))


@when("{persona} says how urgent {model} is in every usual word while it waits for {first}")
def speaks(context, persona, model, first):
    context.stage.keep(ordering.speaks(context.stage.actor(persona), first, model))


@then("each word gives it the priority that it means")
def words_understood(context):
    assert_that(context.stage.the(Spoken).each, every(priority_taken()))
