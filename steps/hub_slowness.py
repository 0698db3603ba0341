"""Sentences about models that become slower."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.modelhub.slowness import Slowness, as_fast_as_before, slower_with
from countersign.journeys.modelhub.upkeep import slowness


@when("{persona} runs a model 5 times as usual and then 5 times three times as long with another {cause}")
def run_slower(context, persona, cause):
    context.stage.keep(slowness.becomes_slower(context.stage.actor(persona), cause))


@when("{persona} runs a model 5 times and 5 times again in the same way")
def run_alike(context, persona):
    context.stage.keep(slowness.stays_as_it_is(context.stage.actor(persona)))


@then("{persona} is told by how much the model became slower, that it goes together with the {cause}, and what to do")
def told_slower(context, persona, cause):
    assert_that(context.stage.the(Slowness), slower_with(cause))


@then("the speed of the model is told as stable and nothing is recommended")
def told_stable(context):
    assert_that(context.stage.the(Slowness), as_fast_as_before())
