"""Sentences about the health report."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.chattrain.exchange import rated
from countersign.expect.chattrain.health import healthy
from countersign.expect.every import every
from countersign.expect.times import a_running_clock
from countersign.journeys.chattrain.trouble.health_watch import HealthLooks, looks_twice, measure


@given("the customer has just answered {persona}")
def customer_answered(context, persona):
    trainee = context.stage.actor(persona)
    trainee.opens("customer service")
    assert_that(trainee.answers_fully(1), every(rated()))


@when("{persona} looks at the health report twice, {seconds:g} second apart")
def look_twice(context, persona, seconds):
    context.stage.keep(looks_twice(context.stage.actor(persona), seconds))


@then("each report calls the system healthy and names version {version}")
def each_healthy(context, version):
    assert_that(context.stage.the(HealthLooks).reports, every(healthy(version)))


@then("the time it tells moves on and is within {seconds:g} seconds of the present")
def time_moves_on(context, seconds):
    looks = context.stage.the(HealthLooks)
    assert_that(looks.times, a_running_clock(seconds))
    measure(context.stage, looks, seconds)
