"""Sentences about what happens when a model is loaded."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.modelhub.loading import Speed, gave_a_result, looked_at_anew, not_used_with, speed_told
from countersign.journeys.modelhub.generation import loading
from countersign.journeys.modelhub.generation.loading import Loadings
from countersign.journeys.modelhub.hub import hub_of, model_of


@given("{model} was just installed and nothing looks at the models from time to time")
def just_installed(context, model):
    hub_of(context.stage).has_installed([])
    hub_of(context.stage).looks_from_time_to_time(False)
    hub_of(context.stage).has_installed([model_of(model)])


@when("{persona} generates with {model}, and again after one of its files was damaged")
def generate_twice(context, persona, model):
    context.stage.keep(loading.loads(context.stage.actor(persona), model))


@when("{persona} generates {count:d} times with {model}")
def generate_often(context, persona, count, model):
    context.stage.keep(loading.speed_after(context.stage.actor(persona), model, count))


@then("the files were looked at for both generations")
def looked_at_twice(context):
    found = context.stage.the(Loadings)
    assert_that([found.first, found.damaged], every(looked_at_anew()))


@then(
    "the first gave a result, nothing was made with the damaged model, and {right:d} of its {count:d} files are right"
)
def damaged_not_used(context, right, count):
    assert_that(context.stage.the(Loadings).first, gave_a_result())
    assert_that(context.stage.the(Loadings).damaged, not_used_with(right / count))


@then("a performance score and an average time are told of it")
def told_speed(context):
    assert_that(context.stage.the(Speed), speed_told())
