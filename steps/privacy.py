"""Sentences about personal numbers: what is written, and where it must not be found."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.chattrain.masking import masked
from countersign.expect.every import every
from countersign.expect.traces import free_of
from countersign.journeys.chattrain.access.privacy import WrittenTable, writes_table


@when('{persona} writes every line of the table "{table}"')
def write_table(context, persona, table):
    context.stage.keep(writes_table(context.stage.actor(persona), table))


@then("the AI was asked with a placeholder for every personal number and all other words unchanged")
def asked_with_placeholders(context):
    assert_that(context.stage.the(WrittenTable).given_to_the_ai(), every(masked()))


@then("the AI was asked with exactly the words that {persona} wrote")
def asked_word_by_word(context, persona):
    assert_that(context.stage.the(WrittenTable).given_to_the_ai(), every(masked()))


@then("nothing that the AI was given, then or later, holds one of the numbers")
def prompts_hold_none(context):
    table = context.stage.the(WrittenTable)
    assert_that(table.whole_prompts(), free_of(table.traces, "the personal numbers"))


@then("the conversation is shown again with a placeholder for every personal number and all other words unchanged")
def shown_with_placeholders(context):
    assert_that(context.stage.the(WrittenTable).read_back(), every(masked()))


@then("what the system stored holds none of the numbers")
def stored_holds_none(context):
    context.stage.the(WrittenTable).must_be_stored_without_numbers()


@then("the log holds none of the numbers")
def log_holds_none(context):
    table = context.stage.the(WrittenTable)
    assert_that(table.logged(), free_of(table.traces, "the personal numbers"))


@then("the log holds nothing of what {persona} and the customer said")
def log_holds_no_words(context, persona):
    table = context.stage.the(WrittenTable)
    assert_that(table.logged(), free_of(table.words(), "what was said"))
