"""Sentences about a conversation with the assistant: receipts, answers, what the AI is told, what is kept."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.medassist.answers import (
    Answered,
    acknowledged_once,
    acknowledged_while_an_answer_ran,
    answered_once_in_order,
    whole_in_pieces,
)
from countersign.expect.medassist.kept_talk import ReadAgain, reads_as_said, same_in_pages_of, timed_as_said
from countersign.expect.medassist.told_to_ai import told_everything_said, told_nothing_of_others
from countersign.journeys.medassist.chat import context as contexts
from countersign.journeys.medassist.chat import history, talking
from countersign.journeys.medassist.chat.context import ToldForEach


@when("{persona} writes {count:d} messages, the last {meanwhile:d} of them while an answer is still running")
def write_messages(context, persona, count, meanwhile):
    context.stage.keep(talking.says_marked_messages(context.stage.actor(persona), count, meanwhile))


@then("each of the {count:d} is acknowledged once, when it is stored")
def each_acknowledged(context, count):
    assert_that(context.stage.the(Answered), acknowledged_once(count))


@then("the last {count:d} do not have to wait for the running answer to be acknowledged")
def acknowledged_meanwhile(context, count):
    assert_that(context.stage.the(Answered), acknowledged_while_an_answer_ran(count))


@then("each gets exactly one complete answer, its own, in the order of writing")
def each_answered(context):
    assert_that(context.stage.the(Answered), answered_once_in_order())


@then("the pieces in which an answer is written are the whole answer")
def pieces_are_whole(context):
    assert_that(context.stage.the(Answered), whole_in_pieces())


@when("{persona} and {other} each hold a conversation of {turns:d} turns at the same time")
def converse_at_once(context, persona, other, turns):
    stage = context.stage
    stage.keep(contexts.converse_at_once(stage, [stage.actor(persona), stage.actor(other)], turns))


@then("for the turn number {turn:d} of each the AI is told everything that was said before in this conversation")
def told_everything(context, turn):
    assert_that(context.stage.the(ToldForEach).all, every(told_everything_said(turn)))


@then("it is told nothing of the other conversation, or of an earlier one")
def told_nothing_strange(context):
    assert_that(context.stage.the(ToldForEach).all, every(told_nothing_of_others()))


@when("{persona} holds a conversation of {turns:d} turns and reads it after signing in again, whole and by {page:d}")
def hold_and_read_again(context, persona, turns, page):
    context.stage.keep(history.holds_and_reads_again(context.stage.actor(persona), turns, page))


@then("all {turns:d} turns are there as they were said, numbered without a gap")
def as_said(context, turns):
    assert_that(context.stage.the(ReadAgain), reads_as_said(turns))


@then("their times are universal times within {seconds:d} seconds of when they were said")
def timed(context, seconds):
    assert_that(context.stage.the(ReadAgain), timed_as_said(seconds))


@then("the pages of {size:d} make up the whole, each with the true total")
def in_pages(context, size):
    assert_that(context.stage.the(ReadAgain), same_in_pages_of(size))
