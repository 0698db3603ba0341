"""Sentences about what is kept when much comes at once, when the system is killed, and without its database."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.confirmed import confirmed_alike
from countersign.expect.delivery import all_with_the_fate, everything_delivered_once
from countersign.expect.every import every
from countersign.journeys.medassist import at_once
from countersign.journeys.medassist.lost_line import Talk


@when("{persona}'s two windows send {count:d} messages at the same moment, {twice:d} of them from both")
def write_at_once(context, persona, count, twice):
    context.stage.keep(at_once.writes_at_once(context.stage.actor(persona), count, twice))


@then("all {count:d} messages are kept once, numbered without a gap and answered once, in both windows")
def kept_once(context, count):
    talk = context.stage.the(Talk)
    assert_that(talk.all, everything_delivered_once(count))
    assert_that(talk.all, all_with_the_fate("delivered", count))


@then("each of the {count:d} messages that were sent twice had the same confirmation twice")
def same_confirmation(context, count):
    twice = [sending for sending in context.stage.the(Talk).conversation.sendings if sending.times > 1]
    assert_that(twice, every(confirmed_alike()))
    assert_that(twice, has_length(count))
