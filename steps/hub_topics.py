"""Sentences about the topics of the hub: choosing them, hearing of them, and what they tell."""

from behave import then, when
from hamcrest import assert_that, empty, equal_to, has_length

from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.modelhub.happenings import told_with_all_facts
from countersign.expect.modelhub.topics import greeted_with_topics, said_so, told_what_was_chosen
from countersign.journeys.modelhub.sockets import broken_messages, choosing, coming_and_going, happening
from countersign.journeys.modelhub.sockets.choosing import Choices
from countersign.journeys.modelhub.sockets.coming_and_going import Visits
from countersign.journeys.modelhub.sockets.happening import Happenings


@when("{persona} chooses topics and gives them up again, while things happen at the hub after each choice")
def chooses_topics(context, persona):
    context.stage.keep(choosing.chooses(context.stage.actor(persona)))


@then("she was greeted with the 9 topics of the hub")
def greeted(context):
    assert_that(context.stage.the(Choices).greeting, greeted_with_topics())


@then("after each of the {count:d} choices she was told of what was chosen, and of nothing else")
def told_the_chosen(context, count):
    choices = context.stage.the(Choices).each
    assert_that(choices, every(told_what_was_chosen()))
    assert_that(choices, has_length(count))


@then("each wish was answered in words, that for a topic that does not exist with a no")
def wishes_answered(context):
    assert_that(context.stage.the(Choices).answers, every(said_so()))


@when("{persona}'s program sends every broken frame over the line with topics")
def broken_over_topics(context, persona):
    context.stage.keep(broken_messages.over_topics(context.stage.actor(persona)))


@when("{persona}'s program sends a frame of 64 KiB and one that is larger")
def too_large(context, persona):
    context.stage.keep(broken_messages.too_large(context.stage.actor(persona)))


@when("{restless} opens a line, chooses all topics and leaves {times:d} times, while {other} uses the hub and listens")
def comes_and_goes(context, restless, times, other):
    actor = context.stage.actor
    context.stage.keep(coming_and_going.comes_and_goes(actor(restless), actor(other), times))


@then("each of the {count:d} visits of {restless} was greeted and could choose all {topics:d} topics")
def visits_served(context, count, restless, topics):
    visits = context.stage.the(Visits)
    assert_that(visits.greeted, equal_to((topics,) * count), "the topics that each visit was greeted with")
    assert_that(visits.chosen, equal_to((topics,) * count), "the topics that each visit could choose")


@then("each of at least {count:d} calls of {other} meanwhile was answered well, within {limit:d} second")
def calls_undisturbed(context, count, other, limit):
    visits = context.stage.the(Visits)
    assert_that(visits.problems, empty(), "what was wrong with calls meanwhile")
    coming_and_going.measure(context.stage, visits, limit, count)
    assert_that(visits.seconds, every(within(limit, "a call meanwhile answered")))


@then("the line of {other} still tells her of her generations")
def line_lives_on(context, other):
    assert_that(context.stage.the(Visits).still_told, equal_to(""), "what is wrong with the line that stayed")


@when("each of these happens once at the hub, while {persona} listens")
def each_happens(context, persona):
    rows = [row["what"] for row in context.table]
    context.stage.keep(happening.happens(context.stage.actor(persona), rows))


@then("each of the {count:d} was told once on its topic, with all its facts")
def each_told_once(context, count):
    happened = context.stage.the(Happenings).each
    assert_that(happened, every(told_with_all_facts()))
    assert_that(happened, has_length(count))
