"""Sentences about the status of models: through their life, when files are missing, when they are damaged."""

from behave import given, then, when
from hamcrest import assert_that, less_than

from countersign.expect.every import every
from countersign.expect.modelhub.repair import Choices, Mended, offering_repair_and_new_download, whole_again
from countersign.expect.modelhub.status import (
    Incomplete,
    as_due,
    naming_what_is_missing,
    never_ready_too_early,
    telling_everything,
)
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub import life_of_a_model
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.life_of_a_model import Life
from countersign.journeys.modelhub.upkeep import broken_models
from countersign.journeys.modelhub.upkeep.broken_models import Damaged


@when("{persona} downloads {model} behind {other}, halts it and lets it go on")
def life_until_available(context, persona, model, other):
    context.stage.keep(life_of_a_model.arrives(context.stage.actor(persona), model, other))


@when("a file of {model} is damaged before the eyes of {persona}")
def life_until_damaged(context, model, persona):
    context.stage.keep(life_of_a_model.gets_damaged(context.stage.actor(persona), model))


@when("version {version} of {model} comes out and is installed before the eyes of {persona}")
def life_through_update(context, version, model, persona):
    context.stage.keep(life_of_a_model.gets_updated(context.stage.actor(persona), model, version))


@then("the status shows in turn")
def status_in_turn(context):
    assert_that(context.stage.the(Life).pairs(context.table), every(as_due()))


@then("each state is shown within {limit:d} seconds of its beginning")
def shown_soon(context, limit):
    seconds = context.stage.the(Life).seconds
    longest = measure_longest(context.stage, "status follows", seconds, below=limit, load="one model in transfer")
    assert_that(longest, less_than(limit))


@then("each time every fact of every model is told, and the totals equal the list")
def everything_told(context):
    assert_that(context.stage.the(Life).looks, every(telling_everything()))


@then("it is never shown as ready before its download is complete")
def never_too_early(context):
    assert_that(context.stage.the(Life).samples, never_ready_too_early())


@when("{count:d} of the files of {model} get lost before the eyes of {persona}")
def files_get_lost(context, count, model, persona):
    context.stage.keep(broken_models.loses_files(context.stage.actor(persona), model, count))


@when("{persona} downloads {model}, one file of which the source has no more")
def download_fails_half_way(context, persona, model):
    context.stage.keep(broken_models.fails_half_way(context.stage.actor(persona), model))


@then("exactly the missing files are named in its status, its health and its validation")
def missing_files_named(context):
    assert_that(context.stage.the(Incomplete), naming_what_is_missing())


@given("a file of {model} is damaged")
def file_is_damaged(context, model):
    context.stage.keep(broken_models.damaged(hub_of(context.stage), model))


@when("{persona} has it looked through")
def look_through(context, persona):
    stage = context.stage
    stage.keep(broken_models.choices(stage.actor(persona), stage.the(Damaged)))


@then("it is shown as damaged, with repair and a new download to choose from")
def both_ways_offered(context):
    assert_that(context.stage.the(Choices), offering_repair_and_new_download())


@when("{persona} chooses {choice} for it")
def choose(context, persona, choice):
    stage = context.stage
    stage.keep(broken_models.mends(stage.actor(persona), stage.the(Damaged), choice))


@then("it is whole again, and ready")
def it_is_whole(context):
    assert_that(context.stage.the(Mended), whole_again())
