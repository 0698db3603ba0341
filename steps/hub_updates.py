"""Sentences about updates of models."""

from behave import then, when
from hamcrest import assert_that, equal_to, has_length, has_properties

from countersign.expect.every import every
from countersign.expect.modelhub.updates import (
    Aftermath,
    TakeOver,
    fetched_the_changes,
    offered_as_due,
    one_version_whole,
    previous_in_use,
    stayed_usable,
    took_over_once,
)
from countersign.journeys.modelhub.updates import failing_updates, offers, taking_over
from countersign.journeys.modelhub.updates.failing_updates import Return


@when("these versions are published behind models of version 2.0.0, and {persona} only listens")
def publish_versions(context, persona):
    context.stage.keep(offers.publishes_after(context.stage.actor(persona), list(context.table)))


@then("within {seconds:d} seconds each of the {count:d} is offered or not as listed, and none is installed unasked")
def offered_or_not(context, seconds, count):
    assert_that(context.stage.the(list), has_length(count))
    assert_that(context.stage.the(list), every(offered_as_due(seconds)))


@when("{persona} approves an update that takes some seconds while {other} generates every second")
def approve_meanwhile(context, persona, other):
    context.stage.keep(taking_over.takes_over(context.stage.actor(persona), context.stage.actor(other)))


@then("no generation is refused, and the old version stays whole until the new one is there")
def stays_usable(context):
    assert_that(context.stage.the(TakeOver), stayed_usable())


@then("the version changes once by itself")
def changes_once(context):
    assert_that(context.stage.the(TakeOver), took_over_once())


@then("only the files that changed were fetched")
def only_changes(context):
    assert_that(context.stage.the(TakeOver), fetched_the_changes())


@when("{persona} approves an update and {trouble}")
def approve_failing(context, persona, trouble):
    context.stage.keep(failing_updates.fails(context.stage.actor(persona), trouble))


@then("the previous version is whole and generates within {seconds:d} seconds, and a sentence says what went wrong")
def previous_again(context, seconds):
    assert_that(context.stage.the(Aftermath), previous_in_use(seconds))


@when("the hub is killed at the moment in which it installs an update of {persona}")
def kill_installing(context, persona):
    context.stage.keep(failing_updates.killed_while_installing(context.stage.actor(persona)))


@then("afterwards one of the two versions is whole and generates, and the update is over")
def one_whole(context):
    assert_that(context.stage.the(Aftermath), one_version_whole())


@when("{persona} goes back from an update, and tries the same without an earlier version")
def go_back(context, persona):
    context.stage.keep(failing_updates.goes_back_by_choice(context.stage.actor(persona)))


@then("the version before it is whole and generates within {seconds:d} seconds")
def back_again(context, seconds):
    assert_that(context.stage.the(Return).updated, equal_to(failing_updates.NEW))
    assert_that(context.stage.the(Return).left, previous_in_use(seconds, "rollback_completed"))


@then("going back without an earlier version is refused")
def refused_back(context):
    assert_that(context.stage.the(Return).refused, every(has_properties(status=409)))
