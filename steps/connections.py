"""Sentences about connections to a patient's chat."""

from behave import then, when
from hamcrest import assert_that, contains_exactly, has_length

from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.medassist.connections import closed_cleanly, counted_rightly, greeted_by_its_session, kept_out
from countersign.expect.medassist.heartbeat import ended_as_dead, stays_open_for
from countersign.journeys.medassist.chat import broken_frames, connections, heartbeat
from countersign.journeys.medassist.chat.broken_frames import GoodMessage
from countersign.journeys.medassist.chat.connections import Tries, Visits
from countersign.journeys.medassist.chat.heartbeat import TwoQuiet


@when("{persona} opens her chat, asks for a sign of life {count:d} times and leaves")
def visit_and_ping(context, persona, count):
    context.stage.keep(connections.visits_and_pings(context.stage.actor(persona), count))


@then("the chat opened with the state of its session")
def opened_with_state(context):
    assert_that(context.stage.the(Visits).each, every(greeted_by_its_session()))


@then("{count:d} signs of life came")
def signs_came(context, count):
    visits = context.stage.the(Visits)
    connections.measure_pings(context.stage, visits, count)
    assert_that(visits.each[0].pings, has_length(count))


@then("the chat was closed in good order")
def closed_in_order(context):
    assert_that(context.stage.the(Visits).each, every(closed_cleanly()))


@when(
    "{persona} tries the chats of an unknown, a malformed, a completed and a cancelled session, "
    "and her own without a sign-in"
)
def try_wrong_doors(context, persona):
    stage = context.stage
    stage.keep(connections.tries_wrong_doors(stage.actor(persona), stage.actor("Nora")))


@then("each of the {count:d} tries was refused before anything was shown")
def all_refused(context, count):
    tries = context.stage.the(Tries)
    assert_that(tries.each, every(kept_out()))
    assert_that(tries.each, has_length(count))


@when("{persona} opens {count:d} connections to her chat and closes them all")
def visit_often(context, persona, count):
    context.stage.keep(connections.visits_often(context.stage.actor(persona), count))


@then("each of the {count:d} was closed in good order")
def each_closed_in_order(context, count):
    visits = context.stage.the(Visits)
    assert_that(visits.each, every(closed_cleanly()))
    assert_that(visits.each, has_length(count))


@then("the system, where it tells how many are open, counted them rightly")
def counted(context):
    assert_that(context.stage.the(Visits).counted, counted_rightly())


@when("{persona}'s page sends every broken frame")
def send_broken_frames(context, persona):
    context.stage.keep(broken_frames.sends_broken_frames(context.stage.actor(persona)))


@then("the good message after them is answered, and nothing else is kept")
def good_message_alone(context):
    good = context.stage.the(GoodMessage)
    assert_that(good.turn.answered_after, within(broken_frames.SERVED_WITHIN, "the answer to the good message"))
    assert_that(good.kept, contains_exactly(good.turn.sent.content))


@when("{persona}'s page sends a frame of the largest size and one that is larger")
def send_too_large(context, persona):
    context.stage.keep(broken_frames.sends_too_large(context.stage.actor(persona)))


@when("{living}'s page answers signs of life for {intervals:d} intervals and {dead}'s page answers nothing")
def stay_quiet(context, living, intervals, dead):
    stage = context.stage
    stage.keep(heartbeat.stay_quiet(stage.actor(living), stage.actor(dead), intervals))


@then("the connection of {persona} is still open")
def still_open(context, persona):
    quiet = context.stage.the(TwoQuiet)
    assert_that(quiet.living, stays_open_for(quiet.intervals))


@then("the connection of {persona} was ended as dead after {least:d} to {most:d} intervals")
def ended_dead(context, persona, least, most):
    quiet = context.stage.the(TwoQuiet)
    heartbeat.measure_ends(context.stage, quiet)
    assert_that(quiet.dead, ended_as_dead(least, most))
