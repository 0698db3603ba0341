"""Sentences about the canary: a patient who consists of marks, and the places where none of them may be found."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.traces import free_of
from countersign.journeys.medassist.access import canary as journey
from countersign.journeys.medassist.access.canary import Canary


@given("somebody like {persona} whose name, address, telephone, complaint and passwords are marks, and {nurse} on duty")
def marked(context, persona, nurse):
    context.stage.keep(journey.hatches(context.stage.actor(persona), context.stage.actor(nurse)))


@when("the marked patient goes the whole way to {nurse}'s decision and everything that can fail fails once")
def go_the_whole_way(context, nurse):
    journey.goes_the_whole_way(context.stage.the(Canary))


@then("the log holds no mark and no token")
def log_is_free(context):
    canary = context.stage.the(Canary)
    assert_that(journey.logged(canary), free_of(canary.everything, "the canary"))


@then("no figure, no notice to nurses and no detail of the audit trail holds a mark or a token")
def kept_beside_is_free(context):
    canary = context.stage.the(Canary)
    assert_that(journey.kept_beside(canary), free_of(canary.everything, "the canary"))


@then("no refusal on the way holds a mark or a token")
def refusals_are_free(context):
    canary = context.stage.the(Canary)
    canary.measure(context.stage)
    assert_that(canary.refusals, free_of(canary.everything, "the canary"))


@then("the AI was told no mark, no token and nobody's number beyond the words of the talk")
def ai_is_free(context):
    canary = context.stage.the(Canary)
    traces = canary.everything + journey.ids_of(canary)
    assert_that(journey.told_to_the_ai(canary), free_of(traces, "the canary"))
