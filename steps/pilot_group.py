"""Sentences about the pilot group: several people who use the system at once."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.limits import at_least, more_than, within
from countersign.expect.operations import all_succeeded, each_within, fewer_failed_than
from countersign.journeys.chattrain.group_talk import Chats, Talk, join_all, talk_at_once
from countersign.journeys.chattrain.load.api_work import ApiWork, work_for, work_in_rounds
from countersign.journeys.chattrain.load.load_runs import LoadRuns, work_and_talk
from countersign.journeys.chattrain.pilot_group import PilotGroup, group_of, pilot_group
from countersign.journeys.chattrain.whole_visit import Visits, visit_together
from countersign.journeys.measuring import (
    measure_average,
    measure_count,
    measure_longest,
    measure_rate,
    measure_share_failed,
)

SUSTAINED = 30
"""The least number of requests under sustained load: one a second for half a minute (criterion CT-LOAD-02)."""


@given("the pilot users know the {training} training")
def pilot_users_know(context, training):
    pilot_group(context.stage, training)


@given("{count:d} people know the {training} training")
def people_know(context, count, training):
    group_of(context.stage, count, training)


@given("the pilot users have joined their chats of the {training} training")
def pilot_users_joined(context, training):
    join_all(pilot_group(context.stage, training))


@given("{count:d} people have joined their chats of the {training} training")
def people_joined(context, count, training):
    join_all(group_of(context.stage, count, training))


@when("each pilot user asks {rounds:d} times for health, trainings, a session and a document")
def ask_in_rounds(context, rounds):
    kinds = ("health", "trainings", "session", "document")
    context.stage.keep(work_in_rounds(context.stage.the(PilotGroup), kinds, rounds))


@when("they keep asking for health, trainings and documents for {seconds:d} seconds")
def keep_asking(context, seconds):
    kinds = ("health", "trainings", "document list", "document")
    context.stage.keep(work_for(context.stage.the(PilotGroup), kinds, seconds))


@when("each pilot user answers the customer {count:d} times, all at the same time")
def answer_together(context, count):
    context.stage.keep(talk_at_once(context.stage, context.stage.the(Chats).trainings, count))


@when("each pilot user walks through both trainings with {lines:d} lines each, without thinking time")
def walk_through_both(context, lines):
    context.stage.keep(visit_together(context.stage, ("customer service", "claim handling"), lines))


@when(
    "each pilot user asks {rounds:d} times for health, trainings, documents and a document, "
    "and then says {lines:d} lines in a session"
)
def ask_and_talk(context, rounds, lines):
    kinds = ("health", "trainings", "document list", "document")
    context.stage.keep(work_and_talk(context.stage.the(PilotGroup), kinds, rounds, lines))


@then("at least {least:d} requests are made and all of them succeed")
def all_requests_succeed(context, least):
    assert_that(context.stage.the(ApiWork).operations, all_succeeded(least))


@then("each of at least {least:d} answers comes within {limit:d} seconds")
def each_request_within(context, least, limit):
    work = context.stage.the(ApiWork)
    measure_longest(context.stage, "answer to a request", work.times, below=limit, load=work.load, required=least)
    assert_that(work.operations, each_within(limit))


@then("all requests together take less than {limit:d} seconds")
def requests_done_within(context, limit):
    work = context.stage.the(ApiWork)
    measure_longest(context.stage, "all requests together", [work.seconds], below=limit, load=work.load)
    assert_that(work.seconds, within(limit, "all requests"))


@then("more than {rate:d} request per second is answered")
def requests_per_second(context, rate):
    work = context.stage.the(ApiWork)
    many, load = len(work.times), work.load
    answered = work.answered_a_second
    measure_rate(context.stage, "answered requests", answered, of=many, above=rate, load=load, required=SUSTAINED)
    assert_that(answered, more_than(rate, "answered requests a second"))


@then("fewer than {percent:d} of 100 requests fail")
def few_requests_fail(context, percent):
    work = context.stage.the(ApiWork)
    measure_share_failed(
        context.stage, "failed requests", work.operations, below=percent, load=work.load, required=SUSTAINED
    )
    assert_that(work.operations, fewer_failed_than(percent, least=SUSTAINED))


@then("at least {count:d} lines are all answered, each within {limit:d} seconds")
@then("all {count:d} of them are answered, each within {limit:d} seconds of its own sending")
def lines_answered_within(context, count, limit):
    talk = context.stage.the(Talk)
    measure_longest(context.stage, "reply", talk.reply_times, below=limit, load=talk.load, required=count)
    assert_that(talk.operations, each_within(limit))
    assert_that(talk.operations, all_succeeded(count))


@then("all conversations together take less than {limit:d} seconds")
def conversations_done_within(context, limit):
    talk = context.stage.the(Talk)
    measure_longest(context.stage, "all conversations together", [talk.seconds], below=limit, load=talk.load)
    assert_that(talk.seconds, within(limit, "all conversations"))


@then("the average time of at least {least:d} sessions is on record")
def session_time_on_record(context, least):
    talk = context.stage.the(Talk)
    measure_average(context.stage, "session", talk.sessions, below=None, load=talk.load, required=least)


@then("at least {least:d} of {of:d} users finish")
def users_finish(context, least, of):
    visits = context.stage.the(Visits)
    needed, everybody, load = visits.share(least, of), len(visits.visits), visits.load
    measure_count(
        context.stage, "users who finished", visits.finished, least=needed, of=everybody, load=load, required=of
    )
    assert_that(visits.finished, at_least(needed, visits.told_of("users who finished")))


@then("at least {least:d} of {of:d} sessions are held to their end")
def sessions_held(context, least, of):
    visits = context.stage.the(Visits)
    needed, begun, load = visits.share(least, of, each=2), visits.begun, visits.load
    measure_count(context.stage, "sessions held", visits.held, least=needed, of=begun, load=load, required=of)
    assert_that(visits.held, at_least(needed, visits.told_of("sessions held")))


@then("a user needs less than {limit:d} seconds on average")
def user_needs_on_average(context, limit):
    visits = context.stage.the(Visits)
    average = measure_average(context.stage, "visit of a user", visits.times, below=limit, load=visits.load, required=5)
    assert_that(average, within(limit, "the visit of a user, on average,"))


@then("the last user is done within {limit:d} seconds")
def last_user_done(context, limit):
    visits = context.stage.the(Visits)
    measure_longest(context.stage, "all visits together", [visits.seconds], below=limit, load=visits.load)
    assert_that(visits.seconds, within(limit, "all visits"))


@then("of at least {least:d} operations under load fewer than {percent:d} of 100 failed")
def few_operations_failed(context, least, percent):
    runs = context.stage.the(LoadRuns)
    measure_share_failed(
        context.stage, "failed operations", runs.operations, below=percent, load=runs.load, required=least
    )
    assert_that(runs.operations, fewer_failed_than(percent, least))
