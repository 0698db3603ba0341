"""Sentences about the list of trainings and about starting sessions."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.chattrain.offer import a_fresh_session, numbers_of_their_own, offers, rising
from countersign.expect.every import every
from countersign.journeys.chattrain.starts import (
    ListLooks,
    Starts,
    measure_numbers,
    measure_offer,
    pilot_users_start,
    starts_every_training,
)
from countersign.journeys.chattrain.trainee import text_id_of


@given("{persona} has looked at the trainings on offer")
def look_at_offer(context, persona):
    context.stage.keep(ListLooks(tuple(context.stage.actor(persona).api.scenarios())))


@when("{persona} starts a session of every training")
def start_every_training(context, persona):
    before = context.stage.the(ListLooks).before
    context.stage.keep(starts_every_training(context.stage.actor(persona), before))


@then("at least {count:d} trainings are on offer, among them {one} and {other}, which last {minutes:d} minutes each")
def on_offer(context, count, one, other, minutes):
    wanted = [text_id_of(one), text_id_of(other)]
    measure_offer(context.stage, context.stage.the(ListLooks), count)
    assert_that(context.stage.the(ListLooks).before, offers(wanted, at_least=count, minutes=minutes))


@then("no training has left the list meanwhile")
def none_left(context):
    looks = context.stage.the(ListLooks)
    before = [scenario.text_id for scenario in looks.before]
    assert_that(looks.after, offers(before, at_least=len(before)))


@when("{count:d} pilot users start a {training} session, first in turn and then all at once")
def users_start(context, count, training):
    context.stage.keep(pilot_users_start(context.stage, count, training))


@then("no two of the {count:d} sessions share a number, and the numbers rise with every start")
def own_numbers(context, count):
    starts = context.stage.the(Starts)
    measure_numbers(context.stage, starts, count)
    assert_that(starts.numbers, numbers_of_their_own())
    assert_that(starts.numbers_in_turn, rising())


@then("each session is active, belongs to its user and training, and has a beginning but no end")
def fresh_sessions(context):
    assert_that(context.stage.the(Starts).all, every(a_fresh_session()))
