"""Sentences about a training: opening it, talking, and how it ends."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.exchange import rated
from countersign.expect.limits import within


@given("{persona} has opened the {training} training")
def open_training(context, persona, training):
    context.stage.actor(persona).opens(training)


@given("{persona} has opened the {training} training and read its documents")
def open_and_read(context, persona, training):
    context.stage.actor(persona).opens_and_reads(training)


@when("{persona} answers the customer {count:d} times")
def answer_times(context, persona, count):
    context.stage.actor(persona).answers_fully(count)


@then("every line of {persona} earned a reply, a score and a comment")
def every_line_rated(context, persona):
    assert_that(context.stage.actor(persona).training.exchanges, every(rated()))


@then("the trainings and their documents are still on offer to {persona}")
def still_on_offer(context, persona):
    context.stage.actor(persona).finds_everything_again()


@then("{persona} needed less than {minutes:d} minutes")
def needed_less_than(context, persona, minutes):
    assert_that(context.stage.actor(persona).minutes_so_far() * 60, within(minutes * 60, "the whole training"))
