"""Sentences about recoveries."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.every import every
from countersign.expect.modelhub.recovery import (
    cause_gone,
    counted_right,
    refused_as_mistake,
    refused_in_pause,
    told_as_due,
)
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.settings import recovering
from countersign.journeys.modelhub.settings.recovering import OddRecoveries, Recoveries


@when("{persona} starts a recovery in each of these situations, and once more right afterwards")
def recover(context, persona):
    context.stage.keep(recovering.recovers_in(context.stage.actor(persona), context.table))


@then("each of the {count:d} is answered within {limit:d} seconds as listed, with mock results on or off as listed")
def told(context, count, limit):
    recoveries = context.stage.the(Recoveries).each
    seconds = [each.answer.seconds for each in recoveries]
    measure_longest(context.stage, "answer to a recovery", seconds, below=limit, load="1 user", required=count)
    assert_that(recoveries, has_length(count))
    assert_that(recoveries, every(told_as_due(limit)))


@then("where success was told, the cause is gone within {limit:d} seconds")
def gone(context, limit):
    assert_that(context.stage.the(Recoveries).successes, every(cause_gone(limit)))


@then("each second try within {pause:d} seconds is refused with the seconds that are left")
def refused(context, pause):
    assert_that(context.stage.the(Recoveries).each, every(refused_in_pause(pause)))


@then("every try that was made, every success and their share are counted")
def counted(context):
    assert_that(context.stage.the(Recoveries).statistics, counted_right())


@when("{persona} starts recoveries that name no failure, unknown ones, or odd details")
def recover_oddly(context, persona):
    context.stage.keep(recovering.recovers_oddly(context.stage.actor(persona)))


@then("each of the {count:d} is refused as the caller's mistake, with a sentence")
def refused_odd(context, count):
    assert_that(context.stage.the(OddRecoveries).each, has_length(count))
    assert_that(context.stage.the(OddRecoveries).each, every(refused_as_mistake()))


@then("no try is counted")
def nothing_counted(context):
    assert_that(context.stage.the(OddRecoveries).statistics, counted_right())
