"""Sentences about load on the hub that rises past its breaking point."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.limits import at_least
from countersign.expect.modelhub.rising import quick_again, slows_gradually
from countersign.journeys.modelhub.load import rising
from countersign.journeys.modelhub.load.rising import Rise

RELIEF_WITHIN = 30


@when("after 1 client {counts} read without a pause, {seconds:d} seconds each, until the hub breaks, then 1 again")
def load_rises(context, counts, seconds):
    context.stage.keep(rising.rises(context.stage, counts, seconds, RELIEF_WITHIN))


@then("the curve and the breaking point are on record")
def curve_on_record(context):
    rise = rising.report_rise(context.stage, context.stage.the(Rise))
    assert_that(len(rise.steps), at_least(1, "steps"))


@then("no step is served at less than half the rate of the one before")
def no_collapse(context):
    steps = rising.judged_rates(context.stage, context.stage.the(Rise))
    assert_that(steps, slows_gradually())


@then("within {limit:d} seconds of the relief calls are as quick as before, 95 of 100 within 500 ms, and none fails")
def quick_after_relief(context, limit):
    relief = rising.measure_relief(context.stage, context.stage.the(Rise), limit)
    assert_that(relief, quick_again(limit))
