"""Sentences about pages of patients and nurses that everybody can use."""

from behave import then, when
from hamcrest import assert_that, is_

from countersign.expect.page_access import KeyboardWay, PartsSeen, without_barriers
from countersign.expect.page_announcing import announcing, in_and_out, saying_the_urgency
from countersign.journeys.medassist.page_access import goes_through_nurse_page, goes_through_patient_page
from countersign.journeys.medassist.page_keyboard import KeyboardVisit, decides_by_keyboard, visits_by_keyboard
from countersign.journeys.medassist.page_people import at_pages


@when("{persona} goes through the patient page, each part wide, 320 wide and enlarged twofold")
def through_patient_page(context, persona):
    context.stage.keep(goes_through_patient_page(at_pages(context.stage).patient(persona)))


@when("{persona} goes through the nurse page, each part wide, 320 wide and enlarged twofold")
def through_nurse_page(context, persona):
    context.stage.keep(goes_through_nurse_page(at_pages(context.stage).nurse(persona)))


@when("{persona} signs in, agrees, complains and reports an emergency by keyboard alone")
def patient_by_keyboard(context, persona):
    visit = context.stage.keep(visits_by_keyboard(at_pages(context.stage).patient(persona)))
    context.stage.keep(KeyboardWay(tuple(visit.stops), tuple(visit.controls)))


@when("{persona} hears of an emergency, narrows the queue down and overrides the report by keyboard alone")
def nurse_by_keyboard(context, persona):
    visit = context.stage.keep(decides_by_keyboard(at_pages(context.stage).nurse(persona)))
    context.stage.keep(KeyboardWay(tuple(visit.stops), tuple(visit.controls)))


@then("nobody meets any barrier in any of these parts")
def no_barrier_at_all(context):
    parts = [row["part"] for row in context.table]
    assert_that(context.stage.the(PartsSeen), without_barriers(parts, "barrier"))


@then("the way on the page was gone to its end")
def gone_to_its_end(context):
    assert_that(context.stage.the(KeyboardVisit).finished, is_(True), "the end of the way was reached")


@then("a screen reader is told of every change on the way")
def told_of_changes(context):
    assert_that(context.stage.the(KeyboardVisit).changes, announcing())


@then("the focus goes into the dialog and comes back out of it")
def focus_around_dialog(context):
    assert_that(context.stage.the(KeyboardVisit).dialog, in_and_out())


@then("the urgency is a word in the queue and in the report")
def urgency_in_words(context):
    assert_that(context.stage.the(KeyboardVisit).urgencies, saying_the_urgency())
