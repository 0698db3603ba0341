"""Sentences about the way from the first symptom to a nurse's decision."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.limits import within
from countersign.expect.medassist.emergency import (
    heading_the_queue,
    told_of_a_report,
    told_to_call_for_help,
    waiting_as,
)
from countersign.expect.medassist.outcome import reads_the_decision, without_words
from countersign.journeys.medassist.assessment import first_symptom
from countersign.journeys.medassist.assessment.first_symptom import Complaint, Decided


@given("{persona} has reported an emergency in a new chat")
def has_reported_emergency(context, persona):
    context.stage.keep(first_symptom.reports_an_emergency(context.stage.actor(persona)))


@given("{persona} has told {pronoun} routine complaint in {count:d} messages and asked for a report")
def has_told_routine_complaint(context, persona, pronoun, count):
    context.stage.keep(first_symptom.tells_a_routine_complaint(context.stage.actor(persona), count))


@given("{persona} waits for a nurse with an urgent complaint")
def waits_with_urgent_complaint(context, persona):
    first_symptom.tells_an_urgent_complaint(context.stage.actor(persona))


@when("{persona} approves the report of {patient}")
def approve_report(context, persona, patient):
    stage = context.stage
    stage.keep(first_symptom.approves(stage.actor(persona), stage.actor(patient)))


@when("{persona} overrides the report of {patient} with a reason and a corrected assessment")
def override_report(context, persona, patient):
    stage = context.stage
    stage.keep(first_symptom.overrides(stage.actor(persona), stage.actor(patient)))


@given("{persona} was told at once to call for help and that a report is ready")
def told_to_call(context, persona):
    complaint = context.stage.the(Complaint)
    assert_that(complaint.turns[0], told_to_call_for_help(first_symptom.emergency_number(context.stage)))
    assert_that(complaint.ready, told_of_a_report("immediate"))


@then("the report of {persona} was immediate and headed the queue")
def headed_the_queue(context, persona):
    decided = context.stage.the(Decided)
    assert_that((decided.queue, decided.before), heading_the_queue())


@then("the report of {persona} was {urgency} and waited in the queue")
def waited_in_the_queue(context, persona, urgency):
    decided = context.stage.the(Decided)
    assert_that((decided.queue, decided.before), waiting_as(urgency))


@then("{persona} is told of the decision within {limit:d} second")
def told_of_the_decision(context, persona, limit):
    patient = context.stage.actor(persona)
    told = first_symptom.is_told(context.stage, patient, context.stage.the(Decided), limit)
    assert_that(told, within(limit, f"the decision told to {persona}"))


@then("{persona} reads the approved report in a completed session")
def reads_approved(context, persona):
    outcome = first_symptom.sees_outcome(context.stage.actor(persona))
    assert_that((outcome.session, outcome.answer), reads_the_decision(approved=True))


@then("{persona} reads the corrected assessment, and neither the reason nor the assessment of the AI")
def reads_corrected(context, persona):
    outcome = first_symptom.sees_outcome(context.stage.actor(persona))
    kept_back = first_symptom.kept_back(context.stage.the(Decided))
    wording = first_symptom.corrected_wording()
    assert_that((outcome.session, outcome.answer), reads_the_decision(approved=False, wording=wording))
    assert_that(outcome.answer.json(), without_words(kept_back))
