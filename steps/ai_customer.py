"""Sentences about the AI customer: what reaches it, and what it is asked."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.chattrain.asked import asked_under_its_settings, asked_with_the_conversation
from countersign.expect.every import every
from countersign.expect.texts import as_typed
from countersign.journeys.chattrain.chat.customer import (
    Heard,
    Questions,
    asks_for,
    is_echoed,
    judge_stored,
    measure_echoes,
    measure_questions,
)


@when("{persona} says {count:d} lines with emoji, Japanese, accents, quotes and markup to a customer who echoes")
def say_scripts(context, persona, count):
    trainee = context.stage.actor(persona)
    context.stage.keep(is_echoed(trainee.training, trainee, count))


@then("the customer heard all {count:d} lines exactly as typed")
def heard_as_typed(context, count):
    measure_echoes(context.stage, context.stage.the(Heard), count)
    assert_that(context.stage.the(Heard).echoed, every(as_typed("the customer heard")))


@then("every line is stored exactly as typed, where sessions can be read back")
def stored_as_typed(context):
    judge_stored(context.stage.the(Heard))


@when("{persona} says {count:d} lines in customer service and as many in claim handling")
def say_in_both(context, persona, count):
    context.stage.keep(asks_for(context.stage.actor(persona), ["customer service", "claim handling"], count))


@then(
    "the AI is asked once for each of the {count:d} lines, with the scenario, up to {most:d} earlier messages in order "
    "and the new line exactly once"
)
def asked_properly(context, count, most):
    measure_questions(context.stage, context.stage.the(Questions), most, count)
    assert_that(context.stage.the(Questions).all, every(asked_with_the_conversation(most)))


@then("each question comes with the scenario's own model, temperature and length")
def asked_under_settings(context):
    assert_that(context.stage.the(Questions).all, every(asked_under_its_settings()))
