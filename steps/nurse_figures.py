"""Sentences about the figures of the dashboard."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.medassist.figures import as_clocked, grew_as_due, rated_at
from countersign.journeys.medassist.nursing import dashboard
from countersign.journeys.medassist.nursing.dashboard import Record


@given("{persona} has read the dashboard while {count:d} reports of {patient} wait")
def has_read_dashboard(context, persona, count, patient):
    stage = context.stage
    stage.keep(dashboard.reads_before(stage.actor(persona), stage.actor(patient), count))


@when("{persona} approves {approved:d} of them, overrides {overridden:d}, and {new:d} new ones come")
def goes_on(context, persona, approved, overridden, new):
    dashboard.goes_on(context.stage.the(Record), approved, overridden, new)


@then("the figures grew by exactly these {decisions:d} decisions and {new:d} reports")
def figures_grew(context, decisions, new):
    assert_that(context.stage.the(Record).growth, grew_as_due())


@then("the rates of the {count:d} reports are {approved:d} of 100 approved and {overridden:d} of 100 overridden")
def rates_are(context, count, approved, overridden):
    assert_that(context.stage.the(Record).of_these, rated_at(approved / 100, overridden / 100))


@then("their average review time and longest wait are those the suite itself has clocked")
def times_as_clocked(context):
    assert_that(context.stage.the(Record).times, every(as_clocked()))
