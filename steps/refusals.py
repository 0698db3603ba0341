"""Sentences about refusals: their form, their announcement, the times beside them, and hostile input."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.hostile import left_as_it_was, still_healthy, withstood
from countersign.expect.limits import at_least
from countersign.expect.medassist.error_body import named_in, refused_in_the_common_form
from countersign.expect.times import told_in_utc
from countersign.journeys.medassist.access.hostility import Assailant, Assault
from countersign.journeys.medassist.access.refusing import (
    Refusals,
    TimesTold,
    asks_for_every_refusal,
    hears_every_time,
)
from countersign.journeys.medassist.access.scenery import Scenery


@when("they ask for everything that is to be refused")
def ask_wrongly(context):
    context.stage.keep(asks_for_every_refusal(context.stage.the(Scenery)))


@then("each refusal is the right one, in the one form of all refusals")
def in_common_form(context):
    assert_that(context.stage.the(Refusals).all, every(refused_in_the_common_form()))


@then("the published description names each refusal of a described service")
def announced(context):
    refusals = context.stage.the(Refusals)
    assert_that(refusals.describable, every(named_in(refusals.description)))


@when("they hear every time that the clinic's system tells")
def hear_times(context):
    context.stage.keep(hears_every_time(context.stage.the(Scenery)))


@then("each of at least {least:d} times is in universal time and ends in Z")
def times_in_utc(context, least):
    told = context.stage.the(TimesTold).all
    context.stage.measure("times heard", len(told), "times", samples=len(told), limit=least, relation="at least")
    assert_that(told, every(told_in_utc("Z")))
    assert_that(len(told), at_least(least, "times heard"))


@when("they send hostile input of every kind to every service that changes something")
def assail(context):
    context.stage.keep(Assailant(context.stage.the(Scenery)).assails())


@then("each of at least {least:d} hostile requests is refused as a mistake of the caller")
def hostile_refused(context, least):
    assault = context.stage.the(Assault)
    assault.measure(context.stage, least)
    assert_that(assault.hostilities, every(withstood()))
    assert_that(len(assault.hostilities), at_least(least, "hostile requests"))


@then("the clinic's system stays healthy all the time")
def stays_healthy(context):
    assert_that(context.stage.the(Assault).health, every(still_healthy()))


@then("everything they can read is as it was before")
def as_before(context):
    assert_that((context.stage.the(Assault).before, context.stage.the(Assault).after), left_as_it_was())
