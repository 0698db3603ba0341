"""Sentences about the states of a session and about messages to a closed one."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.every import every
from countersign.expect.medassist.moves import its_end_told_once, made_as_allowed, refused_as_closed
from countersign.journeys.medassist.chat import moving
from countersign.journeys.medassist.chat.moving import Knocks, Moves


@when("{persona} tries to put sessions of {patient} from each state into each, as allowed or refused here")
def try_every_move(context, persona, patient):
    stage = context.stage
    table = [row.as_dict() for row in context.table]
    stage.keep(moving.tries_every_move(stage.actor(persona), stage.actor(patient), table))


@when("{persona} goes on writing after {nurse} has put the session into the state {state}")
def write_after_the_end(context, persona, nurse, state):
    stage = context.stage
    stage.keep(moving.writes_after_the_end(stage.actor(persona), stage.actor(nurse), state))


@then("each of the {count:d} moves is made where it is allowed, and refused without a change where not")
def moves_made(context, count):
    moves = context.stage.the(Moves).all
    assert_that(moves, has_length(count))
    assert_that(moves, every(made_as_allowed()))


@then("a session has an end if it is completed or cancelled, and no later try changes it")
def end_told_once(context):
    assert_that(context.stage.the(Moves).all, every(its_end_told_once()))


@then("the message is refused by every way of writing, and is not kept")
def refused_everywhere(context):
    assert_that(context.stage.the(Knocks).all, every(refused_as_closed()))
