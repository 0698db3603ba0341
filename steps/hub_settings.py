"""Sentences about settings: changed, limited, kept apart, kept through a restart."""

from behave import given, then, when
from hamcrest import assert_that, equal_to, has_length

from countersign.expect.every import every
from countersign.expect.modelhub.settings import (
    changed_alone,
    decided_as_due,
    kept_from_users,
    kept_whole,
    looked_over_as_due,
    obeyed,
)
from countersign.journeys.modelhub.settings import own_settings, setting
from countersign.journeys.modelhub.settings.own_settings import SetByThree, SetForAll
from countersign.journeys.modelhub.settings.setting import Attempts, Changes


@when("{persona} changes each of the {count:d} settings to another value, one after the other")
def change_each(context, persona, count):
    changes = context.stage.keep(setting.changes_each(context.stage.actor(persona)))
    assert_that(changes.each, has_length(count))


@then("each of the {count:d} changes alters that setting and no other")
def alters_one(context, count):
    changes = context.stage.the(Changes)
    context.stage.measure("settings", len(changes.each), "", samples=count, limit=count, relation="equal to")
    assert_that(changes.each, every(changed_alone()))


@when("{persona} has values at both limits of these settings and just beyond looked over, and then sets them")
def try_limits(context, persona):
    context.stage.keep(setting.tries_limits(context.stage.actor(persona), context.table))


@then(
    "each of the {good:d} limits is taken and kept, and each of the {bad:d} values beyond is refused, "
    "naming the setting"
)
def limits_hold(context, good, bad):
    attempts = context.stage.the(Attempts)
    assert_that((len(attempts.good), len(attempts.bad)), equal_to((good, bad)))
    assert_that(attempts.each, every(decided_as_due()))


@when("{persona} has {count:d} senseless settings looked over, and then tries to set them")
def try_senseless(context, persona, count):
    context.stage.keep(setting.tries_senseless(context.stage.actor(persona), count))


@then("each of the {count:d} is refused, naming what is wrong, and nothing of it is kept")
def senseless_refused(context, count):
    assert_that(context.stage.the(Attempts).bad, has_length(count))
    assert_that(context.stage.the(Attempts).each, every(decided_as_due()))


@then("looking them over beforehand says the same and keeps nothing")
def looked_over(context):
    assert_that(context.stage.the(Attempts).each, every(looked_over_as_due()))


@when("{one} and {other} set what is their own, {admin} sets what holds for all, and both try to set that too")
def set_apart(context, one, other, admin):
    people = tuple(map(context.stage.actor, (one, other, admin)))
    context.stage.keep(own_settings.tries_for_all(own_settings.sets_own(people)))


@then("each of them has exactly their own settings beside those for all")
def own_ones(context):
    assert_that(context.stage.the(SetByThree).kept, every(kept_whole("afterwards")))


@then("each of the {count:d} things that hold for all is refused to both of them")
def refused_to_both(context, count):
    assert_that(context.stage.the(SetByThree).refused, has_length(2 * count))
    assert_that(context.stage.the(SetByThree).refused, every(kept_from_users()))


@given("{one} and {other} have set what is their own, and {admin} what holds for all, a policy and a switch")
def all_set(context, one, other, admin):
    people = tuple(map(context.stage.actor, (one, other, admin)))
    context.stage.keep(own_settings.sets_own(people))
    context.stage.keep(own_settings.sets_for_all(people[2]))


@when("every part of the hub is stopped and started")
def stop_and_start(context):
    own_settings.started_again(context.stage)


@then("the settings of all three, the policies and the switches are as they were set")
def all_kept(context):
    kept = [*context.stage.the(SetByThree).kept, *context.stage.the(SetForAll).kept(context.stage)]
    assert_that(kept, every(kept_whole("after the start")))


@then("what {one} and {other} set, what holds for all, the policy and the switch are in force")
def all_in_force(context, one, other):
    assert_that(own_settings.in_force(context.stage.the(SetByThree)), every(obeyed()))
