"""Sentences about how messages are judged: urgency and red flags, and what must not be set off."""

from dataclasses import replace

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.every import every
from countersign.expect.medassist.rewritten import emergencies_and_harmless, taken_as_in_plain_words
from countersign.expect.medassist.triage import (
    Judged,
    categories,
    left_in_peace,
    so_many_messages,
    taken_as_an_emergency,
    taken_without_red_flags,
    without_red_flag,
)
from countersign.journeys.medassist.assessment import triage
from countersign.journeys.medassist.assessment.triage import JudgedMessages, Spellings


@when('{persona} writes "{message}" in a new session')
def write_in_new_session(context, persona, message):
    context.stage.keep(triage.writes_in_new_session(context.stage.actor(persona), message))


@when("patients like {persona} write each of these in a session of its own")
def write_in_sessions(context, persona):
    table = [row.as_dict() for row in context.table]
    context.stage.keep(triage.write_in_sessions(context.stage.actor(persona), table))


@when("patients like {persona} write each of these in plain words and in {count:d} other ways")
def write_in_other_ways(context, persona, count):
    table = [row.as_dict() for row in context.table]
    context.stage.keep(triage.write_in_other_ways(context.stage.actor(persona), table, count))


@then("each of the {count:d} messages is taken as immediate, with its red flags and advice to call for help")
def each_taken_as_emergency(context, count):
    judged = context.stage.the(JudgedMessages).all
    assert_that(judged, so_many_messages(count))
    assert_that(judged, every(taken_as_an_emergency()))


@then("the message is taken as immediate, and its red flags include {words}")
def taken_as_emergency(context, words):
    judged = replace(context.stage.the(Judged), named=categories(words))
    assert_that(judged, taken_as_an_emergency())


@then("its red flags do not include {words}")
def not_taken_as(context, words):
    assert_that(context.stage.the(Judged), without_red_flag(words))


@then("each of the {count:d} messages is taken as {urgency}, without a red flag")
def each_taken_without(context, count, urgency):
    judged = context.stage.the(JudgedMessages).all
    assert_that(judged, so_many_messages(count))
    assert_that(judged, every(taken_without_red_flags(urgency)))


@then("each of them leaves its session active, without advice and without a report")
def nothing_set_off(context):
    assert_that(context.stage.the(JudgedMessages).all, every(left_in_peace()))


@then("with {way} each of the {count:d} is taken as it is in plain words")
def taken_alike(context, way, count):
    pairs = context.stage.the(Spellings).written_with(way)
    assert_that(pairs, has_length(count))
    assert_that(pairs, every(taken_as_in_plain_words()))


@then("{emergencies:d} of the messages are emergencies and {harmless:d} are harmless")
def so_many(context, emergencies, harmless):
    assert_that(context.stage.the(Spellings).one_way, emergencies_and_harmless(emergencies, harmless))
