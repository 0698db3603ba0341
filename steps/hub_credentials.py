"""Sentences about the hub's door: ways in, false credentials, ended ones, bad registrations, guessing."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.credentials import accepted
from countersign.expect.every import every
from countersign.expect.modelhub.credentials import opens_nothing_and_says_why, refused_in_words
from countersign.expect.modelhub.errors import told_that_too_much
from countersign.expect.refusals import told_to_wait
from countersign.expect.traces import free_of
from countersign.expect.trespass import turned_away
from countersign.journeys.modelhub.access import false_credentials, signing_in
from countersign.journeys.modelhub.access.false_credentials import FalseWays, Guesses, Outstayed
from countersign.journeys.modelhub.access.signing_in import WaysIn, Wishes


@when("{persona} registers, signs in by name and address, renews the sign-in, makes a key, uses and deletes it")
def every_way_in(context, persona):
    context.stage.keep(signing_in.goes_in_every_way(context.stage.actor(persona)))


@then("each of these lets {persona} in")
def lets_in(context, persona):
    assert_that(context.stage.the(WaysIn).good, every(accepted()))


@then("the key was shown only once")
def shown_once(context):
    assert_that(context.stage.the(WaysIn).listed, free_of(context.stage.the(WaysIn).key, "the key"))


@then("the deleted key opens nothing at once")
def deleted_opens_nothing(context):
    assert_that(context.stage.the(WaysIn).deleted, every(opens_nothing_and_says_why()))


@when("somebody like {persona} registers with everything that is bad, and wishes for keys that nobody may have")
def register_wrongly(context, persona):
    context.stage.keep(signing_in.registers_wrongly(context.stage.actor(persona)))


@then("each of at least {count:d} wishes is refused in words, and no password is repeated")
def wishes_refused(context, count):
    wishes = context.stage.the(Wishes)
    signing_in.measure(context.stage, wishes, count)
    assert_that(wishes.wrong, every(refused_in_words()))


@then("none of them made an account")
def made_none(context):
    assert_that(context.stage.the(Wishes).right, every(accepted()))


@when(
    "a stranger shows every kind of false credentials of {persona} on {count:d} services and every live line of the hub"
)
def show_false(context, persona, count):
    context.stage.keep(false_credentials.shows_false_credentials(context.stage.actor(persona)))
    assert_that(context.stage.the(FalseWays).services, has_length(count))


@then("none of them opens a service of the hub, and each refusal says why")
def open_no_service(context):
    assert_that(context.stage.the(FalseWays).shown, every(opens_nothing_and_says_why()))


@then("none of them opens a live line")
def open_no_line(context):
    assert_that(context.stage.the(FalseWays).knocks, every(turned_away()))


@then("the good credentials of {persona} open those services that are read")
def good_open(context, persona):
    assert_that(context.stage.the(FalseWays).good, every(accepted()))


@when("{persona} stays longer than a short sign-in and a key of few days last")
def outstay(context, persona):
    context.stage.keep(false_credentials.outstays(context.stage.actor(persona)))


@then("both were good before their end and open nothing after it, and the refusal says so")
def over(context):
    assert_that(context.stage.the(Outstayed).before, every(accepted()))
    assert_that(context.stage.the(Outstayed).after, every(opens_nothing_and_says_why()))


@then("the ended sign-in opens no live line")
def over_at_lines(context):
    assert_that(context.stage.the(Outstayed).knocks, every(turned_away()))


@then("a renewal still lets {persona} go on at the hub")
def renewal(context, persona):
    assert_that(context.stage.the(Outstayed).renewed, every(accepted()))


@when("somebody guesses {count:d} passwords of {persona} by name and by address within a minute")
def guess(context, count, persona):
    context.stage.keep(false_credentials.guesses(context.stage.actor(persona), count))


@then("the first {count:d} guesses are wrong, and every later one is told to wait, the right password too")
def held_up(context, count):
    guesses = context.stage.the(Guesses)
    assert_that(guesses.first, has_length(count))
    assert_that(guesses.first, every(opens_nothing_and_says_why()))
    assert_that(guesses.held_up, every(told_to_wait()))


@then("being told to wait names the cause and the number of the request")
def wait_named(context):
    assert_that(context.stage.the(Guesses).held_up, every(told_that_too_much()))
