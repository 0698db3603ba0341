"""Sentences about a conversation with the assistant: receipts, answers, what the AI is told, what is kept."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.answers import (
    Answered,
    acknowledged_once,
    acknowledged_while_an_answer_ran,
    answered_once_in_order,
    whole_in_pieces,
)
from countersign.journeys.medassist import talking


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
