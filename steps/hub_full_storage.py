"""Sentences about a storage that is full: before a download, on its way, and after space was freed."""

from behave import then, when
from hamcrest import assert_that, equal_to

from countersign.expect.every import every
from countersign.expect.modelhub.full import (
    nothing_half_written,
    refused_before_any_byte,
    resumed_to_the_end,
    stays_intact,
    stopped_within,
)
from countersign.expect.modelhub.generation import completed_with_result
from countersign.journeys.modelhub.outages import full_storage
from countersign.journeys.modelhub.outages.full_storage import FullStorage


@when(
    "{persona} downloads {arriving} into a storage that is too small, then into one that becomes full on the way, "
    "and removes {removed}"
)
def storage_full(context, persona, arriving, removed):
    context.stage.keep(full_storage.runs_full(context.stage.actor(persona), arriving, removed))


@then("the first start is refused before one byte is fetched, with what to do about it")
def refused(context):
    assert_that(context.stage.the(FullStorage).too_large, refused_before_any_byte())


@then("the download that was under way is stopped within {limit:d} seconds, with what to do about it")
def stopped(context, limit):
    full = context.stage.the(FullStorage)
    full_storage.measure(context.stage, full, limit)
    assert_that(full.stopped, stopped_within(limit))


@then("the {count:d} models that were there stay whole and one of them is used, and nothing half-written is in use")
def intact(context, count):
    full = context.stage.the(FullStorage)
    assert_that(len(full.others), equal_to(count), "the models that were there")
    assert_that(full.others, every(stays_intact()))
    assert_that(full.generation, completed_with_result())
    assert_that(full.in_use, nothing_half_written())


@then("a new start after the removal goes on from the bytes that are there and arrives whole")
def went_on(context):
    assert_that(context.stage.the(FullStorage).went_on, resumed_to_the_end())
