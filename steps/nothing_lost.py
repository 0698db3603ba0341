"""Sentences about what is kept when much comes at once, when the system is killed, and without its database."""

from behave import given, then, when
from hamcrest import assert_that, has_length

from countersign.expect.delivery import all_with_the_fate, everything_delivered_once
from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.medassist.confirmed import confirmed_alike
from countersign.expect.medassist.kept_work import decided_once, deployed_once, each_noted_once, one_version_active
from countersign.journeys.medassist.chat import at_once
from countersign.journeys.medassist.chat.lost_line import Talk
from countersign.journeys.medassist.trouble import crash
from countersign.journeys.medassist.trouble.crash import Aftermath, Clinic


@when("{persona}'s two windows send {count:d} messages at the same moment, {twice:d} of them from both")
def write_at_once(context, persona, count, twice):
    context.stage.keep(at_once.writes_at_once(context.stage.actor(persona), count, twice))


@then("all {count:d} messages are kept once, numbered without a gap and answered once, in both windows")
def kept_once(context, count):
    talk = context.stage.the(Talk)
    assert_that(talk.all, everything_delivered_once(count))
    assert_that(talk.all, all_with_the_fate("delivered", count))


@then("each of the {count:d} messages that were sent twice had the same confirmation twice")
def same_confirmation(context, count):
    twice = context.stage.the(Talk).sent_again
    assert_that(twice, every(confirmed_alike()))
    assert_that(twice, has_length(count))


@given(
    "{people:d} patients with {messages:d} messages, a nurse with {decisions:d} reports and an administrator with "
    "{deployments:d} deployments are at work"
)
def clinic_at_work(context, people, messages, decisions, deployments):
    context.stage.keep(crash.at_work(context.stage, people, messages, decisions, deployments))


@when("the system is killed in the middle of it and started again, and everybody goes on")
def killed_in_the_middle(context):
    context.stage.keep(crash.killed_in_the_middle(context.stage, context.stage.the(Clinic)))


@when("the database is gone for a while in the middle of it, and everybody goes on")
def database_gone(context):
    context.stage.keep(crash.without_database_in_the_middle(context.stage, context.stage.the(Clinic)))


@then("all {count:d} messages are kept and answered once, the last of them within {limit:d} seconds")
def messages_kept(context, count, limit):
    aftermath = context.stage.the(Aftermath)
    assert_that(aftermath.conversations, everything_delivered_once(count))
    assert_that(aftermath.conversations, all_with_the_fate("delivered", count))
    seconds = crash.measure_answers(context.stage, aftermath, limit)
    assert_that(seconds, within(limit, "the answer to every message after the break"))


@then("all {count:d} decisions are kept once, each with its entry in the audit trail and its session closed")
def decisions_kept(context, count):
    context.stage.need("audit-read")
    decisions = context.stage.the(Aftermath).decisions
    assert_that(decisions, every(decided_once()))
    assert_that(decisions, has_length(count))


@then("all confirmed deployments are kept, and the last of {count:d} versions alone is active")
def deployments_kept(context, count):
    aftermath = context.stage.the(Aftermath)
    assert_that(crash.deployments(context.stage, aftermath), every(deployed_once()))
    assert_that(aftermath.clinic.deployer.names, has_length(count))
    assert_that(crash.registry(aftermath), one_version_active())


@then("the audit trail tells of every message that is kept, and of no other")
def messages_noted(context):
    aftermath = context.stage.the(Aftermath)
    assert_that(crash.messages(context.stage, aftermath), every(each_noted_once()))
