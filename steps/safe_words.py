"""Sentences about the words of the AI that a patient may see, and those that nobody may see."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.every import every
from countersign.expect.medassist.safe_words import arrives_unchanged, replaced_as_a_whole, seen_nowhere
from countersign.journeys.medassist.assessment import wording
from countersign.journeys.medassist.assessment.wording import AllWorded


@when("the AI answers {persona} with each of these, {manner}, and writes it into the report")
def hear_each(context, persona, manner):
    table = [row.as_dict() for row in context.table]
    context.stage.keep(wording.hears(context.stage.actor(persona), table, manner))


@then("each of the {count:d} unsafe answers is replaced as a whole, by words that a nurse will review it")
def replaced(context, count):
    unsafe = context.stage.the(AllWorded).unsafe
    assert_that(unsafe, has_length(count))
    assert_that(unsafe, every(replaced_as_a_whole()))


@then("its unsafe sentence is seen nowhere: not while it is written, not in the history, not in the report")
def nowhere_seen(context):
    assert_that(context.stage.the(AllWorded).unsafe, every(seen_nowhere()))


@then("each of the {count:d} safe answers arrives unchanged")
def unchanged(context, count):
    safe = context.stage.the(AllWorded).safe
    assert_that(safe, has_length(count))
    assert_that(safe, every(arrives_unchanged()))
