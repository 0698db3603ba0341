"""Sentences about watching the hub: its parts, its alerts, its figures."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.modelhub.counted import counted_as_done, telling_of_each_process
from countersign.expect.modelhub.parts import back_within, one_alert_at_each_end, told_by_name_within, well_again_within
from countersign.expect.traces import free_of
from countersign.journeys.modelhub.monitoring import counting, parts_away
from countersign.journeys.modelhub.monitoring.counting import Accounts
from countersign.journeys.modelhub.monitoring.parts_away import AnsweringPart, PartsAway


@when("each part of the hub goes away in turn and comes back, while {persona} watches health and alerts")
def parts_go_away(context, persona):
    context.stage.keep(parts_away.watches_each_part(context.stage.actor(persona)))


@then(
    "the health tells within {limit:d} seconds which part is down, and that the hub is unusable only without database"
)
def told_in_time(context, limit):
    away = context.stage.the(PartsAway)
    parts_away.measure(context.stage, away, limit)
    assert_that(away.outages, every(told_by_name_within(limit)))


@then("it is good again within {limit:d} seconds of the return of each part")
def well_in_time(context, limit):
    assert_that(context.stage.the(PartsAway).outages, every(well_again_within(limit)))


@then("there was one alert when each outage began and one when it was over")
def alerts_told(context):
    away = context.stage.the(PartsAway)
    assert_that(away.alerts, one_alert_at_each_end(away.parts))


@then("alerts of parts without which messages still flow came live")
def alerts_live(context):
    away = context.stage.the(PartsAway)
    assert_that(away.live, one_alert_at_each_end(away.told_live))


@when("the part of the hub that answers is stopped and started while {persona} looks at the health")
def answering_part(context, persona):
    context.stage.keep(parts_away.loses_the_answering_part(context.stage.actor(persona)))


@then("nobody answers meanwhile, and the health is good within {limit:d} seconds of the start")
def back(context, limit):
    assert_that(context.stage.the(AnsweringPart), back_within(limit))


@when("{persona} does known numbers of everything that is counted at the hub")
def do_known_numbers(context, persona):
    context.stage.keep(counting.accounts_for_everything(context.stage.actor(persona)))


@then("the figures changed by exactly what was done")
def changed_as_done(context):
    counting.measure(context.stage, context.stage.the(Accounts))
    assert_that(context.stage.the(Accounts).counted, every(counted_as_done()))


@then("they tell memory, processor time and open files of each process")
def tell_of_processes(context):
    accounts = context.stage.the(Accounts)
    assert_that(accounts.uses, telling_of_each_process(accounts.processes))


@then("they hold no prompt, no name and no token")
def hold_nothing_personal(context):
    accounts = context.stage.the(Accounts)
    assert_that(accounts.printed, free_of(accounts.personal, "anybody"))
