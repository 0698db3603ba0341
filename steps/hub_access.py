"""Sentences about who reaches what at the hub: strangers, users, administrators, and two users beside each other."""

from behave import given, then, when
from hamcrest import assert_that, equal_to, only_contains

import personas
from countersign.expect.credentials import Shown, accepted
from countersign.expect.every import every
from countersign.expect.hostile import left_as_it_was
from countersign.expect.modelhub.access import (
    like_an_unknown_one,
    open_to_all,
    refused_as_reserved,
    told_to_sign_in,
    written_down_as,
)
from countersign.expect.traces import free_of
from countersign.expect.trespass import turned_away
from countersign.journeys.modelhub.access import keeping_apart, locked_out, reserved
from countersign.journeys.modelhub.access.keeping_apart import Apart
from countersign.journeys.modelhub.access.locked_out import LockedOut
from countersign.journeys.modelhub.access.reserved import Administration, Trespass


@when("somebody like {persona} tries every service and every live line of the hub without signing in")
def try_everything(context, persona):
    context.stage.keep(locked_out.tries_everything(context.stage.actor(persona)))


@then("each service that is not public tells the stranger to sign in, and nothing else")
def told_to(context):
    assert_that(context.stage.the(LockedOut).closed, every(told_to_sign_in()))


@then("every live line turns the stranger away without a word")
def lines_closed(context):
    assert_that(context.stage.the(LockedOut).knocks, every(turned_away()))


@then("what is public answers the stranger")
def public_answers(context):
    assert_that(context.stage.the(LockedOut).public, every(open_to_all()))


@given("{persona} is downloading the text model slowly")
def downloading_slowly(context, persona):
    reserved.begins_slow_download(context.stage.actor(persona))


@when("{persona} tries everything that is reserved to administrators, with her own token and with forged ones")
def try_reserved(context, persona):
    context.stage.keep(reserved.tries_what_is_reserved(context.stage.actor(persona)))


@then("all of it is refused because she is no administrator")
def all_reserved(context):
    assert_that(context.stage.the(Trespass).plain, every(refused_as_reserved()))


@then("a forged role opens nothing")
def forged_opens_nothing(context):
    assert_that(context.stage.the(Trespass).forged, every(told_to_sign_in()))


@then("everything at the hub is as it was before")
def hub_as_before(context):
    assert_that((context.stage.the(Trespass).before, context.stage.the(Trespass).after), left_as_it_was())


@when("{persona} changes a policy, has an update installed and taken back, deletes a model and frees space")
def administer(context, persona):
    context.stage.keep(reserved.administers(context.stage.actor(persona)))


@then("all of it is done")
def all_done(context):
    done = [
        Shown(f"what {each.who} does ({each.what})", each.answer) for each in context.stage.the(Administration).done
    ]
    assert_that(done, every(accepted()))


@then("the trail of changes holds each of these as done by the administrator")
def written_down(context):
    administration = context.stage.the(Administration)
    deeds = personas.material("modelhub_access")["trail"]
    assert_that(administration.trail, written_down_as(administration.person, "admin", deeds))


@when("{first} and {second} each have {count:d} generations at the same time, and look for everything of the other")
def side_by_side(context, first, second, count):
    stage = context.stage
    stage.keep(keeping_apart.work_side_by_side([stage.actor(first), stage.actor(second)], count))


@then("neither sees anything of the other in lists, live messages, figures or refusals")
def see_nothing(context):
    for_each = context.stage.the(Apart).seen
    assert_that(for_each[0][0], free_of(for_each[0][1], "the other"))
    assert_that(for_each[1][0], free_of(for_each[1][1], "the other"))


@then("each was told live of all {count:d} generations of their own")
def told_of_own(context, count):
    assert_that(context.stage.the(Apart).own, only_contains(count))


@then("what belongs to the other is answered exactly like what does not exist")
def like_unknown(context):
    assert_that(context.stage.the(Apart).pairs, every(like_an_unknown_one()))


@then("the preferences of each are their own")
def own_preferences(context):
    assert_that(context.stage.the(Apart).preferences, equal_to(context.stage.the(Apart).preferred))
