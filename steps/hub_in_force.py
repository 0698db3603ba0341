"""Sentences about settings, switches and policies at work."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.every import every
from countersign.expect.modelhub.in_force import follows_change, obeyed_within
from countersign.journeys.measuring import measure_longest, measure_matching
from countersign.journeys.modelhub.settings import ruling
from countersign.journeys.modelhub.settings.ruling import Rules
from countersign.journeys.modelhub.settings.unasked import Unasked
from countersign.journeys.modelhub.settings.under_settings import Effects, Follower


@when("each of these rules is set and taken back, while {persona} goes on asking")
def rules_change(context, persona):
    context.stage.keep(ruling.goes_on_asking(context.stage.actor(persona), context.table))


@then(
    "each of the {count:d} rules is obeyed within {limit:d} seconds of being set, and no longer {same:d} seconds "
    "after being taken back"
)
def rules_obeyed(context, count, limit, same):
    rules = context.stage.the(Rules)
    assert_that(rules.each, has_length(count))
    assert_that(rules.each, every(obeyed_within(min(limit, same))))
    name = "change of a rule until it is obeyed"
    measure_longest(context.stage, name, rules.seconds, below=limit, load="1 user", required=2 * count)


@when("{persona} changes these settings while {one} and {other}, who sets {limit:d} Mbps as his own limit, download")
def change_while_downloading(context, persona, one, other, limit):
    people = map(context.stage.actor, (persona, one, other))
    context.stage.keep(Follower(*people).follows(context.table, limit))


@when("{persona} changes these settings while a model is damaged and another one has a new version")
def change_while_unasked(context, persona):
    context.stage.keep(Unasked(context.stage.actor(persona)).follows(context.table))


@then("each of the {count:d} is seen at work before its change, and 2 seconds after it as it was changed")
@then("each of the {count:d} is seen at work before its change, and one round and 2 seconds after it as it was changed")
def followed(context, count):
    effects = context.stage.the(Effects).each
    measure_matching(context.stage, "settings at work", effects, follows_change(), count=count, load="one hub")
    assert_that(effects, every(follows_change()))


@then("messages and counting go on 2 seconds after they are switched on again")
@then("watching and looking for updates go on when they are switched on again")
def goes_on(context):
    assert_that(context.stage.the(Effects).again, every(follows_change()))
