"""Sentences about how long single answers take."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.limits import at_least, within
from countersign.expect.operations import all_succeeded, each_within
from countersign.journeys.chattrain.chat.answer_times import (
    FIRST_STEPS,
    Reloads,
    reload_while_watching,
    use_and_connect,
)
from countersign.journeys.chattrain.chat.in_company import AloneAndTogether, talk_alone_then_together
from countersign.journeys.chattrain.group_talk import Chats, Talk, burst_at_once
from countersign.journeys.chattrain.load.api_work import AloneAndAtOnce, ApiWork, work_alone_then_at_once
from countersign.journeys.chattrain.pilot_group import PilotGroup
from countersign.journeys.measuring import (
    measure_average,
    measure_each_percentile,
    measure_longest,
    measure_percentile,
    measure_rate,
    measure_share,
)

EVERY_KIND = ("health", "trainings", "session", "document list", "document")


@when("they ask for health, trainings, a session, documents and a document, first one by one and then at once")
def ask_alone_then_at_once(context):
    context.stage.keep(work_alone_then_at_once(context.stage.the(PilotGroup), EVERY_KIND, 4))


@then("{percent:d} of 100 out of at least {least:d} answers came within {limit:d} seconds")
def percentile_of_answers(context, percent, least, limit):
    work = context.stage.the(AloneAndAtOnce).both
    measured = measure_percentile(
        context.stage, "answer to a request", work.times, percent, below=limit, load=work.load, required=least
    )
    assert_that(measured, within(limit, f"{percent} of 100 answers"))


@then("{percent:d} of 100 came within {limit:d} seconds both alone and in company")
def percentile_of_each(context, percent, limit):
    work = context.stage.the(AloneAndAtOnce)
    parts = {part.load: part.times for part in (work.alone, work.at_once)}
    measured = measure_each_percentile(context.stage, "answer to a request", parts, percent, below=limit)
    assert_that(measured, every(within(limit, f"{percent} of 100 answers, alone as well as in company,")))


@then("every one of at least {least:d} requests was answered, none after {limit:d} seconds")
def every_request_answered(context, least, limit):
    operations = context.stage.the(AloneAndAtOnce).both.operations
    assert_that(operations, all_succeeded(least))
    assert_that(operations, each_within(limit))


@when("one person says {alone:d} lines alone and then {count:d} connected people say {together:d} lines between them")
def talk_alone_then_in_company(context, alone, count, together):
    context.stage.keep(talk_alone_then_together(context.stage.the(PilotGroup), alone, together))


@then("each of the {count:d} lines is answered within {limit:d} seconds")
def every_line_answered(context, count, limit):
    talk = context.stage.the(AloneAndTogether)
    measure_longest(context.stage, "reply", talk.reply_times, below=limit, load=talk.load, required=count)
    assert_that(talk.operations, each_within(limit))
    assert_that(talk.operations, all_succeeded(count))


@then("the {count:d} answers take less than {limit:d} seconds on average")
def answers_on_average(context, count, limit):
    talk = context.stage.the(AloneAndTogether)
    times = talk.reply_times
    average = measure_average(context.stage, "reply", times, below=limit, load=talk.load, required=count)
    assert_that(average, within(limit, "the customer's reply, on average,"))


@then("the time to the feedback of the {count:d} lines is on record")
def feedback_on_record(context, count):
    talk = context.stage.the(AloneAndTogether)
    measure_average(context.stage, "feedback", talk.feedback_times, below=None, load=talk.load, required=count)


@when("{persona} sends {count:d} lines without waiting for an answer")
def send_without_waiting(context, persona, count):
    training = context.stage.actor(persona).training
    context.stage.keep(burst_at_once(context.stage, [training], count))


@when("all of them send {count:d} lines each without waiting for an answer")
def all_send_without_waiting(context, count):
    context.stage.keep(burst_at_once(context.stage, context.stage.the(Chats).trainings, count))


@then("at least {percent:d} of 100 lines are answered")
def share_answered(context, percent):
    talk = context.stage.the(Talk)
    answered = talk.answered_of_100
    measure_share(context.stage, "answered lines", answered, least=percent, of=len(talk.operations), load=talk.load)
    assert_that(answered, at_least(percent, "answered lines of 100"))


@then("answers come at {rate:d} per second or more")
def answers_a_second(context, rate):
    talk = context.stage.the(Talk)
    measure_rate(context.stage, "replies", talk.replies_a_second, of=len(talk.reply_times), least=rate, load=talk.load)
    assert_that(talk.replies_a_second, at_least(rate, "replies a second"))


@when("they ask for health and trainings, start a session and join its chat {count:d} times")
def first_steps(context, count):
    context.stage.keep(use_and_connect(context.stage.the(PilotGroup), count))


@then("of {least:d} {what} {percent:d} in 100 take less than {limit:d} second")
@then("of {least:d} {what} {percent:d} in 100 take less than {limit:d} seconds")
def first_steps_take(context, least, what, percent, limit):
    work = context.stage.the(ApiWork).only(FIRST_STEPS[what])
    measured = measure_percentile(context.stage, what, work.times, percent, below=limit, load=work.load, required=least)
    assert_that(work.operations, all_succeeded(least))
    assert_that(measured, within(limit, f"{percent} of 100 {what}"))


@when("the content is reloaded {count:d} times at once")
def reload_at_once(context, count):
    context.stage.keep(reload_while_watching(context.stage, count))


@then("at least {least:d} looks at health meanwhile were all answered within {limit:d} second")
def health_meanwhile(context, least, limit):
    seen = context.stage.the(Reloads)
    times = [look.seconds for look in seen.looks]
    measure_longest(context.stage, "health", times, below=limit, load=seen.load, required=least)
    assert_that(seen.looks, each_within(limit))
    assert_that(seen.looks, all_succeeded(least))


@then("all {count:d} reloads succeeded")
def reloads_succeeded(context, count):
    assert_that(context.stage.the(Reloads).reloads, all_succeeded(count))
