"""Sentences about much traffic of many kinds, and about being there all the time."""

from behave import then, when
from hamcrest import assert_that, empty

from countersign.expect.error_rate import fewer_than_one_in_a_thousand_failed
from countersign.expect.limits import at_least
from countersign.expect.operations import all_succeeded
from countersign.journeys.load_figures import excused
from countersign.journeys.measuring import measure_share_failed
from countersign.journeys.medassist.load import availability, mixed_traffic, session_traffic
from countersign.journeys.medassist.load.availability import Availability
from countersign.journeys.medassist.load.mixed_traffic import MixedTraffic
from countersign.journeys.medassist.load.session_traffic import SessionTraffic

ROUNDS = 5
"""Times that everybody walks through everything in a step: more than 3000 operations in all."""


@when(
    "{count:d} patients open and read sessions for {seconds:d} seconds, four reads to one that is opened, "
    "at more than {rate:d} operations per second"
)
def open_and_read(context, count, seconds, rate):
    context.stage.keep(session_traffic.session_traffic(context.stage, count, rate, seconds))


@then("none of the operations fails")
def none_fails(context):
    assert_that(context.stage.the(SessionTraffic).operations, all_succeeded(1))


@then("at least {least:d} operations are done in those {seconds:d} seconds")
def done_meanwhile(context, least, seconds):
    stage = context.stage
    traffic = session_traffic.session_traffic_vouched(stage, stage.the(SessionTraffic))
    done = session_traffic.measure_completed(stage, traffic, least, seconds)
    excused(stage, missed=done < least)
    assert_that(done, at_least(least, f"operations done in {seconds} s"))


@then("every session that was opened is read back")
def read_back(context):
    traffic = context.stage.the(SessionTraffic)
    assert_that(traffic.missing, empty(), f"which of {traffic.opened} opened sessions could not be read back")
    assert_that(traffic.opened, at_least(1, "opened sessions"))


@when("first {counts} patients at once use everything while {nurse} works")
def use_everything(context, counts, nurse):
    stage = context.stage
    stage.keep(mixed_traffic.mixed_traffic(stage.actor(nurse), counts, ROUNDS))


@then("of at least {least:d} operations fewer than 1 in 1000 failed")
def error_rate(context, least):
    traffic = context.stage.the(MixedTraffic)
    operations = traffic.operations
    measure_share_failed(
        context.stage, "operations that failed", operations, below=0.1, load="five steps", required=least
    )
    assert_that(operations, fewer_than_one_in_a_thousand_failed())


@then("how much was done and how quickly is on record for each of the {count:d} steps")
def steps_on_record(context, count):
    traffic = mixed_traffic.traffic_vouched(context.stage, context.stage.the(MixedTraffic))
    mixed_traffic.report_steps(context.stage, traffic)
    assert_that(len(traffic.steps), at_least(count, "steps"))


@when("the health is looked at {count:d} times, {rate:d} times a second, with a real read at every fifth look")
def health_looked_at(context, count, rate):
    context.stage.keep(availability.watched(context.stage, count, rate, 1.5 * count / rate + 30))


@then("not one of {count:d} looks and not one read fails")
def no_look_fails(context, count):
    seen = availability.measure_availability(context.stage, context.stage.the(Availability), count)
    assert_that(seen.looks, all_succeeded(1))
    assert_that(seen.reads, all_succeeded(1))
