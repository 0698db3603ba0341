"""Sentences about the pilot page: the first view, a training on it, documents, markup, loading it anew."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.chattrain.page_documents import one_tab_each, showing_the_served_document
from countersign.expect.chattrain.page_reload import LoadedAnew, in_the_same_session, showing_the_same
from countersign.expect.chattrain.page_training import held_with_the_system, showing_what_was_sent, summed_up_as_sent
from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.page_markup import Liveliness, nothing_came_alive, shown_word_by_word
from countersign.expect.page_offer import FirstView, offering_the_real_trainings, without_errors
from countersign.expect.traces import free_of
from countersign.journeys.chattrain.page import page_figures, page_training
from countersign.journeys.chattrain.page.page_training import DocumentsBesideChat, MarkupWritten, PageTraining
from countersign.journeys.chattrain.page.page_user import PageUser


@given("{persona} has opened the pilot page")
@when("{persona} opens the pilot page")
def open_page(context, persona):
    user = context.stage.keep(PageUser(context.stage.actor(persona)))
    context.stage.keep(user.opens())


@given("{persona} has begun the {training} training on the page")
def begin_on_page(context, persona, training):
    context.stage.keep(PageUser(context.stage.actor(persona))).begins(training)


@given("{persona} has given {count:d} answers on the page")
def answers_given_on_page(context, persona, count):
    page_training.answers_on_page(context.stage.the(PageUser).named(persona), count)


@when("{persona} trains {training} on the page to its end")
def train_on_page(context, persona, training):
    user = context.stage.the(PageUser).named(persona)
    context.stage.keep(page_training.trains_on_page(user, training))


@when("{persona} opens every document on the page and answers the customer beside each")
def read_beside(context, persona):
    context.stage.keep(page_training.reads_beside(context.stage.the(PageUser).named(persona)))


@when("{persona} writes lines with markup and the AI answers with markup")
def write_markup(context, persona):
    written = context.stage.keep(page_training.writes_markup(context.stage.the(PageUser).named(persona)))
    context.stage.keep(written.liveliness)


@when("{persona} loads the page anew")
def load_anew(context, persona):
    context.stage.keep(page_training.loads_anew(context.stage.the(PageUser).named(persona)))


@then("the trainings on offer are in view within {seconds:g} seconds")
def in_view_within(context, seconds):
    taken = page_figures.first_view(context.stage, context.stage.the(FirstView), seconds)
    assert_that(taken, within(seconds, "the first view of the page"))


@then("they are the trainings of the system, each with its title, description and duration")
def real_trainings(context):
    assert_that(context.stage.the(FirstView), offering_the_real_trainings())


@then("the browser reports no error")
def no_browser_error(context):
    assert_that(context.stage.the(PageUser).page.window.seen.errors, without_errors())


@then("the customer speaks within {seconds:g} seconds of the start")
def started_within(context, seconds):
    taken = page_figures.start(context.stage, context.stage.the(PageTraining).start_seconds, seconds)
    assert_that(taken, within(seconds, "the start of the training on the page"))


@then("the page holds the training with the live system")
def held_live(context):
    assert_that(context.stage.the(PageTraining).contact, held_with_the_system())


@then("all lines, scores, keywords and suggestions of the {count:d} answers stand there as the system sent them")
def shown_as_sent(context, count):
    training = context.stage.the(PageTraining)
    assert_that(training.shown, showing_what_was_sent(training.sent, count))


@then("the page ends with the summary that the system sent")
def summed_up(context):
    assert_that(context.stage.the(PageTraining).summaries, summed_up_as_sent())


@then("there is one tab for every document, a PDF and a Markdown text among them")
def one_tab(context):
    assert_that(context.stage.the(DocumentsBesideChat).tabs, one_tab_each())


@then("every document shows what the system serves")
def shows_what_is_served(context):
    assert_that(context.stage.the(DocumentsBesideChat).read, every(showing_the_served_document()))


@then("the customer replies within {seconds:g} seconds beside every open document")
def replied_beside(context, seconds):
    taken = page_figures.replies_beside(context.stage, context.stage.the(DocumentsBesideChat), seconds)
    assert_that(taken, every(within(seconds, "a reply of the customer beside an open document")))


@then("the page shows every line and answer with markup word by word")
def word_by_word(context):
    assert_that(context.stage.the(MarkupWritten).talk, shown_word_by_word())


@then("no window pops up and nothing new becomes part of the page")
def nothing_alive(context):
    assert_that(context.stage.the(Liveliness), nothing_came_alive())


@then("the browser's console holds nothing of what was said")
def console_silent(context):
    written = context.stage.the(MarkupWritten)
    assert_that(written.console, free_of(written.said, "what was said"))


@then("the page is back in the same session, without starting another")
def same_session(context):
    assert_that(context.stage.the(LoadedAnew), in_the_same_session())


@then("the {count:d} exchanges are on the page again as they were")
def same_exchanges(context, count):
    assert_that(context.stage.the(LoadedAnew), showing_the_same(count))


@then("the next answer of {persona} earns a reply and a score")
def goes_on_after(context, persona):
    page_training.answers_on_page(context.stage.the(PageUser).named(persona), 1)
