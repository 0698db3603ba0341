"""Sentences about pages of patients and nurses that everybody can use."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.page_access import KeyboardWay
from countersign.expect.page_announcing import saying_the_urgency
from countersign.journeys.medassist.page.page_access import goes_through_nurse_page, goes_through_patient_page
from countersign.journeys.medassist.page.page_keyboard import UrgenciesShown, decides_by_keyboard, visits_by_keyboard
from countersign.journeys.medassist.page.page_people import at_pages


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
    nurses = decides_by_keyboard(at_pages(context.stage).nurse(persona))
    visit = context.stage.keep(nurses.visit)
    context.stage.keep(nurses.urgencies)
    context.stage.keep(KeyboardWay(tuple(visit.stops), tuple(visit.controls)))


@then("the urgency is a word in the queue and in the report")
def urgency_in_words(context):
    assert_that(context.stage.the(UrgenciesShown).texts, saying_the_urgency())
