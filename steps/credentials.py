"""Sentences about credentials: false ones, renewed ones, ended ones, and roles nobody gives themselves."""

from behave import given, then, when
from hamcrest import assert_that, has_length

from countersign.expect.credentials import accepted, opens_nothing, told_deactivated
from countersign.expect.every import every
from countersign.expect.medassist.line_ends import ended_with_access
from countersign.expect.medassist.staff_roles import a_patient_at_most, refused_without_trace
from countersign.expect.trespass import turned_away
from countersign.journeys.medassist.access.becoming_staff import Attempts, want_to_be_staff
from countersign.journeys.medassist.access.ending_access import Ended, deactivates, outlives_tokens, signs_out
from countersign.journeys.medassist.access.false_credentials import (
    Refreshing,
    Tried,
    refreshes,
    tries_false_credentials,
)


@given("{persona} has signed in and opened a session")
def signed_in(context, persona):
    context.stage.actor(persona).opens_session()


@when("a stranger shows every kind of false credentials of {persona} on {count:d} services and at every live door")
def show_false_credentials(context, persona, count):
    context.stage.keep(tries_false_credentials(context.stage.actor(persona)))
    assert_that(context.stage.the(Tried).services, has_length(count))


@then("none of them opens a service, and each refusal says how to sign in")
def open_no_service(context):
    assert_that(context.stage.the(Tried).shown, every(opens_nothing()))


@then("none of them opens a live door")
def open_no_door(context):
    assert_that(context.stage.the(Tried).knocks, every(turned_away()))


@then("the good credentials of {persona} open the same service")
def good_ones_open(context, persona):
    assert_that(context.stage.the(Tried).good, every(accepted()))


@when("{persona} renews her sign-in and somebody uses the old refresh token again")
def renew(context, persona):
    context.stage.keep(refreshes(context.stage.actor(persona)))


@then("the renewal gave {persona} credentials that are good")
def renewed(context, persona):
    assert_that(context.stage.the(Refreshing).fresh, every(accepted()))


@then("the used refresh token, and what came of it, opens nothing any more")
def used_is_over(context):
    assert_that(context.stage.the(Refreshing).used, every(opens_nothing()))


@then("an access token renews nothing")
def access_renews_nothing(context):
    assert_that(context.stage.the(Refreshing).others, every(opens_nothing()))


@when("a stranger, {patient} and {nurse} register with staff roles and with every trick to get one")
def register_as_staff(context, patient, nurse):
    context.stage.keep(want_to_be_staff(context.stage.actor(patient), context.stage.actor(nurse)))


@then("each of the {count:d} wishes for a staff role is forbidden and makes no account")
def forbidden_to_become(context, count):
    assert_that(context.stage.the(Attempts).plain, every(refused_without_trace()))
    assert_that(context.stage.the(Attempts).plain, has_length(count))


@then("each trick makes a patient at most")
def patient_at_most(context):
    assert_that(context.stage.the(Attempts).tricks, every(a_patient_at_most()))


@when("{persona} signs out on one of two devices with an open talk on each")
def sign_out(context, persona):
    context.stage.keep(signs_out(context.stage.actor(persona)))


@when("{admin} deactivates {patient}, who is in a talk, and {nurse}, who is on duty")
def deactivate(context, admin, patient, nurse):
    context.stage.keep(deactivates(*map(context.stage.actor, (admin, patient, nurse))))


@when("{patient} and {nurse} stay in a live talk longer than their short sign-ins last")
def outlive(context, patient, nurse):
    context.stage.keep(outlives_tokens(context.stage.actor(patient), context.stage.actor(nurse)))


@then("the credentials {which} open nothing any more")
def open_nothing_any_more(context, which):
    assert_that(context.stage.the(Ended).refused, every(opens_nothing()))


@then("every credential of theirs is refused because the account is deactivated")
def refused_as_deactivated(context):
    assert_that(context.stage.the(Ended).refused, every(told_deactivated()))


@then("the open talk is closed as no longer allowed within {limit:d} seconds of {what}")
def talk_closed(context, limit, what):
    ended = context.stage.the(Ended)
    ended.measure(context.stage, what, limit)
    assert_that(ended.endings, every(ended_with_access(limit)))


@then("the other sign-in goes on")
@then("a renewal still lets {persona} go on")
def goes_on(context, persona=""):
    assert_that(context.stage.the(Ended).unaffected, every(accepted()))
