"""Sentences about names that lead elsewhere, foreign websites, and markup on the hub's page."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.limits import at_least
from countersign.expect.modelhub.inputs import refused_by_name
from countersign.expect.modelhub.lists import nothing_escaped
from countersign.expect.page_markup import nothing_came_alive, shown_as_text
from countersign.expect.safe_answers import protects_its_reader, safe_cookies
from countersign.expect.traces import free_of
from countersign.expect.trespass import unreadable
from countersign.journeys.modelhub.access import leading_names, page_markup, protection
from countersign.journeys.modelhub.access.leading_names import FOREIGN, LeadingNames
from countersign.journeys.modelhub.access.page_markup import MarkupSeen
from countersign.journeys.modelhub.access.protection import Visited


@when("{persona} tries names that lead elsewhere wherever the hub takes a name")
def try_names(context, persona):
    context.stage.keep(leading_names.tries_leading_names(context.stage.actor(persona)))


@then("each of at least {count:d} such names is unknown or refused, and names of uploads lead nowhere")
def names_refused(context, count):
    tried = context.stage.the(LeadingNames)
    tried.measure(context.stage, count)
    assert_that(tried.named, every(refused_by_name()))
    assert_that(tried.uploads, every(refused_by_name()))
    assert_that(len(tried.named), at_least(count, "names"))


@then("no answer holds anything of a foreign file")
def no_foreign_file(context):
    assert_that(context.stage.the(LeadingNames).places, free_of(FOREIGN, "foreign files"))


@then("nothing was written outside of the folders of models and outputs")
def nothing_written(context):
    assert_that(context.stage.the(LeadingNames).escaped, nothing_escaped())


@when("{persona} visits foreign websites that ask the hub for everything with her browser")
def visit(context, persona):
    context.stage.keep(protection.visits_foreign_websites(context.stage.actor(persona)))


@then("the foreign websites can read no answer of the hub")
def read_nothing(context):
    assert_that(context.stage.the(Visited).foreign, every(unreadable()))


@then("each answer of the hub, refusals included, protects its reader")
def protected(context):
    assert_that(context.stage.the(Visited).protected, every(protects_its_reader()))


@then("no cookie of the hub is within reach of scripts or foreign websites")
def cookies(context):
    assert_that(context.stage.the(Visited).protected, every(safe_cookies()))


@when("{persona} meets markup in release notes and in the name of a model, and generates with markup in the prompt")
def meet_markup(context, persona):
    context.stage.keep(page_markup.meets_markup(context.stage.actor(persona)))


@then("the page shows what was written as text")
def as_text(context):
    assert_that(context.stage.the(MarkupSeen).texts, every(shown_as_text()))


@then("nothing of it runs or becomes a part of the page")
def nothing_alive(context):
    assert_that(context.stage.the(MarkupSeen).liveliness, nothing_came_alive())
