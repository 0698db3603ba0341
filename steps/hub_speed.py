"""Sentences about the speed of downloads and what they tell of their progress."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.modelhub.progress import agrees_with_itself, agrees_with_the_source, honest_time_left
from countersign.expect.modelhub.speed import heeds_change, holds_limit, limit_refused
from countersign.journeys.modelhub.downloads import limiting, truth
from countersign.journeys.modelhub.downloads.limiting import Limits, OddLimits
from countersign.journeys.modelhub.downloads.truth import Told


@when("{persona} downloads these models at once, each with a limit that changes after its first MB")
def downloads_limited(context, persona):
    limits = context.stage.keep(limiting.downloads_limited(context.stage.actor(persona), list(context.table)))
    limiting.measure(context.stage, limits)


@then("while a limit lasts at most 110 percent of it come in any 3 seconds, and at least 70 percent on the whole")
def limit_holds(context):
    assert_that(context.stage.the(Limits).each, every(holds_limit()))


@then("a changed limit is in force after {within:d} seconds")
def change_in_force(context, within):
    assert_that(context.stage.the(Limits).changed, every(heeds_change(within)))


@when("{persona} asks for odd speed limits at the start of {model} and on its way")
def asks_odd_limits(context, persona, model):
    context.stage.keep(limiting.asks_odd_limits(context.stage.actor(persona), model))


@then("each of them is refused, naming the limit")
def odd_limits_refused(context):
    assert_that(context.stage.the(OddLimits).each, every(limit_refused()))


@when("{persona} downloads all 3 models in about 9 seconds each and looks at them 5 times a second")
def looks_all_along(context, persona):
    context.stage.keep(truth.looks_all_along(context.stage.actor(persona)))


@then("percent and megabytes agree, never fall, and are complete only when the download is")
def progress_agrees(context):
    assert_that(context.stage.the(Told).each, every(agrees_with_itself()))


@then("the first time left is within a factor 2 of the real one and falls, and the speed is true")
def time_left_true(context):
    assert_that(context.stage.the(Told).each, every(honest_time_left()))


@then("where the source can be asked, the megabytes are within 5 percent or 0.5 MB of what it had sent")
def as_the_source_sent(context):
    assert_that(context.stage.the(Told).each, every(agrees_with_the_source()))
