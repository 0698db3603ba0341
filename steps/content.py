"""Sentences about looking after the content."""

from behave import given, then, when
from hamcrest import assert_that, equal_to

from countersign.expect.chattrain.reload import complains_about, counts
from countersign.journeys.chattrain.content.content_care import (
    ContentCare,
    lets_happen,
    look_alikes,
    look_alikes_added,
    reloads,
    takes_in_new_trainings,
)


@given("{persona} has taken new trainings into the content, some of them with look-alike names")
def take_in(context, persona):
    context.stage.keep(takes_in_new_trainings(context.stage.actor(persona)))


@when("these things happen to them and {persona} reloads the content")
def happen_and_reload(context, persona):
    care = context.stage.the(ContentCare)
    lets_happen(care, [(row["training"], row["what happens"]) for row in context.table])
    reloads(context.stage.actor(persona), care)


@then("the reload claims no success and names each broken training")
def reload_complains(context):
    care = context.stage.the(ContentCare)
    assert_that(care.reload, complains_about(care.broken))


@then("only the trainings that can be used are on the list, and the reload counts just these")
def only_usable(context):
    care = context.stage.the(ContentCare)
    assert_that(care.listed_ids, equal_to(care.usable_ids), "the trainings on the list")
    assert_that(care.reload, counts(care.listed_ids))


@then("the look-alike trainings are all on the list, each under its own title")
def look_alikes_apart(context):
    care = context.stage.the(ContentCare)
    assert_that(look_alikes(care), equal_to(look_alikes_added(care)), "the look-alike trainings and their titles")
