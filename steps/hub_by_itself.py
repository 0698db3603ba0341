"""Sentences about what the hub does without being asked: after a start, and when a missing model has arrived."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.limits import within as taking
from countersign.expect.modelhub.mock import called_mock, called_real
from countersign.journeys.modelhub.fallback import mock_mode
from countersign.journeys.modelhub.fallback.mock_mode import BackToReal, Mocked
from countersign.journeys.modelhub.upkeep import start_up
from countersign.journeys.modelhub.upkeep.start_up import Restarted


@given("the source is away and {persona}'s generation with {model} gives a mock result")
def mock_result(context, persona, model):
    mocked = context.stage.keep(mock_mode.loses_the_source(context.stage.actor(persona), model))
    assert_that(mocked.generation, called_mock())


@when("the source is back and {persona} downloads {model}")
def source_is_back(context, persona, model):
    actor, mocked = context.stage.actor(persona), context.stage.the(Mocked)
    context.stage.keep(mock_mode.gets_it_back(actor, mocked, model))


@then("within {limit:d} seconds after its arrival mock results have ended, without anybody resetting anything")
def mock_has_ended(context, limit):
    mock_mode.measure(context.stage, context.stage.the(BackToReal), limit)
    assert_that(context.stage.the(BackToReal).seconds, taking(limit, "the end of mock results"))


@then("her next generation is called real and is completed")
def next_is_real(context):
    assert_that(context.stage.the(BackToReal).generation, called_real())


@given("the hub is set to {automation} operation")
def hub_is_set_to(context, automation):
    start_up.set_to(context.stage, automation)


@when("the hub is stopped, loses {deleted} and a part of {damaged}, and is started again")
def hub_started_again(context, deleted, damaged):
    context.stage.keep(start_up.starts_again(context.stage, deleted, damaged))


@then("within {limit:d} seconds it has looked at every model again")
def looked_at_all(context, limit):
    start_up.all_looked_at(context.stage, context.stage.the(Restarted), limit)


@then("within {limit:d} seconds it has begun to fetch the one and to repair the other")
def work_begun(context, limit):
    start_up.work_has_begun(context.stage, context.stage.the(Restarted), limit)


@then("it recommends something for both and begins nothing")
def only_recommended(context):
    start_up.nothing_but_recommended(context.stage, context.stage.the(Restarted))
