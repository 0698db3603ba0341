"""Sentences about what is kept of a conversation, and with whom it stays."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.chattrain.read_back import averages_its_scores, reads_back_completely
from countersign.expect.every import every
from countersign.expect.marked import only_its_owner
from countersign.journeys.chattrain.chat.own_words import OwnWords, talk_with_own_words
from countersign.journeys.chattrain.content.read_back import HeldSessions, hold_and_read_back
from countersign.journeys.measuring import measure_matching


@when("{people:d} people each hold {count:d} sessions of {lines:d} messages and open them again on another device")
def hold_sessions(context, people, count, lines):
    context.stage.keep(hold_and_read_back(context.stage, people, count, lines))


@then("all {count:d} messages are there in order, with the answers, scores and comments that were shown")
def read_back_completely(context, count):
    held = context.stage.the(HeldSessions)
    whole = len(held.sessions)
    measure_matching(context.stage, "sessions read back", held.sessions, reads_back_completely(), count=whole)
    assert_that(held.exchanges, has_length(count))
    assert_that(held.sessions, every(reads_back_completely()))


@then("the average of each session is the one of its scores")
def averages(context):
    assert_that(context.stage.the(HeldSessions).sessions, every(averages_its_scores()))


@when("{people:d} people say {lines:d} lines each at the same time, every one with a word of their own")
def talk_with_words(context, people, lines):
    context.stage.keep(talk_with_own_words(context.stage, people, lines, "customer service"))


@then("each of the {count:d} replies holds the own word and no other")
def replies_own(context, count):
    replies = context.stage.the(OwnWords).replies
    measure_matching(context.stage, "replies with the own word only", replies, only_its_owner(), count=count)
    assert_that(replies, has_length(count))
    assert_that(replies, every(only_its_owner()))


@then("each of the {count:d} lines reached the AI without a word of somebody else")
def prompts_own(context, count):
    prompts = context.stage.the(OwnWords).prompts
    measure_matching(context.stage, "lines the AI got with the own word only", prompts, only_its_owner(), count=count)
    assert_that(prompts, has_length(count))
    assert_that(prompts, every(only_its_owner()))


@then("every stored message holds the own word and no other")
def stored_own(context):
    assert_that(context.stage.the(OwnWords).stored, every(only_its_owner()))
