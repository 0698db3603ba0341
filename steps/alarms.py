"""Sentences about what an emergency sets off: advice, escalation, a report; and that urgency never falls."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.medassist.alarms import (
    advice_kept_behind_the_message,
    advised_before_any_answer,
    answered_all_the_same,
    escalated_to_the_nurses,
)
from countersign.journeys.medassist.assessment import alarms
from countersign.journeys.medassist.assessment.alarms import Alarms
from countersign.journeys.medassist.assessment.first_symptom import emergency_number


@when("patients like {persona} report {count:d} emergencies, every second one while the AI fails where it is scripted")
def report_emergencies(context, persona, count):
    context.stage.keep(alarms.reports_emergencies(context.stage.actor(persona), count))


@then("each of the {count:d} is told to call the emergency number before any answer, and of self-harm the crisis line")
def each_advised(context, count):
    stage = context.stage
    told = stage.the(Alarms).all
    assert_that(told, has_length(count))
    assert_that(told, every(advised_before_any_answer(emergency_number(stage), alarms.crisis_line(stage))))


@then("{percent:d} in 100 of the {count:d} pieces of advice are shown within {limit:d} ms")
def advised_within(context, percent, count, limit):
    seconds = alarms.time_to_advice(context.stage, context.stage.the(Alarms), percent, limit / 1000)
    assert_that(seconds, within(limit / 1000, f"{percent} in 100 of {count} pieces of advice"))


@then("every advice is kept right behind the message that it answers")
def advice_kept(context):
    assert_that(context.stage.the(Alarms).all, every(advice_kept_behind_the_message()))


@then("every emergency is answered, with a stand-in where the AI failed")
def answered(context):
    assert_that(context.stage.the(Alarms).all, every(answered_all_the_same()))


@then("every session is escalated, and its report waits as immediate in the queue of {persona}")
def escalated(context, persona):
    found = alarms.finds_them_in_the_queue(context.stage.actor(persona), context.stage.the(Alarms))
    assert_that(found.all, every(escalated_to_the_nurses()))
