"""Sentences about a report whose urgency the rules and the AI decide together."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.medassist.suggested import Suggested, settled_as, with_the_suggestion_read
from countersign.expect.medassist.triage import categories
from countersign.journeys.medassist.assessment import suggesting


@when("{persona} tells of {complaint} and the AI suggests {suggestion} for the report")
def tell_and_suggest(context, persona, complaint, suggestion):
    context.stage.keep(suggesting.tells(context.stage.actor(persona), complaint, suggestion))


@then("the report is {urgency} with {words}")
def settled_with(context, urgency, words):
    assert_that(context.stage.the(Suggested), settled_as(urgency, categories(words)))


@then("what the AI suggested has reached the report")
def suggestion_read(context):
    assert_that(context.stage.the(Suggested), with_the_suggestion_read())
