"""Sentences about downloads that meet trouble at the source of models."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.modelhub.guidance import listeners_told_the_same, tells_what_to_do
from countersign.expect.modelhub.retries import (
    retries_announced,
    tried_as_often_as_promised,
    waited_twice_as_long_each_time,
)
from countersign.journeys.modelhub.downloads import trials
from countersign.journeys.modelhub.downloads.trials import Trials


@when("these downloads each meet their trouble at the source so many times")
def meet_trouble(context):
    context.stage.keep(trials.makes(context.stage, trials.table_of(context.stage, context.table)))


@then("each is tried again as often as its retries allow and then arrives or is given up, a lasting trouble at once")
def tried_as_often(context):
    trials.measure(context.stage, context.stage.the(Trials), tried_as_often_as_promised())
    assert_that(context.stage.the(Trials).each, every(tried_as_often_as_promised()))


@then("by the clock of the source each wait is twice the one before, up to the longest, and as long as the source asks")
def waits_double(context):
    assert_that(context.stage.the(Trials).each, every(waited_twice_as_long_each_time()))


@then("each retry is announced once with its number and its wait")
def announced(context):
    assert_that(context.stage.the(Trials).each, every(retries_announced()))


@then("each is given up and tells its cause in a plain sentence with at least 2 fitting things to do")
def tells_cause(context):
    assert_that(context.stage.the(Trials).each, every(tells_what_to_do()))


@then("whoever listens is told the same in the moment it is given up")
def listeners_told(context):
    assert_that(context.stage.the(Trials).each, every(listeners_told_the_same()))
