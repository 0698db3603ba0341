"""Sentences about the versions of a model: registering, putting into service, going back."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.medassist.served import a_row_served_by, all_served_by, served_anew_by, without_failure
from countersign.expect.medassist.versions import (
    made_by,
    newest_first,
    on_record_with,
    refused_as,
    still_listed,
    stored_as,
)
from countersign.journeys.medassist.models import changing_versions, versions
from countersign.journeys.medassist.models.changing_versions import Change, NewVersion, Rollback
from countersign.journeys.medassist.models.own_model import ManagedModel
from countersign.journeys.medassist.models.versions import Listings, Registered, TwoQualities

REASON = "patients were given answers of poor quality"
ROLLBACK_LIMIT = 5


@given("{persona} has put the second version of a new model into service")
def second_in_service(context, persona):
    context.stage.keep(changing_versions.deployed_second(context.stage.actor(persona)))


@given("{persona} has registered a new version of the model that answers patients")
def has_registered_new(context, persona):
    context.stage.keep(changing_versions.registers_next(context.stage.actor(persona)))


@when("{persona} registers the versions {first}, {second} and {third} of a new model in this order")
def register_versions(context, persona, first, second, third):
    context.stage.keep(versions.registers(context.stage.actor(persona), (first, second, third)))


@when("{persona} registers a version that is right in {poor:f} of all cases and one that is right in {good:f}")
def register_two_qualities(context, persona, poor, good):
    context.stage.keep(versions.registers_two_qualities(context.stage.actor(persona), poor, good))


@when("the system is started anew, where its operator allows that")
def start_anew(context):
    context.stage.keep(versions.outlive_a_restart(context.stage.the(ManagedModel)))


@when("{persona} puts it into service while predictions go on")
def deploy_meanwhile(context, persona):
    context.stage.keep(changing_versions.deploys_meanwhile(context.stage.the(NewVersion)))


@when("{persona} rolls it back with a reason while predictions go on")
def roll_back_meanwhile(context, persona):
    rollback = changing_versions.rolls_back_meanwhile(context.stage.the(ManagedModel), REASON, ROLLBACK_LIMIT)
    context.stage.keep(rollback)
    context.stage.keep(rollback.change)


@then("the newest version is {first}, before {second} and {third}")
def newest_version(context, first, second, third):
    assert_that(versions.listed(context.stage.the(Registered).model), newest_first(first, second, third))


@then("registering version {version} again is refused as a duplicate")
def duplicate_refused(context, version):
    answer = versions.tries_registering(context.stage.the(Registered).model, version)
    assert_that(answer, refused_as(f"a second version {version}", 409))


@then("these numbers are refused as malformed:")
def malformed_refused(context):
    model = context.stage.the(Registered).model
    answers = [versions.tries_registering(model, row["number"]) for row in context.table]
    assert_that(answers, every(refused_as("a malformed version number", 422)))


@then("the poorer version is rejected and cannot be put into service")
def poor_rejected(context):
    result = context.stage.the(TwoQualities)
    assert_that(result.poor, stored_as("rejected"))
    assert_that(result.deploying_poor, refused_as("a version of poor quality", 409, "QUALITY_GATE"))


@then("the better version is accepted and serves predictions")
def good_accepted(context):
    result = context.stage.the(TwoQualities)
    assert_that(result.good, stored_as("registered"))
    assert_that(result.served, served_anew_by(result.good_version))


@then("every version of the model is still there in the state it had")
def still_there(context):
    listings = context.stage.the(Listings)
    assert_that((listings.before, listings.after), still_listed())


@then("of at least {least:d} predictions none failed")
def none_failed(context, least):
    assert_that(context.stage.the(Change).served, without_failure(least))


@then("{count:d} of {total:d} predictions after the change come from the new version")
def all_from_new(context, count, total):
    change = context.stage.the(Change)
    assert_that(change.afterwards, all_served_by(change.version, count))


@then("the next chat answer to {persona} comes from the new version")
def chat_from_new(context, persona):
    reply = changing_versions.next_reply(context.stage.actor(persona))
    assert_that(reply, made_by(context.stage.the(Change).version))


@then("within {limit:d} seconds of the rollback {count:d} predictions in a row come from the first version")
def all_from_former(context, limit, count):
    change = context.stage.the(Change)
    changing_versions.measure_withdrawal(context.stage.the(Rollback), limit)
    assert_that(change.afterwards, a_row_served_by(change.version, count))


@then("questions that the withdrawn version had answered are answered anew by the first version")
def asked_anew(context):
    rollback = context.stage.the(Rollback)
    assert_that(rollback.asked_again, every(served_anew_by(rollback.change.version)))


@then("exactly one rollback is on record, with its reason")
def rollback_on_record(context):
    rollback = context.stage.the(Rollback)
    assert_that(changing_versions.rollback_entries(rollback), on_record_with(rollback.reason))


@then("a second rollback is refused as there is no version to go back to")
def second_rollback_refused(context):
    answer = changing_versions.rolls_back_further(context.stage.the(Rollback))
    assert_that(answer, refused_as("a rollback without an earlier version", 409))
