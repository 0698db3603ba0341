"""Sentences about a clinic whose database, process or AI goes away and comes back."""

from behave import then, when
from hamcrest import assert_that, equal_to, has_length

from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.medassist.turned_away import asked_back_later, refused_and_not_promised
from countersign.journeys.medassist.models.prediction_rush import AtWork
from countersign.journeys.medassist.trouble import comebacks, without_database
from countersign.journeys.medassist.trouble.comebacks import Comebacks, OrderlyStop
from countersign.journeys.medassist.trouble.without_database import WithoutDatabase


@when("the database is down and then hangs while {patient} complains, {alarmed} has an emergency and {nurse} works")
def database_away(context, patient, alarmed, nurse):
    people = [context.stage.actor(name) for name in (patient, alarmed, nurse)]
    context.stage.keep(without_database.database_down_and_hanging(*people))


@then("every wish is turned away within {limit:d} seconds with the time to come again")
def wishes_turned_away(context, limit):
    outage = context.stage.the(WithoutDatabase)
    without_database.measure_refusals(context.stage, outage, limit)
    assert_that(outage.wishes, every(asked_back_later(limit)))


@then("every message is refused within {limit:d} seconds and none acknowledged, but an emergency brings its advice")
def messages_refused(context, limit):
    assert_that(context.stage.the(WithoutDatabase).chats, every(refused_and_not_promised(limit)))


@then("the system says that it is alive and not ready")
def alive_not_ready(context):
    outage = context.stage.the(WithoutDatabase)
    assert_that(outage.live, every(equal_to(200)), "the word that it is alive")
    assert_that(outage.ready, every(equal_to(503)), "the word that it is not ready")


@then("nothing of what was refused is kept")
def nothing_kept(context):
    before, after = context.stage.the(WithoutDatabase).kept
    assert_that(after, equal_to(before), "the messages kept of both patients")


@when("the system {what} {times:d} times")
def goes_and_comes(context, what, times):
    context.stage.keep(comebacks.comes_and_goes(context.stage.the(AtWork), what, times))


@then("each of the {times:d} times a message is answered by the AI within {limit:d} seconds of the return")
def answered_again(context, times, limit):
    seconds = comebacks.measure_comebacks(context.stage, context.stage.the(Comebacks), limit, times)
    assert_that(seconds, has_length(times))
    assert_that(seconds, every(within(limit, "a message answered by the AI again")))


@when("the system is stopped in good order while a prediction runs")
def stopped_in_good_order(context):
    context.stage.keep(comebacks.stopped_while_running(context.stage.the(AtWork)))


@then("the running prediction is still answered")
def still_answered(context):
    running = context.stage.the(OrderlyStop).running
    assert_that(running.status, equal_to(200), "how the running prediction was answered")


@then("the chat is closed with the word that the system goes down")
def closed_as_going_down(context):
    assert_that(context.stage.the(OrderlyStop).close_code, equal_to(1001), "the code with which the chat was closed")
