"""Sentences about the front door: passwords, addresses, guessing and flooding."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.amounts import below
from countersign.expect.counts import number_of
from countersign.expect.credentials import accepted, opens_nothing
from countersign.expect.every import every
from countersign.expect.limits import at_least, within
from countersign.expect.medassist.floods import answered, keeps_what_it_took, told_too_fast
from countersign.expect.medassist.sign_in import (
    held_up_after,
    refused_silently,
    say_the_same,
    taken_already,
    told_to_wait_a_minute_at_most,
)
from countersign.expect.refusals import told_to_wait
from countersign.journeys.medassist.access import floods, front_door
from countersign.journeys.medassist.access.floods import Beside, Guessing, MessageFlood, RequestFlood
from countersign.journeys.medassist.access.front_door import Choices, Guesses, LongPassword, Taken


@when("somebody like {persona} chooses {count:d} weak passwords one after the other")
def choose_weak(context, persona, count):
    context.stage.keep(front_door.chooses_weak_passwords(context.stage.actor(persona)))
    assert_that(context.stage.the(Choices).weak, has_length(count))


@then("each of the {count:d} weak passwords is refused, and the refusal does not repeat it")
def weak_refused(context, count):
    assert_that(context.stage.the(Choices).weak, every(refused_silently()))


@when(
    "somebody like {persona} has a password of {length:d} characters and signs in with parts of it and with all of it"
)
def use_long(context, persona, length):
    context.stage.keep(front_door.uses_long_password(context.stage.actor(persona), length))


@then("no part and no other ending opens the account, and the whole password does")
def long_counts(context):
    assert_that(context.stage.the(LongPassword).others, every(opens_nothing()))
    assert_that(context.stage.the(LongPassword).whole, every(accepted()))


@when("somebody registers the address of {persona} again in capitals")
def register_again(context, persona):
    context.stage.keep(front_door.registers_again_in_capitals(context.stage.actor(persona)))


@then("the address is refused as taken already")
def address_taken(context):
    assert_that(context.stage.the(Taken).answer, taken_already())


@when(
    "somebody like {persona} signs in {unknown:d} times with an unknown address "
    "and {wrong:d} times with a wrong password, in turn"
)
def guess_addresses(context, persona, unknown, wrong):
    context.stage.keep(front_door.guesses_addresses(context.stage.actor(persona), unknown))
    assert_that(context.stage.the(Guesses).passwords, has_length(wrong))


@then("all {count:d} refusals are the same")
def refusals_same(context, count):
    assert_that(context.stage.the(Guesses).all, say_the_same())
    assert_that(context.stage.the(Guesses).all, has_length(count))


@then("the medians of the {count:d} times of each kind lie less than {limit:d} ms apart")
def times_same(context, count, limit):
    apart = context.stage.the(Guesses).measure(context.stage, limit, count)
    assert_that(apart, below(limit, "ms", "the medians of sign-ins with a wrong address and a wrong password apart"))


@when("somebody guesses {count:d} passwords of {persona} within a minute while {other} signs in")
def guess_password(context, count, persona, other):
    stage = context.stage
    stage.keep(floods.guesses_password(stage.actor(persona), stage.actor(other), count))
    assert_that(stage.the(Guessing).seconds, within(60, "all guesses"))


@then("each guess after {count:d} wrong ones is told to wait, and so is the right password")
def guesses_held_up(context, count):
    assert_that(context.stage.the(Guessing).wrong, held_up_after(count))
    assert_that(context.stage.the(Guessing).right, told_to_wait_a_minute_at_most())


@then("{persona} was let in every time")
def let_in(context, persona):
    assert_that(context.stage.the(Beside).shown, every(accepted()))


@when("{persona} sends {count:d} messages at once while {other} writes one, and one more after the wait she is told")
def flood_with_messages(context, persona, count, other):
    stage = context.stage
    stage.keep(floods.floods_with_messages(stage.actor(persona), stage.actor(other), count))


@then("at most {most:d} of the {count:d} messages are taken, and each other one is refused as too fast")
def flood_taken_in_part(context, most, count):
    flood = context.stage.the(MessageFlood)
    flood.measure(context.stage, most)
    assert_that(len(flood.taken), number_of(f"messages taken of {count} at once", 1, most))
    assert_that(flood.refused, every(told_too_fast()))


@then("exactly the messages that were taken are kept")
def flood_kept(context):
    assert_that(context.stage.the(MessageFlood), keeps_what_it_took())


@then("her message after the wait, and that of {other}, are answered")
def flood_over(context, other):
    assert_that([context.stage.the(MessageFlood).later, context.stage.the(MessageFlood).other], every(answered()))


@when("{persona} asks {count:d} times within {seconds:d} seconds while {other} asks as usual")
def flood_with_requests(context, persona, count, seconds, other):
    stage = context.stage
    stage.keep(floods.floods_with_requests(stage.actor(persona), stage.actor(other), count, seconds))


@then("at least {least:d} of the {count:d} requests are told to wait, and no request fails otherwise")
def flood_told_to_wait(context, least, count):
    flood = context.stage.the(RequestFlood)
    flood.measure(context.stage, least)
    assert_that(flood.refused, every(told_to_wait()))
    assert_that(len(flood.refused), at_least(least, f"requests of {count} told to wait"))
