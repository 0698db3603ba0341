"""Sentences about what is typed into the chat: what is taken, what is refused, what is kept."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.inputs import clearly_refused, kept_exactly, taken
from countersign.journeys.medassist.chat import inputs
from countersign.journeys.medassist.chat.inputs import Inputs


@when("{persona} types each of these, by every way of writing to the clinic")
def type_each(context, persona):
    table = [row.as_dict() for row in context.table]
    context.stage.keep(inputs.types(context.stage.actor(persona), table))


@then("each input that is to be taken is taken and answered")
def good_taken(context):
    typed = context.stage.the(Inputs)
    assert_that(typed.named(typed.good), every(taken()))


@then("each of the others is refused in words that say so")
def bad_refused(context):
    typed = context.stage.the(Inputs)
    assert_that(typed.named(typed.bad), every(clearly_refused()))


@then("the history holds exactly what was taken, unchanged but for blanks around it")
def kept(context):
    typed = context.stage.the(Inputs)
    assert_that(typed.by_way, every(kept_exactly(typed.good)))
