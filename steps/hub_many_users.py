"""Sentences about many users of the hub at once."""

from behave import then, when
from hamcrest import assert_that, equal_to

from countersign.expect.every import every
from countersign.expect.modelhub.load import all_kept, answered_or_refused, quick_enough, sparing
from countersign.expect.operations import all_succeeded, each_within, fewer_failed_than
from countersign.journeys.modelhub.load import level, level_figures
from countersign.journeys.modelhub.load.level import Level


@when(
    "{count:d} users like {persona} use everything the hub offers for {seconds:d} seconds and at least {least:d} calls"
)
def use_everything(context, count, persona, seconds, least):
    context.stage.keep(level.at_once(context.stage, count, seconds, least))


@then("none of at least {least:d} calls fails")
def no_call_fails(context, least):
    seen = level_figures.level_vouched(context.stage, context.stage.the(Level), least)
    assert_that(seen.operations, all_succeeded(least))


@then("fewer than {percent:d} in 100 of at least {least:d} calls fail")
def few_calls_fail(context, percent, least):
    seen = level_figures.level_vouched(context.stage, context.stage.the(Level), least)
    operations = level_figures.measure_failed(context.stage, seen, percent)
    assert_that(operations, fewer_failed_than(percent, least))


@then(
    "of each kind of call half are answered within {half:d} ms, 95 of 100 within {most:d} ms and "
    "99 of 100 within {nearly:d} ms"
)
def quick_in_all(context, half, most, nearly):
    limits = {50: half / 1000, 95: most / 1000, 99: nearly / 1000}
    assert_that(level_figures.speeds(context.stage, context.stage.the(Level), limits), every(quick_enough(limits)))


@then(
    "of each kind of call {share:d} of 100 are answered within {limit:d} ms, and the time of half and of 99 of 100 "
    "is on record"
)
def quick_for_most(context, share, limit):
    limits = {share: limit / 1000}
    assert_that(level_figures.speeds(context.stage, context.stage.the(Level), limits), every(quick_enough(limits)))


@then("every generation and every download that was accepted comes to its end")
def nothing_lost(context):
    assert_that(level_figures.measure_promises(context.stage, context.stage.the(Level)), all_kept())


@then("each of at least {least:d} calls is answered or, at most {percent:d} of 100, refused with a waiting time")
def answered_politely(context, least, percent):
    operations = level_figures.measure_refused(context.stage, context.stage.the(Level), percent, least)
    assert_that(operations, answered_or_refused(percent))


@then("every look at the health meanwhile is answered within {limit:d} second")
def alive(context, limit):
    signs = level_figures.measure_life_signs(context.stage, context.stage.the(Level), limit)
    assert_that(signs, all_succeeded(1))
    assert_that(signs, each_within(limit))


@then("the hub is well afterwards")
def well_afterwards(context):
    assert_that(context.stage.the(Level).well_after, equal_to("healthy"))


@then(
    "the hub takes at most {processors:d} percent of the processors on average and at most {memory:d} percent of the "
    "memory at any time"
)
def room_left(context, processors, memory):
    use = level_figures.measure_use(context.stage, context.stage.the(Level), processors, memory)
    assert_that(use, sparing(processors, memory))
