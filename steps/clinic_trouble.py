"""Sentences about an AI that fails patients, and what the health tells of it."""

from behave import given, then, when
from hamcrest import assert_that, has_length, is_

from countersign.expect.every import every
from countersign.expect.medassist.fallback import answered_by_the_ai, honest_fallback
from countersign.expect.medassist.health_picture import alive, all_well, degraded_but_ready, unusable
from countersign.expect.most_within import most_within
from countersign.expect.outage_told import telling_in_time
from countersign.journeys.changes import measure_change
from countersign.journeys.load_figures import measure_most
from countersign.journeys.medassist.trouble import failing_ai, health_watch
from countersign.journeys.medassist.trouble.failing_ai import AiTrouble, Ward
from countersign.journeys.medassist.trouble.health_watch import Watch


@given("{count:d} patients are in their chats and {nurse} is on duty")
def patients_in_chats(context, count, nurse):
    failing_ai.ward(context.stage, count, context.stage.actor(nurse))


@when("the AI fails {count:d} of their messages in each of these ways while the clinic goes on")
def ai_fails(context, count):
    ways = [row["way"] for row in context.table]
    context.stage.keep(failing_ai.ai_fails(context.stage, context.stage.the(Ward), ways, count))


@when("the AI is switched off while each of them says {count:d} things and the clinic goes on")
def ai_switched_off(context, count):
    context.stage.keep(failing_ai.ai_switched_off(context.stage, context.stage.the(Ward), count))


@then("each of {count:d} messages brings within {limit:d} seconds an honest answer in place of the AI, and no half one")
def honest_answers(context, count, limit):
    trouble = context.stage.the(AiTrouble)
    turns = failing_ai.measure_fallbacks(context.stage, trouble, limit, count)
    assert_that(turns, every(honest_fallback(limit, failing_ai.word_of_fallback())))
    assert_that(turns, has_length(count))


@then("the message after each of the {count:d} ways is answered by the AI")
def answered_afterwards(context, count):
    after = context.stage.the(AiTrouble).after
    assert_that(after, every(answered_by_the_ai()))
    assert_that(after, has_length(count))


@then("{least:d} of 100 emergencies, looks at the queue, decisions and sign-ins took less than {limit:d} second")
def everything_else(context, least, limit):
    times = context.stage.the(AiTrouble).treated.times
    measure_most(context.stage, "everything else", times, least=least, of=100, limit=limit, load="the AI failing")
    assert_that(times, most_within(least, 100, limit, "emergencies, looks, decisions and sign-ins done"))


@then("the health tells within {limit:d} seconds that the AI is not well")
def health_degraded(context, limit):
    told = context.stage.the(AiTrouble).told
    measure_change(context.stage, "AI lost to degraded", told, limit)
    assert_that(told, telling_in_time("the AI is not well", limit))


@then("every report made meanwhile is marked as made without the AI")
def reports_degraded(context):
    reports = context.stage.the(AiTrouble).treated.reports
    assert_that(
        [report.degraded for report in reports], every(is_(True)), "which reports are marked as made without AI"
    )


@when("the AI and then the database of the clinic are lost and given back")
def lost_and_given_back(context):
    context.stage.keep(health_watch.watched(context.stage))


@then("with all up the health said that everything is healthy and ready")
def healthy_at_rest(context):
    assert_that(context.stage.the(Watch).at_rest, all_well())


@then("within {limit:d} seconds of the loss of the AI it said degraded but ready, until its return")
def ai_told(context, limit):
    outage = context.stage.the(Watch).ai
    measure_change(context.stage, "AI lost to degraded", outage.loss, limit)
    assert_that(outage.loss, telling_in_time("the AI is not well", limit))
    assert_that(outage.meanwhile, every(degraded_but_ready()))


@then("within {limit:d} seconds of the loss of the database it said unhealthy and not ready, until its return")
def database_told(context, limit):
    outage = context.stage.the(Watch).database
    measure_change(context.stage, "database lost to unhealthy", outage.loss, limit)
    assert_that(outage.loss, telling_in_time("nothing can be served", limit))
    assert_that(outage.meanwhile, every(unusable()))


@then("within {limit:d} seconds of each return it said healthy and ready again")
def healthy_again(context, limit):
    watch = context.stage.the(Watch)
    measure_change(context.stage, "AI back to healthy", watch.ai.recovery, limit)
    measure_change(context.stage, "database back to healthy", watch.database.recovery, limit)
    assert_that(watch.ai.recovery, telling_in_time("all is well after the return of the AI", limit))
    assert_that(watch.database.recovery, telling_in_time("all is well after the return of the database", limit))


@then("at every look it said that the system is alive")
def always_alive(context):
    assert_that(context.stage.the(Watch).pictures, every(alive()))
