"""Sentences about the assessment report: what is in it, and that it is made once."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.medassist.assessment import (
    Assessed,
    complete_report,
    in_the_patients_words,
    made_once,
    made_without_the_ai,
    names_the_symptoms,
)
from countersign.journeys.medassist.assessment.assessing import asks_twice_for_the_report


@when("{persona} tells her symptoms in 4 turns and asks twice for the report that {nurse} reads")
def ask_twice(context, persona, nurse):
    stage = context.stage
    stage.keep(asks_twice_for_the_report(stage.actor(persona), stage.actor(nurse)))


@when("{persona} asks twice for the report that {nurse} reads, and the AI writes what is no report")
def ask_twice_in_vain(context, persona, nurse):
    stage = context.stage
    stage.keep(asks_twice_for_the_report(stage.actor(persona), stage.actor(nurse), readable=False))


@then("the report has complaint, symptoms, assessment, urgency, confidence and the version of the model")
def report_complete(context):
    assert_that(context.stage.the(Assessed), complete_report())


@then("its complaint is in the words of {persona}")
def own_words(context, persona):
    assert_that(context.stage.the(Assessed), in_the_patients_words())


@then("it names all {count:d} symptoms that were told")
def symptoms_named(context, count):
    assert_that(context.stage.the(Assessed), names_the_symptoms(count))


@then("there is one report, the same one after the second request")
def one_report(context):
    assert_that(context.stage.the(Assessed), made_once())


@then("it is marked as made without the AI")
def marked(context):
    assert_that(context.stage.the(Assessed), made_without_the_ai())
