"""Sentences about giving a version to some of the users: canary, flag, A/B test."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.counts import number_of
from countersign.expect.every import every
from countersign.expect.medassist.canary import served_directly_by, served_in_its_place_by, withdrawn_within
from countersign.expect.medassist.conclusions import concluded_as_wanted, wanted_of
from countersign.expect.medassist.rollout import as_announced, only_added, share_of, unchanged
from countersign.journeys.medassist.models import comparing, failing_canary, rollout
from countersign.journeys.medassist.models.comparing import Arms, Conclusions
from countersign.journeys.medassist.models.failing_canary import FailingCanary
from countersign.journeys.medassist.models.own_model import FIRST, SECOND, ManagedModel, own_model
from countersign.journeys.medassist.models.rollout import FlagSettings, Rollout

WITHDRAWN_LIMIT = 5
LATER_USERS = 100


@given("{persona} has a model of her own with the first version in service and a second one beside it")
def has_own_model(context, persona):
    context.stage.keep(own_model(context.stage.actor(persona)))


@when("{persona} gives the second version to {smaller:d} and then to {larger:d} of 100 users by {way}")
def give_to_share(context, persona, smaller, larger, way):
    model = context.stage.the(ManagedModel)
    context.stage.keep(rollout.gives_to_a_growing_share(model, way, smaller, larger))


@when("{persona} gives the second version to nobody and to everybody by a feature flag and switches the flag off")
def switch_flag(context, persona):
    context.stage.keep(rollout.switches_a_flag(context.stage.the(ManagedModel)))


@when("{count:d} users are sent to a canary of which every call to the AI fails")
def send_to_failing_canary(context, count):
    model = context.stage.the(ManagedModel)
    context.stage.keep(failing_canary.asks_a_failing_canary(model, count, LATER_USERS, WITHDRAWN_LIMIT))


@when("{persona} lets the second version compete with the first for half of the users and the system is started anew")
def compete(context, persona):
    context.stage.keep(comparing.splits_users(context.stage.the(ManagedModel)))


@when("{persona} ends comparisons of the two versions with these results:")
def end_tests(context, persona):
    tables = [wanted_of(row) for row in context.table]
    context.stage.keep(comparing.concludes(context.stage.the(ManagedModel), tables))


@then("the {which} share serves {lowest:d} to {highest:d} of {total:d} users")
def share_holds(context, which, lowest, highest, total):
    found = context.stage.the(Rollout)
    assert_that(found.at(which), share_of(found.version, lowest, highest, total))


@then("at a second look every user is served by the same version")
def same_at_second_look(context):
    found = context.stage.the(Rollout)
    assert_that((found.smaller, found.again), unchanged())


@then("everybody who has the second version at the smaller share keeps it at the larger one")
def nobody_loses(context):
    found = context.stage.the(Rollout)
    assert_that((found.smaller, found.larger), only_added(found.version))


@then("{count:d} of {total:d} predictions come from the version that was announced for the user")
def come_as_announced(context, count, total):
    assert_that(context.stage.the(Rollout).answers, as_announced(count))


@then("it serves {none:d} of {total:d} users, then {every_one:d} of 1000, and 0 of {few:d} once it is off")
def flag_serves(context, none, total, every_one, few):
    found = context.stage.the(FlagSettings)
    assert_that(found.nobody, share_of(found.version, none, none, total))
    assert_that(found.everybody, share_of(found.version, every_one, every_one, total))
    assert_that(found.off, share_of(found.version, 0, 0, few))


@then("each of the {count:d} users is answered by the first version in its place")
def answered_in_place(context, count):
    meanwhile = context.stage.the(FailingCanary).meanwhile
    assert_that(len(meanwhile), number_of("users of the canary", count, count))
    assert_that(meanwhile, every(served_in_its_place_by(FIRST)))


@then("the canary is withdrawn within {limit:d} seconds and an alert says so")
def canary_withdrawn(context, limit):
    found = context.stage.the(FailingCanary)
    failing_canary.measure_withdrawal(context.stage, found, limit)
    assert_that((found.deployment, found.alerts, found.looked_after), withdrawn_within(limit))


@then("{count:d} of {total:d} users of the canary are then served by the first version on the usual way")
def served_on_the_usual_way(context, count, total):
    afterwards = context.stage.the(FailingCanary).afterwards
    assert_that(len(afterwards), number_of("users of the canary", count, total))
    assert_that(afterwards, every(served_directly_by(FIRST)))


@then("{lowest:d} to {highest:d} of {total:d} users are given the second version")
def split_holds(context, lowest, highest, total):
    assert_that(context.stage.the(Arms).before, share_of(SECOND, lowest, highest, total))


@then("after the restart every user is served by the same version")
def same_after_restart(context):
    arms = context.stage.the(Arms)
    assert_that((arms.before, arms.after), unchanged())


@then("each of them is concluded as its figures allow")
def concluded_rightly(context):
    assert_that(context.stage.the(Conclusions).concluded, every(concluded_as_wanted()))


@then("afterwards all {count:d} users are served by the first version")
def all_back(context, count):
    assert_that(context.stage.the(Conclusions).afterwards, share_of(FIRST, count, count, count))
