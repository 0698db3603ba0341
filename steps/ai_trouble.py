"""Sentences about an AI that fails or hangs."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.chattrain.exchange import rated
from countersign.expect.chattrain.reply_time import replied_within
from countersign.expect.chattrain.trouble import not_asked_too_often, polite_notice, truly_rated
from countersign.expect.chattrain.undisturbed import undisturbed
from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.journeys.chattrain.trouble import ai_hang, ai_trouble
from countersign.journeys.chattrain.trouble.ai_hang import HangingAi
from countersign.journeys.chattrain.trouble.ai_trouble import AiTrouble


@given("{count:d} trainees are in the {training} training")
def are_in_training(context, count, training):
    ai_trouble.in_training(context.stage, count, training)


@when("the AI fails each of them in another way")
def ai_fails(context):
    ways = [row["way"] for row in context.table]
    context.stage.keep(ai_trouble.ai_fails(context.stage, ways))


@then("each of them reads a polite notice within {limit:d} seconds")
def polite_notices(context, limit):
    exchanges = context.stage.the(AiTrouble).exchanges
    ai_trouble.measure_notices(context.stage, exchanges, limit)
    assert_that(exchanges, every(polite_notice(limit)))


@then("each of their lines has its true score")
def true_scores(context):
    assert_that(context.stage.the(AiTrouble).exchanges, every(truly_rated(ai_trouble.true_score())))


@then("the AI was asked at most twice for a line, and once where it refused the key")
def asked_at_most_twice(context):
    assert_that(context.stage.the(AiTrouble).counted, every(not_asked_too_often()))


@then("the rest of the system answered all the while")
def rest_answered(context):
    assert_that(context.stage.the(AiTrouble).meanwhile, every(undisturbed()))


@then("the customer answers the next line of each of them")
def next_line_of_each(context):
    assert_that([failure.after for failure in context.stage.the(AiTrouble).failures], every(rated()))


@when("the AI hangs on a line of {persona} while the others go on talking")
def ai_hangs(context, persona):
    context.stage.keep(ai_hang.ai_hangs(context.stage, context.stage.actor(persona)))


@then(
    "{persona} reads a polite notice within {limit:d} seconds, and his other questions are answered "
    "within {aside:d} seconds"
)
def notice_of_the_hang(context, persona, limit, aside):
    hang = context.stage.the(HangingAi)
    ai_hang.measure_hang(context.stage, hang, limit, aside)
    assert_that(hang.asides, every(within(aside, f"another question of {persona}, while the AI hung, answered")))
    assert_that(hang.exchange, polite_notice(limit))


@then("the customer answers every line of the others within {limit:d} seconds")
def others_answered(context, limit):
    hang = context.stage.the(HangingAi)
    ai_hang.measure_others(context.stage, hang, limit)
    assert_that(hang.others, every(replied_within(limit)))
    assert_that(hang.others, every(rated()))


@then("no look at the system's health took longer than {limit:d} second")
def health_in_time(context, limit):
    hang = context.stage.the(HangingAi)
    assert_that(ai_hang.measure_health(context.stage, hang, limit), within(limit, "the health check answered"))


@then("the customer answers the next line of {persona}")
def next_line_answered(context, persona):
    assert_that(context.stage.the(HangingAi).after, rated())
