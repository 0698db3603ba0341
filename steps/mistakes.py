"""Sentences about mistakes at the way in: how they are refused, and that nothing is left of them."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.chattrain.plain_refusal import forgotten_at_once, plainly_refused
from countersign.expect.every import every
from countersign.journeys.chattrain.access.mistakes import Attempts, asks_wrongly, starts_wrongly


@when("{persona} tries to start a session with each of these mistakes")
def start_wrongly(context, persona):
    context.stage.keep(starts_wrongly(context.stage.actor(persona), [row["mistake"] for row in context.table]))


@when("{persona} asks for each of these")
def ask_wrongly(context, persona):
    context.stage.keep(asks_wrongly(context.stage.actor(persona), [row["request"] for row in context.table]))


@then("each is refused as a mistake of the caller, in plain words")
def each_refused(context):
    assert_that(context.stage.the(Attempts).all, every(plainly_refused()))


@then("right after each of them a correct request succeeds")
def each_forgotten(context):
    assert_that(context.stage.the(Attempts).all, every(forgotten_at_once()))
