"""Sentences about a page of the hub that everybody can use."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.modelhub import page_focus, page_looks, page_progress
from countersign.expect.page_announcing import in_and_out
from countersign.journeys.listed import listed
from countersign.journeys.modelhub.hub import models_of
from countersign.journeys.modelhub.page import page_figures
from countersign.journeys.modelhub.page.page_hearing import HeardAtPage, hears_everything
from countersign.journeys.modelhub.page.page_keyboard import WorkedByKeyboard, works_by_keyboard
from countersign.journeys.modelhub.page.page_looks import LookedAt, looks_in_ways
from countersign.journeys.modelhub.page.page_states import goes_through_states


@when("{persona} goes through the page of the hub, each state in a wide window and in one 320 wide")
def through_states(context, persona):
    context.stage.keep(goes_through_states(context.stage.actor(persona)))


@when("{persona} uses every control of the hub's page by keyboard alone, with a second window left alone")
def by_keyboard(context, persona):
    worked = context.stage.keep(works_by_keyboard(context.stage.actor(persona)))
    context.stage.keep(worked.way)


@then("all of at least {least:d} controls have their effect")
def all_operated(context, least):
    assert_that(context.stage.the(WorkedByKeyboard).operated, page_focus.all_operated(least))


@then("it goes over the whole page in its order, forwards and backwards")
def in_order(context):
    tours = context.stage.the(WorkedByKeyboard).tours
    assert_that(tours, page_focus.in_page_order())
    assert_that(tours, page_focus.seen_at_every_stop())


@then("it lands where the work goes on, and a dialog holds it and gives it back")
def lands_well(context):
    worked = context.stage.the(WorkedByKeyboard)
    assert_that(worked.landings, page_focus.well_landed())
    assert_that(worked.dialog, in_and_out())


@then("in the window left alone {seconds:d} seconds of live updates never move it")
def left_alone(context, seconds):
    rested = context.stage.the(WorkedByKeyboard).rested
    page_figures.measure_rest(context.stage, rested, seconds)
    assert_that(rested, page_focus.left_alone(seconds, page_figures.LEAST_UPDATES))


@when("{persona} downloads, meets errors and has a model repaired on the hub's page with a screen reader")
def with_screen_reader(context, persona):
    context.stage.keep(hears_everything(context.stage.actor(persona)))


@then("she is told the name of the model with every {kinds}, and its state in words")
def told_by_name(context, kinds):
    roles = [kind.replace(" ", "") for kind in listed(kinds)]
    assert_that(context.stage.the(HeardAtPage).parts, page_progress.told_by_name(roles))


@then("the progress she is told is at most {seconds:d} seconds behind the hub")
def progress_in_time(context, seconds):
    progress = context.stage.the(HeardAtPage).progress
    page_figures.measure_progress(context.stage, progress, seconds)
    assert_that(progress, page_progress.in_time(seconds, page_figures.LEAST_VALUES))


@then("she is told of {events}")
def hears_of(context, events):
    assert_that(context.stage.the(HeardAtPage).events, page_progress.told_of(listed(events)))


@then("she is alerted to every error with what happened and what to do next")
def alerted(context):
    assert_that(context.stage.the(HeardAtPage).complaints, page_progress.explained())


@then("she hears of the progress of a model at most once in {seconds:d} seconds")
def not_chattering(context, seconds):
    matcher = page_progress.not_chattering(models_of("the text model"), seconds, page_figures.LEAST_TELLINGS)
    said = context.stage.the(HeardAtPage).said
    page_figures.measure_pauses(context.stage, matcher.pauses(said), seconds)
    assert_that(said, matcher)


@when("{persona} looks at the page of the hub in each of these ways")
def look_in_ways(context, persona):
    ways = [row["way"] for row in context.table]
    context.stage.keep(looks_in_ways(context.stage.actor(persona), ways))


@then("no control is lost in any of them, and nothing moves where motion is reduced")
def nothing_lost(context):
    looks = context.stage.the(LookedAt).looks
    assert_that(looks, page_looks.nothing_lost())
    assert_that(looks, page_looks.still("reduced motion"))


@then("text grows where it is wanted twice as large, and nothing has to be scrolled to the side")
def text_grows(context):
    looks = context.stage.the(LookedAt).looks
    assert_that(looks, page_looks.text_grown())
    assert_that(looks, page_looks.no_sideways_scrolling())


@then("every text stands out from its ground by at least {contrast:g} to 1")
def stands_out(context, contrast):
    looks = context.stage.the(LookedAt).looks
    page_figures.measure_contrast(context.stage, looks, contrast)
    assert_that(looks, page_looks.standing_out(contrast))


@then("the states {words} can be read as words")
def states_in_words(context, words):
    assert_that(context.stage.the(LookedAt).looks, page_looks.states_in_words(listed(words)))


@then("the name of every control begins with the words that are seen on it")
def called_as_seen(context):
    assert_that(context.stage.the(LookedAt).labels, page_looks.called_as_seen())
