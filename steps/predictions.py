"""Sentences about predictions: how long they take, and when the cache answers."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.counts import number_of
from countersign.expect.every import every
from countersign.expect.limits import at_least, at_most
from countersign.expect.medassist.cached import (
    answered_from_the_cache,
    answered_in_place,
    kept_answers,
    made_anew,
    without_an_answer,
)
from countersign.expect.medassist.served import made_without_cache
from countersign.journeys.medassist.chat import caching
from countersign.journeys.medassist.chat.caching import AskedTwice, Differently, FailedAndAgain
from countersign.journeys.medassist.models import inference_times
from countersign.journeys.medassist.models.inference_times import Inferences
from countersign.journeys.medassist.models.own_model import ManagedModel


@when("{persona} asks {count:d} questions without repeating one, {at_once:d} at a time")
def ask_different_questions(context, persona, count, at_once):
    context.stage.keep(inference_times.asks_for_predictions(context.stage.actor(persona), count, at_once))


@when("{persona} asks each of {count:d} questions twice")
def ask_twice(context, persona, count):
    context.stage.keep(caching.asks_twice(context.stage.the(ManagedModel), count))


@when("{persona} asks a question twice and then with other words, with a parameter and of a new version")
def ask_differently(context, persona):
    context.stage.keep(caching.asks_differently(context.stage.the(ManagedModel)))


@when("{persona} asks again what the AI failed to answer and what was answered in place of a failing canary")
def ask_what_fails(context, persona):
    context.stage.keep(caching.asks_what_fails(context.stage.the(ManagedModel)))


@then("at least {least:d} of {total:d} predictions take less than {limit:g} seconds")
def quick_enough(context, least, total, limit):
    inferences = context.stage.the(Inferences)
    quick = inference_times.measure_times(context.stage, inferences, least, limit)
    assert_that(len(inferences.served), number_of("questions", total, total))
    assert_that(quick, at_least(least, f"of {total} predictions in less than {limit:g} s"))


@then("none of the {count:d} predictions comes from the cache")
def none_from_cache(context, count):
    assert_that(context.stage.the(Inferences).served, every(made_without_cache()))


@then("all {count:d} second answers come from the cache, each under a number of its own")
def second_from_cache(context, count):
    asked = context.stage.the(AskedTwice)
    assert_that((asked.first, asked.second), kept_answers(count))


@then("they take at most half as long as the first ones")
def twice_as_fast(context):
    first, second = caching.measure_both(context.stage, context.stage.the(AskedTwice))
    assert_that(second, at_most(first / 2, "s for the median of the second answers, half of that of the first"))


@then("the AI was asked exactly {count:d} times")
def asked_exactly(context, count):
    assert_that(context.stage.the(AskedTwice).calls, number_of("calls to the AI", count, count))


@then("only the repetition is answered from the cache")
def only_repetition(context):
    assert_that(context.stage.the(Differently).repetition, answered_from_the_cache())


@then("the AI was asked anew for each of the others")
def others_anew(context):
    assert_that(context.stage.the(Differently).others, every(made_anew()))


@then("the failed question is answered anew")
def failed_anew(context):
    found = context.stage.the(FailedAndAgain)
    assert_that(found.failed, without_an_answer())
    assert_that(found.after_failure, made_anew())


@then("the answer in place of the canary is made anew each time, and the canary's own once it answers")
def in_place_anew(context):
    found = context.stage.the(FailedAndAgain)
    assert_that(found.in_place, every(answered_in_place()))
    assert_that(found.once_well, made_anew())
