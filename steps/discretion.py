"""Sentences about what patients may see of reports."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.medassist.discretion import patients_view, tells_nothing_for_nurses, withheld
from countersign.journeys.medassist.access import discretion
from countersign.journeys.medassist.access.discretion import Kept, Looked


@given("{persona} is in the chat with an emergency whose report {nurse} finds completed by the AI")
def is_assessed(context, persona, nurse):
    stage = context.stage
    stage.keep(discretion.is_assessed(stage.actor(nurse), stage.actor(persona)))


@given("{persona} has approved it with a note for {pronoun} colleagues")
def has_approved(context, persona, pronoun):
    stage = context.stage
    stage.keep(discretion.decides_with_note(stage.actor(persona), stage.the(Kept), approved=True))


@given("{persona} has overridden it with a note for {pronoun} colleagues")
def has_overridden(context, persona, pronoun):
    stage = context.stage
    stage.keep(discretion.decides_with_note(stage.actor(persona), stage.the(Kept), approved=False))


@when("{persona} looks at everything {pronoun} can reach")
def looks_everywhere(context, persona, pronoun):
    stage = context.stage
    stage.keep(discretion.looks_everywhere(stage.actor(persona), stage.the(Kept)))


@then("the report is refused to {persona} and {pronoun} sessions show none")
def report_withheld(context, persona, pronoun):
    looked = context.stage.the(Looked)
    assert_that((*looked.reports, *looked.sessions), every(withheld()))


@then("nothing {persona} read or was sent tells what is in the report for the nurses")
def nothing_told(context, persona):
    assert_that(context.stage.the(Looked).sightings, every(tells_nothing_for_nurses()))


@then("the report shows {persona} the assessment of the AI and only what is for patients")
@then("the report shows {persona} the corrected assessment and only what is for patients")
def shows_patients_view(context, persona):
    stage = context.stage
    assert_that(stage.the(Looked).reports, every(patients_view(stage.the(Kept).for_patient)))
