"""Sentences about a page that everybody can use."""

from behave import then, when
from hamcrest import assert_that, is_

import personas
from countersign.expect import page_access
from countersign.expect.chattrain.page_training import completed_with
from countersign.expect.page_announcing import announcing, in_and_out
from countersign.journeys.by_keyboard import KeyboardVisit
from countersign.journeys.chattrain.page.page_access import (
    Heard,
    KeyboardTraining,
    goes_through_parts,
    hears_a_training,
    trains_by_keyboard,
)
from countersign.journeys.chattrain.page.page_user import PageUser
from countersign.journeys.listed import listed


@when("{persona} goes through a training on the page")
def go_through(context, persona):
    user = context.stage.keep(PageUser(context.stage.actor(persona)))
    context.stage.keep(goes_through_parts(user))


@when("{persona} trains {training} by keyboard alone, from choosing to the end")
def train_by_keyboard(context, persona, training):
    user = context.stage.keep(PageUser(context.stage.actor(persona)))
    trained = context.stage.keep(trains_by_keyboard(user, training))
    context.stage.keep(page_access.KeyboardWay(trained.stops, trained.controls))


@when("{persona} hears a reply, a failure of the AI and the end of the connection")
def hear_training(context, persona):
    context.stage.keep(hears_a_training(context.stage.the(PageUser).named(persona)))


@then("nobody meets a serious or critical barrier in any of these parts")
def no_barriers(context):
    parts = [row["part"] for row in context.table]
    assert_that(context.stage.the(page_access.PartsSeen), page_access.without_barriers(parts))


@then("the focus is visible at every stop")
def focus_visible(context):
    assert_that(context.stage.the(page_access.KeyboardWay).stops, page_access.visible_focus())


@then("every control on the way has a name")
def controls_named(context):
    assert_that(context.stage.the(page_access.KeyboardWay).controls, page_access.all_named())


@then("the page says that it is in English, and is")
def in_english(context):
    stated, english = context.stage.the(KeyboardTraining).stated, personas.material("chattrain_page")["english"]
    assert_that(stated, page_access.stating_its_language("en", english["share"]))


@then("its title names {name} all the time")
def title_names(context, name):
    assert_that(context.stage.the(KeyboardTraining).stated, page_access.naming_itself(name))


@then("the training on the page is completed with {count:d} exchanges")
def completed_on_page(context, count):
    assert_that(context.stage.the(KeyboardTraining).summary, completed_with(count))


@then("new messages and changes of the connection are announced")
def announced(context):
    assert_that(context.stage.the(Heard).regions, page_access.announced())


@then("the connection is told as {first} and then as {second}")
def connection_told(context, first, second):
    assert_that(context.stage.the(Heard).states, page_access.telling_connection(first, second))


@then("every entry names the one who sent it, be it {speakers}")
def truly_labelled(context, speakers):
    names = listed(speakers)
    assert_that(context.stage.the(Heard).entries, page_access.truly_labelled(names))


@then("nobody meets any barrier in any of these parts")
def no_barrier_at_all(context):
    parts = [row["part"] for row in context.table]
    assert_that(context.stage.the(page_access.PartsSeen), page_access.without_barriers(parts, "barrier"))


@then("the way on the page was gone to its end")
def gone_to_its_end(context):
    assert_that(context.stage.the(KeyboardVisit).finished, is_(True), "the end of the way was reached")


@then("a screen reader is told of every change on the way")
def told_of_changes(context):
    assert_that(context.stage.the(KeyboardVisit).changes, announcing())


@then("the focus goes into the dialog and comes back out of it")
def focus_around_dialog(context):
    assert_that(context.stage.the(KeyboardVisit).dialog, in_and_out())
