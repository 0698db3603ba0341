"""Sentences about the health of the whole store."""

from behave import then, when
from hamcrest import all_of, assert_that, greater_than_or_equal_to, has_length

from countersign.expect.every import every
from countersign.expect.modelhub.overall import agrees_with_its_models
from countersign.journeys.modelhub.upkeep import mixes


@when("{persona} reads the health of the store with nothing, some and all models installed and with damaged ones")
def read_mixes(context, persona):
    context.stage.keep(mixes.reads_of_mixes(context.stage.actor(persona)))


@then("score, counts, recommendations and storage agree with the models for each of at least {count:d} mixes")
def agree(context, count):
    assert_that(
        context.stage.the(list), all_of(every(agrees_with_its_models()), has_length(greater_than_or_equal_to(count)))
    )
