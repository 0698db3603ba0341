"""Sentences about a model in trouble: its figures and its alerts."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.counts import number_of
from countersign.expect.medassist.model_figures import coming_within, counting, taking
from countersign.journeys.medassist.models import model_trouble
from countersign.journeys.medassist.models.model_trouble import Trouble
from countersign.journeys.medassist.models.own_model import ManagedModel

RAISED_LIMIT = 10


@when("of {count:d} predictions the AI fails every fifth")
def fail_every_fifth(context, count):
    context.stage.keep(model_trouble.fails_every_fifth(context.stage.the(ManagedModel), count, RAISED_LIMIT))


@when("the AI takes {seconds:d} seconds for each of {count:d} predictions")
def be_slow(context, seconds, count):
    context.stage.keep(model_trouble.is_slow(context.stage.the(ManagedModel), count, seconds, RAISED_LIMIT))


@then("the figures of the model and of its version tell of {requests:d} requests, {errors:d} of them failed")
def figures_tell(context, requests, errors):
    trouble = context.stage.the(Trouble)
    assert_that(trouble.failed, number_of("predictions that were not made", errors, errors))
    assert_that(trouble.figures, counting(requests, errors))
    assert_that(trouble.of_version, counting(requests, errors))


@then("they tell an average and a 95th percentile of {least:d} seconds or more")
def times_told(context, least):
    trouble = context.stage.the(Trouble)
    assert_that(trouble.figures, taking(least, trouble.longest))
    assert_that(trouble.of_version, taking(least, trouble.longest))


@then("an alert about the {trouble} is raised within {limit:d} seconds")
def alert_raised(context, trouble, limit):
    found = context.stage.the(Trouble)
    model_trouble.measure_change(found, "raised", found.raised_after, limit)
    assert_that(found.raised_after, coming_within(f"an alert about the {trouble}", limit))


@then("after {count:d} good predictions it ends within {limit:d} seconds")
def alert_ends(context, count, limit):
    found = context.stage.the(Trouble)
    ended_after = model_trouble.recovers(found, count, limit)
    model_trouble.measure_change(found, "resolved", ended_after, limit)
    assert_that(ended_after, coming_within("the end of the alert", limit))
    assert_that(model_trouble.resolved_alerts(found), number_of("resolved alerts with the time of their end", 1, 50))
