"""Sentences about the consent text: what is possible before it, with a part of it, and after it."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.medassist.agreeing import (
    Agreed,
    advised_all_the_same,
    chats_at_last,
    not_taken_as_consent,
    refused_for_lack_of_consent,
)
from countersign.journeys.medassist.assessment.first_symptom import emergency_number
from countersign.journeys.medassist.chat import agreeing
from countersign.journeys.medassist.chat.agreeing import HalfAgreeds, Unagreeds


@when("{persona} writes a routine complaint and an emergency without having agreed to the consent text")
def write_without_consent(context, persona):
    context.stage.keep(agreeing.writes_without_consent(context.stage.actor(persona)))


@when("{persona} agrees to all points of the consent text but one, for each of them")
def agree_in_part(context, persona):
    context.stage.keep(agreeing.agrees_in_part(context.stage.actor(persona)))


@when("{persona} agrees to the whole consent text, writes, signs in again and writes once more")
def agree_and_write(context, persona):
    context.stage.keep(agreeing.agrees_and_writes(context.stage.actor(persona)))


@then("by every way of writing each message is refused for lack of consent, and not kept")
def refused_each(context):
    assert_that(context.stage.the(Unagreeds).all, every(refused_for_lack_of_consent()))


@then("for the emergency, and for it alone, the advice to call the emergency number is shown all the same")
def advised(context):
    number = emergency_number(context.stage)
    assert_that(context.stage.the(Unagreeds).all, every(advised_all_the_same(number)))


@then("each partial consent is refused, and no chat takes place")
def half_refused(context):
    assert_that(context.stage.the(HalfAgreeds).all, every(not_taken_as_consent()))


@then("both messages are answered")
def both_answered(context):
    assert_that(context.stage.the(Agreed), chats_at_last())
