"""Sentences about training a model."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.limits import within
from countersign.expect.medassist.served import Served, served_anew_by
from countersign.expect.medassist.training_jobs import ended_as, going_up_to_the_end, versions_left
from countersign.expect.medassist.versions import made_by, refused_as, stored_as
from countersign.journeys.medassist.models import changing_versions, training_models
from countersign.journeys.medassist.models.own_model import FIRST, SECOND, ManagedModel, own_model
from countersign.journeys.medassist.models.training_models import Trained, Useless


@given("{persona} has trained a new version of the model that answers patients on {quality} data")
def has_trained(context, persona, quality):
    context.stage.keep(training_models.trains_for_patients(context.stage.actor(persona), quality))


@given("{persona} has a model of her own with one version in service")
def has_model_with_one(context, persona):
    context.stage.keep(own_model(context.stage.actor(persona), (FIRST,)))


@when("{persona} puts the trained version into service")
def put_trained_into_service(context, persona):
    context.stage.keep(training_models.puts_into_service(context.stage.the(Trained)))


@when("{persona} trains it on poor data, cancels another training and asks for impossible ones")
def train_in_vain(context, persona):
    context.stage.keep(training_models.trains_in_vain(context.stage.the(ManagedModel)))


@then("the training was completed within {limit:d} seconds and its progress never fell")
def completed_in_time(context, limit):
    trained = context.stage.the(Trained)
    seconds = training_models.measure_training(context.stage, trained, limit)
    assert_that(trained.seen, going_up_to_the_end())
    assert_that(seconds, within(limit, "the training completed"))


@then("the trained version was registered and serves the next prediction")
def trained_serves(context):
    trained = context.stage.the(Trained)
    assert_that(trained.status, stored_as("registered"))
    assert_that(context.stage.the(Served), served_anew_by(trained.version))


@then("the next chat answer to {persona} comes from the trained version")
def trained_answers(context, persona):
    reply = changing_versions.next_reply(context.stage.actor(persona))
    assert_that(reply, made_by(context.stage.the(Trained).version))


@then("the training on poor data leaves a rejected version that cannot be put into service")
def poor_leads_nowhere(context):
    useless = context.stage.the(Useless)
    assert_that(useless.poor, ended_as("completed"))
    assert_that(useless.states.get(SECOND), stored_as("rejected"))
    assert_that(useless.deploying_poor, refused_as("a version of poor quality", 409, "QUALITY_GATE"))


@then("the cancelled training leaves no version")
def cancelled_leads_nowhere(context):
    useless = context.stage.the(Useless)
    assert_that(useless.cancelled, ended_as("cancelled"))
    assert_that(useless.states, versions_left({FIRST: "active", SECOND: "rejected"}))


@then("a training on unknown data and one for an existing version are refused")
def impossible_refused(context):
    useless = context.stage.the(Useless)
    assert_that(useless.unknown, refused_as("a training on unknown data", 404))
    assert_that(useless.duplicate, refused_as("a training for an existing version", 409))


@then("the first version goes on serving predictions")
def first_goes_on(context):
    assert_that(context.stage.the(Useless).served, served_anew_by(FIRST))
