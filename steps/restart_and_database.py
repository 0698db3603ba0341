"""Sentences about a system that is killed or loses its database."""

from behave import given, then, when
from hamcrest import assert_that, equal_to, greater_than

from countersign.expect.chattrain.exchange import rated
from countersign.expect.chattrain.memory import remembers_exactly
from countersign.expect.chattrain.trouble import asked_to_come_again, refused_honestly
from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.journeys.chattrain.chat.memory import memories
from countersign.journeys.chattrain.trouble import outage
from countersign.journeys.chattrain.trouble.outage import Completed, DatabaseOutage, Restart


@given("{persona} has completed the {training} training")
def has_completed(context, persona, training):
    context.stage.keep(outage.completes(context.stage.actor(persona), training))


@when("the system is killed the moment the next line of {persona} is confirmed, and started again")
def kill_when_confirmed(context, persona):
    context.stage.keep(outage.killed_when_confirmed(context.stage.actor(persona)))


@then("the system is ready within {limit:d} seconds")
def ready_within(context, limit):
    seconds = outage.measure_start(context.stage, context.stage.the(Restart), limit)
    assert_that(seconds, within(limit, "the system ready again"))


@then("{persona} is back in his training with everything that was confirmed, and can go on")
def back_with_everything(context, persona):
    restart = context.stage.the(Restart)
    assert_that(restart.found, remembers_exactly(restart.expected))
    assert_that(restart.status, equal_to("active"), f"the state of {persona}'s training")
    assert_that(restart.after, rated())
    assert_that(restart.after.message_id, greater_than(restart.last_number), "the number of the next line")


@then("the training of {persona} is still completed, with all that was said in it")
def still_completed(context, persona):
    before = context.stage.the(Completed)
    context.stage.actor(persona).training.rejoin()
    assert_that(before.session["status"], equal_to("completed"), f"the state of {persona}'s training before the kill")
    assert_that(outage.ending_of(context.stage.actor(persona)), equal_to(before.session), "its state and end after it")
    assert_that(memories(context.stage.actor(persona)), remembers_exactly(before.messages))


@when(
    "the database is gone for {seconds:d} seconds while {talker} talks, {newcomer} asks for sessions "
    "and {waiting} waits for an answer"
)
def database_away(context, seconds, talker, newcomer, waiting):
    people = [context.stage.actor(name) for name in (talker, waiting, newcomer)]
    context.stage.keep(outage.database_away(context.stage, *people, seconds))


@then("every line of {persona} is refused within {limit:d} seconds, and none is confirmed")
def lines_refused(context, persona, limit):
    outage.measure_refusals(context.stage, context.stage.the(DatabaseOutage), limit)
    assert_that(context.stage.the(DatabaseOutage).lines, every(refused_honestly(limit, "SERVICE_UNAVAILABLE")))


@then("every wish of {persona} is turned away within {limit:d} seconds")
def wishes_turned_away(context, persona, limit):
    assert_that(context.stage.the(DatabaseOutage).sessions, every(asked_to_come_again(limit)))


@then("within {limit:d} seconds of its return lines and sessions are taken again")
def taken_again(context, limit):
    seconds = outage.measure_recovery(context.stage, context.stage.the(DatabaseOutage), limit)
    assert_that(seconds, within(limit, "lines and sessions taken again"))


@then("everything that {talker} and {waiting} had confirmed is kept, and nothing else")
def confirmed_is_kept(context, talker, waiting):
    away = context.stage.the(DatabaseOutage)
    assert_that(away.found[talker], remembers_exactly(away.expected[talker]))
    assert_that(away.found[waiting], remembers_exactly(away.expected[waiting]))
