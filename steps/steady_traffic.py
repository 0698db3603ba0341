"""Sentences about pings and messages at a steady rate."""

from behave import then, when
from hamcrest import assert_that, equal_to

from countersign.expect.limits import at_least
from countersign.expect.most_within import most_within
from countersign.expect.operations import all_succeeded
from countersign.journeys.load_figures import excused, measure_most
from countersign.journeys.measuring import measure_count, measure_rate
from countersign.journeys.medassist.load.many_patients import FullHouse
from countersign.journeys.medassist.load.ping_pong import PingPong, ping_pong, traffic_vouched
from countersign.journeys.medassist.load.sign_in_wave import Wave, conversations_vouched, waves


@when("their chats exchange more than {rate:d} pings and answers per second for {seconds:d} seconds")
def exchange_pings(context, rate, seconds):
    stage = context.stage
    stage.keep(ping_pong(stage.the(FullHouse), rate, seconds))


@then("not one of more than {least:d} pings is lost")
def none_lost(context, least):
    traffic = context.stage.the(PingPong).traffic
    assert_that(traffic.lost, equal_to(0), f"how many of {traffic.sent} pings were never answered")
    assert_that(traffic.sent, at_least(least, "pings"))


@then("at least {least:d} of them are answered in those {seconds:d} seconds")
def answered_meanwhile(context, least, seconds):
    traffic = traffic_vouched(context.stage.the(FullHouse), context.stage.the(PingPong).traffic)
    load, answered = traffic.load, traffic.answered_meanwhile
    measure_count(context.stage, "pings answered", answered, least=least, of=traffic.sent, load=load, required=least)
    measure_rate(context.stage, "ping and answer", answered / seconds, of=answered, load=load, least=least / seconds)
    excused(context.stage, missed=answered < least)
    assert_that(answered, at_least(least, f"pings answered in {seconds} s"))


@then("{least:d} of 100 pings are answered within {limit:g} seconds")
def pings_within(context, least, limit):
    traffic = context.stage.the(PingPong).traffic
    times = measure_most(
        context.stage, "ping", traffic.round_trips, least=least, of=100, limit=limit, load=traffic.load
    )
    assert_that(times, most_within(least, 100, limit, "pings answered"))


@then("the rate at which messages are stored is on record")
def rate_on_record(context):
    pingpong = context.stage.the(PingPong)
    assert_that(pingpong.stored, equal_to(pingpong.said), "how many of the messages behind the pings were stored")


@when("{count:d} people at a time sign in or register, again and again for {seconds:d} seconds, while the chats go on")
def people_come(context, count, seconds):
    stage = context.stage
    stage.keep(waves(stage.the(FullHouse), count, seconds))


@then("everybody of at least {least:d} gets in")
def everybody_gets_in(context, least):
    assert_that(context.stage.the(Wave).doors, all_succeeded(least))


@then("{least:d} of 100 of at least {required:d} pings of the chats are answered within {limit:g} seconds")
def pings_of_chats_within(context, least, required, limit):
    traffic = conversations_vouched(context.stage, context.stage.the(Wave))
    assert_that(traffic.sent, at_least(required, "pings"))
    times = measure_most(
        context.stage, "ping", traffic.round_trips, least=least, of=100, limit=limit, load=traffic.load
    )
    assert_that(times, most_within(least, 100, limit, "pings answered"))


@then("{least:d} of {of:d} messages of the chats are answered within {limit:g} seconds")
def messages_of_chats_within(context, least, of, limit):
    traffic = context.stage.the(Wave).traffic
    assert_that(traffic.messages, all_succeeded(of))
    times = [message.seconds for message in traffic.messages]
    measure_most(context.stage, "message to whole answer", times, least=least, of=of, limit=limit, load=traffic.load)
    assert_that(times, most_within(least, of, limit, "answers whole"))
