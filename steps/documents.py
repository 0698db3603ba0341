"""Sentences about documents: opening them, asking again, and what is no document."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.chattrain.documents import (
    a_pdf_and_a_markdown_text,
    complete,
    not_sent_twice,
    readable,
    to_be_looked_at,
)
from countersign.expect.chattrain.kept_back import FORBIDDEN_OR_UNKNOWN, kept_back
from countersign.expect.every import every
from countersign.journeys.chattrain.content.reaching import Bait, Reaches, judge_bait, leaves_bait, reaches_for
from countersign.journeys.chattrain.content.reading import Reading, Rereading, asks_again, opens_all, opens_in_browser


@given("{persona} has read every document of {one} and {other}")
@when("{persona} opens every document of {one} and {other}")
def open_all(context, persona, one, other):
    context.stage.keep(opens_all(context.stage.actor(persona), [one, other]))


@then("each of the two trainings offers at least {count:d} documents, a PDF and a Markdown text among them")
def offers_documents(context, count):
    reading = context.stage.the(Reading)
    assert_that(reading.opened, a_pdf_and_a_markdown_text(count, reading.trainings))


@then("every document arrives as long as its list and its label say")
def arrives_complete(context):
    assert_that(context.stage.the(Reading).opened, every(complete()))


@then("every PDF is whole and every Markdown text arrives as text to read")
def is_readable(context):
    assert_that(context.stage.the(Reading).opened, every(readable()))


@then("a browser shows each of them, where the system offers a page")
def shown_in_browser(context):
    opens_in_browser(context.stage, context.stage.the(Reading))


@when("{persona} asks for each of them again and shows the mark it came with")
def ask_again(context, persona):
    context.stage.keep(asks_again(context.stage.actor(persona), context.stage.the(Reading)))


@then("each keeps its mark and is not sent again")
def sent_once(context):
    assert_that(context.stage.the(Rereading).asked, every(not_sent_twice()))


@then("each can be looked at without fetching it")
def looked_at(context):
    assert_that(context.stage.the(Rereading).asked, every(to_be_looked_at()))


@given("{persona} has left a private note and an oversized document in the content, where the suite owns it")
def leave_bait(context, persona):
    context.stage.keep(leaves_bait(context.stage.actor(persona)))


@when("{persona} asks for each of these in place of a document")
def reach(context, persona):
    names = [row["in place of a document"] for row in context.table]
    context.stage.keep(reaches_for(context.stage.actor(persona), names, context.stage.the(Bait)))


@then("each is refused as forbidden or unknown, and nothing of a file comes back")
def files_kept_back(context):
    assert_that(context.stage.the(Reaches).files, every(kept_back(*FORBIDDEN_OR_UNKNOWN)))


@then("of the documents left there one of {mebibytes:d} MiB opens and the larger one is refused as too large")
def bait_judged(context, mebibytes):
    judge_bait(context.stage.the(Reaches), mebibytes)
