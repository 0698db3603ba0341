"""Sentences about the circuit breaker in front of the AI."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.medassist.breaker import (
    fallback_at_once,
    going_through,
    made_up_for,
    one_trial_among,
    refused_at_once,
)
from countersign.expect.medassist.model_figures import coming_within
from countersign.journeys.medassist.models.own_model import ManagedModel
from countersign.journeys.medassist.trouble import breaker
from countersign.journeys.medassist.trouble.breaker import BreakerStory, BreakerWalk, Recovered


@when(
    "the AI fails {first:d} times, answers once, fails {more:d} times in a row and then once more when it is tried, "
    "while {persona} writes"
)
def drive_breaker(context, first, more, persona):
    walk = BreakerWalk(context.stage.the(ManagedModel))
    context.stage.keep(walk.walk(context.stage.actor(persona), first, more))


@when("the AI fails the first call for a message of {persona} and then answers")
def fail_once(context, persona):
    walk = BreakerWalk(context.stage.the(ManagedModel))
    context.stage.keep(walk.makes_up_for_one(context.stage.actor(persona)))


@then("the breaker opens at the fifth failure in a row and an alert says so within {limit:d} seconds")
def breaker_opens(context, limit):
    story = context.stage.the(BreakerStory)
    assert_that(story.counting, going_through("closed", "closed", "closed", "open"))
    breaker.measure_alert(context.stage, "raised", story.raised_after, limit)
    assert_that(story.raised_after, coming_within("an alert about the open breaker", limit))


@then(
    "while it is open predictions and the message of {persona} are answered within {limit:d} milliseconds "
    "without the AI"
)
def answered_without_ai(context, persona, limit):
    story = context.stage.the(BreakerStory)
    breaker.measure_open(context.stage, story, limit / 1000)
    assert_that(story.while_open, every(refused_at_once(limit / 1000)))
    assert_that(story.chat, fallback_at_once(limit / 1000))


@then(
    "after the pause one of {count:d} predictions at once is tried, and its failure opens the breaker for another pause"
)
def one_is_tried(context, count):
    story = context.stage.the(BreakerStory)
    assert_that(story.first_trial, one_trial_among(count, breaker.AT_ONCE_LIMIT))
    assert_that([story.after_failed_trial], going_through("open"))
    assert_that(story.open_again, every(refused_at_once(breaker.AT_ONCE_LIMIT)))


@then("the third good trial after that closes the breaker, and the alert ends within {limit:d} seconds")
def breaker_closes(context, limit):
    story = context.stage.the(BreakerStory)
    assert_that(story.closing, going_through("half_open", "half_open", "closed"))
    breaker.measure_alert(context.stage, "resolved", story.resolved_after, limit)
    assert_that(story.resolved_after, coming_within("the end of the alert", limit))


@then("{persona} reads an answer of the AI and no failure is counted")
def no_failure_counted(context, persona):
    recovered = context.stage.the(Recovered)
    assert_that((recovered.turn, recovered.calls, recovered.failures), made_up_for())
