"""Sentences about the pages of patients and nurses."""

from behave import given, then, when
from hamcrest import assert_that, equal_to

import personas
from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.medassist.page_queue import (
    ShownAsTyped,
    holding_the_texts,
    leaving_what_matches,
    refusing_without_texts,
    showing_as_typed,
    staying_in_view,
    telling,
)
from countersign.expect.page_offer import without_errors
from countersign.expect.traces import free_of
from countersign.journeys.medassist.assessment.first_symptom import emergency_number
from countersign.journeys.medassist.page import page_figures, page_queue, page_visit
from countersign.journeys.medassist.page.page_people import at_pages
from countersign.journeys.medassist.page.page_queue import NarrowedDown, OverrideOnPage, SignedOut
from countersign.journeys.medassist.page.page_visit import OnTwoPages


@given("{patient} and {nurse} have signed in, each on the own page")
def both_signed_in(context, patient, nurse):
    # The nurse first: her page has done all its reading by the time the patient can write.
    at_pages(context.stage).nurse(nurse).signs_in()
    at_pages(context.stage).patient(patient).signs_in()


@given("{first} and {second} have signed in on the nurse page")
def two_nurses_signed_in(context, first, second):
    at_pages(context.stage).nurse(first).signs_in()
    at_pages(context.stage).nurse(second).signs_in()


@given("{nurse} has signed in on the nurse page")
def nurse_signed_in(context, nurse):
    at_pages(context.stage).nurse(nurse).signs_in()


@given("{patient} has agreed to the consent text on the page")
def agreed_on_page(context, patient):
    at_pages(context.stage).patient(patient).agrees()


@given("a report of {patient} has come to the pages of {first} and {second}")
def report_came_to_two(context, patient, first, second):
    nurses = [at_pages(context.stage).nurse(name) for name in (first, second)]
    page_queue.report_comes(context.stage.actor(patient), "an urgent complaint", nurses)


@given("a report of {patient} has come to the page of {nurse}")
def report_came(context, patient, nurse):
    nurses = [at_pages(context.stage).nurse(nurse)]
    page_queue.report_comes(context.stage.actor(patient), "an urgent complaint", nurses)


@given("an emergency of {first} and a routine report of {second} have come to the page of {nurse}")
def two_reports_came(context, first, second, nurse):
    nurses = [at_pages(context.stage).nurse(nurse)]
    page_queue.report_comes(context.stage.actor(first), "an emergency", nurses)
    page_queue.report_comes(context.stage.actor(second), "a routine complaint", nurses)


@when("{nurse} approves on her page the emergency that {patient} reports on his")
def approve_on_page(context, nurse, patient):
    stage, people = context.stage, at_pages(context.stage)
    way = page_visit.goes_the_whole_way(people.patient(patient), people.nurse(nurse), emergency_number(stage))
    stage.keep(way)


@when("{nurse} overrides it on the page, at first without the texts that an override needs")
def override_on_page(context, nurse):
    context.stage.keep(page_queue.overrides_beside_colleague(context.stage, nurse))


@when("{nurse} narrows the queue down on the page by urgency, by red flags and by words")
def narrow_on_page(context, nurse):
    context.stage.keep(page_queue.narrows_down(at_pages(context.stage).nurse(nurse)))


@given("a patient who typed markup as name and complaint waits for a nurse")
def typed_markup(context):
    page_queue.typed_markup(context.stage)


@when("{nurse} signs in on the nurse page and opens that report")
def open_markup(context, nurse):
    shown, liveliness = page_queue.reads_markup(at_pages(context.stage).nurse(nurse))
    context.stage.keep(shown)
    context.stage.keep(liveliness)


@when("{nurse} signs out with the report of {patient} open")
def sign_out_on_page(context, nurse, patient):
    stage = context.stage
    stage.keep(page_queue.signs_out_from(at_pages(stage).nurse(nurse), stage.actor(patient)))


@then("the report came to the page of {nurse} within {limit:g} seconds, without loading it anew")
def came_within(context, nurse, limit):
    way = context.stage.the(OnTwoPages)
    taken = page_figures.arrival(context.stage, way.arrived_after, limit)
    assert_that(taken, within(limit, f"the report on the page of {nurse}"))
    assert_that(way.loads, equal_to(0), "times the page was loaded anew")


@then("{nurse} found it by urgency, by red flags and by name")
def found_by_filters(context, nurse):
    assert_that(context.stage.the(OnTwoPages).narrowed, every(leaving_what_matches()))


@then("the page of {patient} shows the emergency advice all the time, and the outcome in the end")
def advice_and_outcome(context, patient):
    way = context.stage.the(OnTwoPages)
    assert_that(way.advice, staying_in_view(emergency_number(context.stage)))
    assert_that(way.outcome, telling(way.assessment, "the assessment of the approved report"))


@then("no browser reports an error or a failed request")
def no_trouble(context):
    assert_that(page_visit.troubles(context.stage), without_errors())


@then("the override without the texts is refused on the page")
def refused_without_texts(context):
    assert_that(context.stage.the(OverrideOnPage), refusing_without_texts())


@then("the report holds the reason and the corrected assessment of {nurse}")
def holds_texts(context, nurse):
    words = personas.material("medassist_pages")["override"]
    assert_that(context.stage.the(OverrideOnPage).report, holding_the_texts(words["reason"], words["assessment"]))


@then("it is gone from the page of {nurse} within {limit:g} seconds, without loading it anew")
def gone_within(context, nurse, limit):
    override = context.stage.the(OverrideOnPage)
    taken = page_figures.vanishing(context.stage, override.gone_after, limit)
    assert_that(taken, within(limit, f"the decided report to be gone from the page of {nurse}"))
    assert_that(override.loads, equal_to(0), "times the page was loaded anew")


@then("every filter leaves the reports that match it and no others")
def filters_match(context):
    assert_that(context.stage.the(NarrowedDown).looks, every(leaving_what_matches()))


@then("the page shows name and complaint word by word")
def shown_as_typed(context):
    assert_that(context.stage.the(ShownAsTyped), showing_as_typed())


@then("the page shows nothing of {patient}, not even after loading it anew")
def nothing_left(context, patient):
    left = context.stage.the(SignedOut)
    assert_that(left.places, free_of(left.traces, f"what {patient} told"))
