"""Sentences about downloads of models."""

from behave import then, when
from hamcrest import assert_that, contains_exactly, has_properties

from countersign.journeys.modelhub import starting
from countersign.journeys.modelhub.starting import Starts


@when("{persona} starts the download of {model} twice")
def start_twice(context, persona, model):
    context.stage.keep(starting.starts(context.stage.actor(persona), model, 2))


@then("the first start is accepted and the second is refused as already running")
def second_refused(context):
    answers = context.stage.the(Starts).answers
    assert_that(answers, contains_exactly(has_properties(status=202), has_properties(status=409)))
