"""Sentences about what the system tells of itself: its published description and its times."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.description import describes
from countersign.expect.every import every
from countersign.expect.times import told_in_utc
from countersign.journeys.chattrain.access.description import ApiDescription, promised
from countersign.journeys.chattrain.times_walk import TimesWalk


@when("{persona} reads the published description of the services")
def read_description(context, persona):
    context.stage.keep(context.stage.actor(persona).description())


@then("it names the answers and the refusals of each of these")
def names_services(context):
    assert_that(context.stage.the(ApiDescription), describes(promised([row["service"] for row in context.table])))


@when("{persona} hears every time that the system tells on {other}'s walk through its services and messages")
def hear_times(context, persona, other):
    context.stage.keep(TimesWalk(context.stage.actor(persona))).goes(context.stage.actor(other))


@then("each of these times is in universal time and says so")
def times_in_utc(context):
    walk = context.stage.the(TimesWalk)
    assert_that(walk.told, every(told_in_utc()))
    context.stage.measure("times heard", len(walk.told), "times", samples=len(walk.told))
