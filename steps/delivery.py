"""Sentences about messages that arrive once, in order, at their own people, whatever becomes of the line."""

from behave import given, then, when
from hamcrest import assert_that, contains_exactly, has_length

from countersign.expect.delivery import all_with_the_fate, everything_delivered_once
from countersign.expect.every import every
from countersign.expect.medassist.alarm_windows import alarmed_once
from countersign.expect.medassist.replay import replayed_exactly
from countersign.journeys.medassist.chat import lost_line, windows
from countersign.journeys.medassist.chat.lost_line import Talk
from countersign.journeys.medassist.chat.windows import Crowd, Talks


@when(
    "{persona}'s window loses its line {cuts:d} times, {busy:d} of them in the middle of an answer, "
    "while another stays open"
)
def lose_the_line(context, persona, cuts, busy):
    context.stage.keep(lost_line.loses_the_line(context.stage.actor(persona), cuts, busy))


@then("each of the {count:d} returns began with exactly what was missed")
def returns_replayed(context, count):
    returns = context.stage.the(Talk).returns
    assert_that(returns, every(replayed_exactly()))
    assert_that(returns, has_length(count))


@then("all {count:d} messages are kept, answered and shown once and in order in both windows")
@then("all {count:d} messages are one conversation, each kept, answered and shown once and in order")
def all_delivered(context, count):
    talk = context.stage.the(Talk)
    assert_that(talk.all, everything_delivered_once(count))
    assert_that(talk.all, all_with_the_fate("delivered", count))


@when(
    "{persona} writes {each:d} messages over a line that is lost, {without:d} without any and {again:d} over a new "
    "one, another window watching"
)
def go_on_without_line(context, persona, each, without, again):
    context.stage.keep(lost_line.goes_on_without_socket(context.stage.actor(persona), (each, without, again)))


@given("{count:d} patients have two windows open each, and {nurse} looks on at the first")
def two_windows_each(context, count, nurse):
    context.stage.keep(windows.two_windows_each(context.stage, "Pia", count, context.stage.actor(nurse)))


@when(
    "all of them write {messages:d} messages at the same moment, the first an emergency too, and all one more after "
    "closing a window"
)
def talk_side_by_side(context, messages):
    context.stage.keep(windows.talk_side_by_side(context.stage.the(Crowd), messages))


@then("all {count:d} messages are shown once and in order in the windows of their own session and in no other")
def shown_to_their_own(context, count):
    conversations = context.stage.the(Talks).conversations
    assert_that(conversations, everything_delivered_once(count))
    assert_that(conversations, all_with_the_fate("delivered", count))


@then("the emergency was shown alike in both windows of its session and to {nurse}")
def emergency_shown_alike(context, nurse):
    alarm = context.stage.the(Talks).alarm
    assert_that(alarm, every(alarmed_once()))
    assert_that(alarm, has_length(3))


@then("what {nurse} wrote there was refused and is nowhere kept")
def nurse_refused(context, nurse):
    talks = context.stage.the(Talks)
    assert_that(talks.nurse_told, contains_exactly(windows.FORBIDDEN))
    assert_that(talks.words_of_nurse, has_length(0))
