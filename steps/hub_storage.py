"""Sentences about storage: running low, cleaning up, what is proposed for removal."""

from behave import given, then, when
from hamcrest import assert_that, close_to, equal_to, has_length, has_properties

from countersign.expect.every import every
from countersign.expect.modelhub.storage import (
    frees_nothing,
    frees_what_it_tells,
    proposed_as_due,
    recommended_for_removal,
    warned_as_due,
)
from countersign.expect.modelhub.usage import nothing_told
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.storage import freeing, fullness, proposals
from countersign.journeys.modelhub.storage.freeing import CleaningUp
from countersign.journeys.modelhub.storage.proposals import MonthLater, Used


@given("all three models are installed")
def all_installed(context):
    hub_of(context.stage).has_all_installed()


@when("the storage is filled to these levels, and {persona} looks and listens")
def fill(context, persona):
    context.stage.keep(fullness.levels(context.stage.actor(persona), context.table))


@then("each of the {count:d} levels is warned of as listed, with models to remove and the figures as on disk")
def warned(context, count):
    assert_that(context.stage.the(list), has_length(count))
    assert_that(context.stage.the(list), every(warned_as_due()))


@when("{persona} cleans up in a dry run, in earnest and once more, and deletes a model")
def clean_up(context, persona):
    context.stage.keep(freeing.cleans_up(context.stage.actor(persona)))


@then("cleaning up and deleting free the bytes that they tell, and the models are shown as missing")
def frees(context):
    found = context.stage.the(CleaningUp)
    assert_that([found.cleaned, found.deleted], every(frees_what_it_tells()))
    assert_that(found.proposed_bytes, close_to(found.cleaned.real_bytes, 0.01 * found.cleaned.real_bytes))


@then("the dry run frees nothing, and neither does a clean-up where enough is free")
def frees_none(context):
    found = context.stage.the(CleaningUp)
    assert_that([found.dry, found.again], every(frees_nothing()))


@then("a model that is being downloaded is not deleted")
def busy_stays(context):
    assert_that(context.stage.the(CleaningUp).busy, has_properties(status=409))


@given("{persona} has used one model 5 times, one once and one never")
def differently_used(context, persona):
    context.stage.keep(proposals.differently_used(context.stage.actor(persona)))


@when("{persona} asks in {count:d} situations what would be removed")
def ask(context, persona, count):
    user = context.stage.actor(persona)
    context.stage.keep(proposals.proposals(user, context.stage.the(Used)))
    assert_that(len(context.stage.the(list)), equal_to(count))


@then("the least used go first and only as many as needed, and no preferred, recent or busy one is named")
def as_due(context):
    assert_that(context.stage.the(list), every(proposed_as_due()))


@when("{persona} looks 31 days later")
def look_later(context, persona):
    user = context.stage.actor(persona)
    context.stage.keep(proposals.month_later(user, context.stage.the(Used)))


@then("removing each of the three models is recommended")
def recommended(context):
    assert_that(context.stage.the(MonthLater).forgotten, recommended_for_removal())


@then("no use, no favourite and no busy hour is told of the 30 days without any")
def nothing_used(context):
    assert_that(context.stage.the(MonthLater).use, nothing_told())
