"""Sentences about hundreds of predictions at the same moment."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.medassist.rush import answered_each_for_itself, served_or_refused_politely
from countersign.expect.most_within import most_within
from countersign.expect.operations import all_succeeded, each_within
from countersign.journeys.load_figures import excused, measure_most
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.models import prediction_rush
from countersign.journeys.medassist.models.prediction_rush import Rush


@given("{patient} is in a chat and {nurse} is on duty")
def in_a_chat_and_on_duty(context, patient, nurse):
    prediction_rush.at_work(context.stage.actor(patient), context.stage.actor(nurse))


@when("{nurse} asks for {count:d} predictions at the same moment, each for an input of its own")
def ask_at_once(context, nurse, count):
    context.stage.keep(prediction_rush.rush(context.stage.actor(nurse), count, 0.2))


@when("{count:d} predictions of {seconds:d} seconds each are asked for at the same moment while both go on working")
def ask_beside_work(context, count, seconds):
    stage = context.stage
    stage.keep(prediction_rush.rush_beside(stage.the(prediction_rush.AtWork), count, seconds))


@then("all {count:d} predictions are answered, each with its own input and under a number of its own")
def each_for_itself(context, count):
    assert_that(context.stage.the(Rush).asked, answered_each_for_itself(count))


@then("all {count:d} predictions were in flight at once, and the last answer comes within {limit:d} seconds")
def last_within(context, count, limit):
    come = prediction_rush.rush_vouched(context.stage, context.stage.the(Rush))
    times = measure_most(context.stage, "prediction", come.seconds, least=count, of=count, limit=limit, load=come.load)
    assert_that(times, most_within(count, count, limit, "predictions answered"))


@then("each of the {count:d} is answered, or refused with a waiting time, within {limit:d} seconds")
def served_or_refused(context, count, limit):
    come = context.stage.the(Rush)
    assert_that(come.asked, every(served_or_refused_politely()))
    prediction_rush.report_refused(context.stage, prediction_rush.rush_vouched(context.stage, come))
    times = measure_most(context.stage, "prediction", come.seconds, least=count, of=count, limit=limit, load=come.load)
    assert_that(times, most_within(count, count, limit, "predictions answered or refused"))


@then("whatever else is asked for meanwhile is answered within {limit:d} second")
def others_within(context, limit):
    come = context.stage.the(Rush)
    assert_that(come.others, all_succeeded(10))
    times = [operation.seconds for operation in come.others]
    longest = measure_longest(context.stage, "another request", times, below=limit, load=come.load, required=10)
    excused(context.stage, missed=longest >= limit)
    assert_that(come.others, each_within(limit))


@then("a prediction and a message are answered as usual within {limit:d} seconds after the last of them")
def normal_within(context, limit):
    stage = context.stage
    come = stage.the(Rush)
    seconds = prediction_rush.seconds_to_normal(stage.the(prediction_rush.AtWork), come, limit)
    measure_longest(stage, "service after the rush", [seconds], below=limit, load=come.load)
    assert_that(seconds, within(limit, "normal service"))
