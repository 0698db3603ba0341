"""Sentences about how long a nurse waits for the dashboard."""

from behave import given, then, when
from hamcrest import assert_that, only_contains

from countersign.expect.limits import within
from countersign.journeys.medassist.load import dashboard_load
from countersign.journeys.medassist.load.dashboard_load import DashboardLoads
from countersign.journeys.medassist.nursing.waiting_reports import have_reports_wait


@given("{count:d} reports wait for a decision")
def reports_wait(context, count):
    context.stage.keep(have_reports_wait(context.stage, count))


@when(
    "{first} and {second} load their dashboard {data:d} times in turn, and its page {pages:d} times where there is one"
)
def load_dashboard(context, first, second, data, pages):
    stage = context.stage
    stage.keep(dashboard_load.loads_dashboard(stage.actor(first), stage.actor(second), data, pages))


@then("95 of 100 loads of queue, figures and first report take less than {limit:g} seconds")
def data_within(context, limit):
    taken = dashboard_load.data_figure(context.stage, context.stage.the(DashboardLoads), limit)
    assert_that(taken, within(limit, "95 of 100 loads of the dashboard's data"))


@then("19 of 20 loads of the page fill the queue in less than {limit:g} seconds, where there is a page")
def page_within(context, limit):
    taken = dashboard_load.page_figure(context.stage, context.stage.the(DashboardLoads), limit)
    assert_that(taken, only_contains(within(limit, "19 of 20 loads of the nurse page")))
