"""Sentences about backups, a lost database, its standby, and copies that come and go with the load."""

from behave import given, then, when
from hamcrest import assert_that, empty, is_

from countersign.expect.limits import at_least, more_than, within
from countersign.expect.medassist.emergency import told_to_call_for_help
from countersign.expect.medassist.restored import Restored, wholly_restored
from countersign.expect.operations import all_succeeded
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.assessment import first_symptom
from countersign.journeys.medassist.load import autoscaling
from countersign.journeys.medassist.load.autoscaling import Scaling
from countersign.journeys.medassist.trouble import disaster, failover
from countersign.journeys.medassist.trouble.disaster import Practice
from countersign.journeys.medassist.trouble.failover import Failover, Writers


@given("{count:d} patients are writing, and as many have reported emergencies, half of them decided by {nurse}")
def practice_at_work(context, count, nurse):
    disaster.practice(context.stage, context.stage.actor(nurse), count)


@when("the system is backed up while all go on, loses its database, is restored and started again")
def lost_and_restored(context):
    context.stage.keep(disaster.lost_and_restored(context.stage, context.stage.the(Practice)))


@then("every message, report, decision and entry of the audit trail that existed at the backup is there")
def everything_there(context):
    restored = disaster.measure_restored(context.stage, context.stage.the(Restored))
    assert_that(restored, wholly_restored())


@then("somebody new, {patient}, is told at once to call for help in an emergency, and {nurse} approves the report")
def new_journey(context, patient, nurse):
    stage = context.stage
    journey = disaster.new_journey(stage.actor(patient), stage.actor(nurse))
    assert_that(journey.complaint.turns[0], told_to_call_for_help(first_symptom.emergency_number(stage)))
    assert_that(journey.report.approved, is_(True), "the report of the new patient is approved")


@given("{count:d} patients are writing")
def are_writing(context, count):
    context.stage.keep(failover.writers(context.stage, count))


@when("the main database is lost for good while they write on")
def main_database_lost(context):
    context.stage.keep(failover.fails_over(context.stage, context.stage.the(Writers)))


@then("within {limit:d} seconds everybody's messages are confirmed again")
def confirmed_again(context, limit):
    came = context.stage.the(Failover)
    measure_longest(context.stage, "main database lost to confirmed again", [came.seconds], below=limit, load="1 loss")
    assert_that(came.seconds, within(limit, "messages confirmed again"))


@then("every message that was confirmed is kept")
def confirmed_kept(context):
    came = context.stage.the(Failover)
    assert_that(came.missing, empty(), f"which of {came.confirmed} confirmed messages are missing")


@when("more and more patients work with the system for {minutes:d} minutes")
def more_and_more(context, minutes):
    context.stage.keep(autoscaling.rising_load(context.stage, minutes))


@then("none of at least {least:d} operations fails")
def none_of_many_fails(context, least):
    assert_that(context.stage.the(Scaling).operations, all_succeeded(least))


@then("more copies of the system serve during the load than before it")
def more_copies(context):
    scaling = autoscaling.scaling_vouched(context.stage, context.stage.the(Scaling))
    assert_that(scaling.most, more_than(scaling.before, "copies at most during the load"))


@then("fewer copies serve afterwards")
def fewer_copies(context):
    scaling = context.stage.the(Scaling)
    assert_that(scaling.most, at_least(scaling.after + 1, "copies during the load, fewer afterwards"))
