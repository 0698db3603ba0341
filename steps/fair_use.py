"""Sentences about taking too much: lines and sessions, and those who do not."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.chattrain.reply_time import replied_within
from countersign.expect.counts import number_of
from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.refusals import told_to_wait, told_too_fast
from countersign.journeys.chattrain.access.fair_use import Flood, SessionFlood, floods, opens_many


@when("{persona} sends {lines:d} lines at once and {later:d} more after {pause:d} seconds, while {other} trains")
def flood_beside(context, persona, other, **numbers):
    actor = context.stage.actor
    context.stage.keep(floods(actor(persona), actor(other), **numbers))


@then("every line of {persona} was answered within {limit:d} seconds")
def answered_beside(context, persona, limit):
    flood = context.stage.the(Flood)
    flood.measure_beside(context.stage, limit)
    assert_that(flood.beside, every(replied_within(limit)))


@then("{low:d} to {high:d} lines sent within {span:d} seconds were accepted")
def accepted_of_flood(context, low, high, span):
    flood = context.stage.the(Flood)
    flood.measure_accepted(context.stage, low, high)
    assert_that(flood.sending, within(span, "the sending of the lines"))
    assert_that(flood.accepted, number_of(f"of {len(flood.first)} lines accepted", low, high))


@then("{low:d} to {high:d} lines sent after the pause were accepted")
def accepted_after_pause(context, low, high):
    flood = context.stage.the(Flood)
    flood.measure_accepted_later(context.stage, low, high)
    assert_that(flood.accepted_later, number_of(f"of {len(flood.later)} lines accepted after the pause", low, high))


@then("{persona} was told for every other line that it was too fast and how long to wait")
def told_for_every_line(context, persona):
    assert_that(context.stage.the(Flood).not_accepted, every(told_too_fast()))


@then("exactly the accepted lines of {persona} were kept")
def accepted_lines_kept(context, persona):
    flood = context.stage.the(Flood)
    accepted = flood.accepted + flood.accepted_later
    assert_that(flood.kept, number_of("lines kept, as many as were accepted", accepted, accepted))


@when("{persona} opens {count:d} sessions of the {training} training at once, while {other} opens one")
def open_many(context, persona, count, training, other):
    actor = context.stage.actor
    context.stage.keep(opens_many(actor(persona), actor(other), count, training))


@then("at least {low:d} and at most {high:d} of these sessions were opened")
def opened_of_many(context, low, high):
    many = context.stage.the(SessionFlood)
    many.measure_opened(context.stage, low, high)
    assert_that(many.opened, number_of(f"of {len(many.answers)} sessions opened", low, high))


@then("{persona} was told for every other session how long to wait")
def told_for_every_session(context, persona):
    assert_that(context.stage.the(SessionFlood).refused, every(told_to_wait()))


@then("the session of {persona} was opened")
def other_session_opened(context, persona):
    context.stage.the(SessionFlood).beside.must_be(200, 201)
