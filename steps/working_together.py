"""Sentences about nurses who work on one report: taking, handing over, releasing, escalating, asking back."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.medassist.decided import decided_nothing, standing_as
from countersign.expect.medassist.held import (
    Rush,
    held_by,
    left_with_its_nurse,
    not_theirs,
    taken_by_one,
    tells,
    waiting_for_anybody,
)
from countersign.expect.medassist.question import reached_once
from countersign.journeys.medassist.nursing import asking_back, holding
from countersign.journeys.medassist.nursing.asking_back import AskedBack, Escalated
from countersign.journeys.medassist.nursing.filing import Pile, files_several
from countersign.journeys.medassist.nursing.holding import Steps, Tries


@given("{count:d} {kind} report of {persona} waits while {pronoun} stays in its chat")
def report_waits_in_chat(context, count, kind, persona, pronoun):
    context.stage.keep(files_several(context.stage.actor(persona), kind, count, stay=True))


@given("{persona} has taken it")
def has_taken(context, persona):
    stage = context.stage
    stage.keep(holding.takes(stage.actor(persona), stage.the(Pile)))


@when("{persona} tries to take and to decide it")
def try_to_take(context, persona):
    stage = context.stage
    stage.keep(holding.tries_to_take(stage.actor(persona), stage.the(Pile)))


@then("{pronoun} is refused each time, and {persona} still holds it")
def refused_each_time(context, pronoun, persona):
    tries = context.stage.the(Tries)
    assert_that(tries.made, every(not_theirs()))
    assert_that(tries.kept, held_by(persona, context.stage.actor(persona).id))


@then("{persona}, who holds it, decides it")
def holder_decides(context, persona):
    stage = context.stage
    assert_that(holding.decides_own(stage.actor(persona), stage.the(Pile)), standing_as("reviewed"))


@when("it is taken by {persona}, handed to {other}, given back to {again} by {admin}, and released")
def hand_over(context, persona, other, again, admin):
    stage = context.stage
    people = (stage.actor(persona), stage.actor(other), stage.actor(admin))
    stage.keep(holding.hand_over(*people, stage.the(Pile)))


@then("each of the {count:d} steps left the report with the nurse it was meant for")
def left_with_nurse(context, count):
    assert_that(context.stage.the(Steps).all, every(left_with_its_nurse()))


@then("its history tells each of the {count:d} steps in order, with who took it and when")
def history_tells(context, count):
    steps = context.stage.the(Steps)
    context.stage.measure("steps told", len(steps.told), "", samples=count, limit=count, relation="equal to")
    assert_that(steps.told, tells(steps.all))


@when("{count:d} nurses like {persona} take it at the same moment")
def take_at_once(context, count, persona):
    stage = context.stage
    stage.keep(holding.take_at_once(stage.actor(persona), stage.the(Pile), count))


@then("exactly one of the {count:d} holds it, and the others are refused")
def one_holds(context, count):
    rush = context.stage.the(Rush)
    context.stage.measure("tries to take", len(rush.tries), "", samples=len(rush.tries), required_samples=count)
    assert_that(rush, taken_by_one())


@when("{persona} escalates it after a try without a note and one with too short a note")
def escalate(context, persona):
    stage = context.stage
    stage.keep(asking_back.escalates(stage.actor(persona), stage.the(Pile)))


@then("the tries without a proper note decided nothing")
def tries_decided_nothing(context):
    assert_that(context.stage.the(Escalated).tries, every(decided_nothing()))


@then("the report and the session of {persona} are escalated")
def are_escalated(context, persona):
    done = context.stage.the(Escalated)
    assert_that((done.report, done.session), every(standing_as("escalated")))


@when("{persona} asks {patient} for more information")
def ask_patient(context, persona, patient):
    stage = context.stage
    stage.keep(asking_back.asks_patient(stage.actor(persona), stage.the(Pile)))


@then("the question comes into the chat of {persona} once and stands in {pronoun} history once")
def question_reached(context, persona, pronoun):
    assert_that(context.stage.the(AskedBack).asked, reached_once())


@then("the report waits undecided, held by nobody")
def waits_again(context):
    assert_that(context.stage.the(AskedBack).report, waiting_for_anybody())


@when("it is taken by {persona}, asked about by {pronoun}, escalated by {other}, and approved by {again}")
def take_part(context, persona, pronoun, other, again):
    stage = context.stage
    stage.keep(holding.takes_part(stage.actor(persona), stage.actor(other), stage.the(Pile)))
