"""Sentences about ways out: instructions without any model, promised waits, mock results."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.modelhub.way_out import (
    Instructions,
    clear_steps,
    labelled_as_mock,
    real_without_label,
    that_came_true,
    that_lead_to_a_model,
    with_leave_to_wait,
    worst,
)
from countersign.journeys.modelhub.fallback import mock_results, promised_waits, without_models
from countersign.journeys.modelhub.fallback.mock_results import Results
from countersign.journeys.modelhub.fallback.promised_waits import Promises


@when("{persona} asks what to do about {model}, and does it, while the source is {state}")
def follow_instructions(context, persona, model, state):
    context.stage.keep(without_models.follows_instructions(context.stage.actor(persona), model, state))


@then("at least {least:d} sentences name a model, its size and its download")
def clear_instructions(context, least):
    assert_that(context.stage.the(Instructions), clear_steps(least))


@then("doing what they say ends in a model that is ready")
def instructions_work(context):
    assert_that(context.stage.the(Instructions), that_lead_to_a_model())


@when("{persona} downloads these at once and asks for each how long it takes")
def download_at_once(context, persona):
    context.stage.keep(promised_waits.downloads_at_once(context.stage.actor(persona), context.table))


@then("each of the {count:d} promised waits comes true within a factor of {factor:d}")
def waits_come_true(context, count, factor):
    made = context.stage.the(Promises).made
    stage = context.stage
    stage.measure(
        "promised wait off by", worst(made), "times", samples=len(made), required_samples=count, limit=factor,
        relation="at most", statistic="maximum", load=f"{count} downloads at once",
    )  # fmt: skip
    assert_that(made, every(that_came_true(factor)))


@then("each time letting the request wait is advised and allowed")
def waiting_is_allowed(context):
    assert_that(context.stage.the(Promises).made, every(with_leave_to_wait()))


@when("{persona} asks what to do about {model}, which is minutes away, with each patience")
def ask_with_patience(context, persona, model):
    context.stage.keep(promised_waits.asks_with_patience(context.stage.actor(persona), model, context.table))


@when("{persona} allows a mock result of {model}, and then follows the way to the real one")
def mock_then_real(context, persona, model):
    context.stage.keep(mock_results.goes_to_the_real_one(context.stage.actor(persona), model))


@when("{persona} generates with {model} in mock mode, and then follows the way to the real one")
def mock_mode_then_real(context, persona, model):
    context.stage.keep(mock_results.lives_through_mock_mode(context.stage.actor(persona), model))


@then("the first result is called a mock everywhere, and the download to the real one is named")
def first_is_mock(context):
    assert_that(context.stage.the(Results).away, labelled_as_mock())


@then("the second result is real, and called so everywhere")
def second_is_real(context):
    assert_that(context.stage.the(Results).arrived, real_without_label())
