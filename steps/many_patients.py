"""Sentences about many patients who chat at the same time."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.limits import at_least
from countersign.expect.marked import only_its_owner
from countersign.expect.most_within import most_within
from countersign.expect.operations import all_succeeded, each_within
from countersign.journeys.load_figures import excused, measure_most
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.load import database_figures, many_patients
from countersign.journeys.medassist.load.database_figures import Queries
from countersign.journeys.medassist.load.many_patients import FullHouse, Talks


@given("{count:d} patients have joined their chats")
def patients_have_joined(context, count):
    many_patients.full_house(context.stage, count)


@when(
    "each of them says {count:d} things, all at the same moment every {every:d} seconds, "
    "while {nurse} reads her queue every second"
)
def all_talk(context, count, every, nurse):
    stage = context.stage
    stage.keep(many_patients.all_talk(stage.actor(nurse), stage.the(FullHouse), count, every))


@when("each of them says {count:d} things, all at the same moment every {every:d} seconds, and {nurse} reads her queue")
def all_talk_counted(context, count, every, nurse):
    stage = context.stage
    stage.keep(database_figures.counted(stage.actor(nurse), stage.the(FullHouse), count, every))


@then("each of the {count:d} messages is answered, in the words of its own patient and of nobody else")
def each_answered(context, count):
    talks = context.stage.the(Talks)
    assert_that(talks.messages, all_succeeded(count))
    assert_that(talks.texts, every(only_its_owner()))


@then("{least:d} of {of:d} answers are whole within {limit:g} seconds of the moment their message was due")
def answers_within(context, least, of, limit):
    talks = many_patients.talks_vouched(context.stage, context.stage.the(Talks))
    times = measure_most(
        context.stage, "message to whole answer", talks.times, least=least, of=of, limit=limit, load=talks.load
    )
    assert_that(times, most_within(least, of, limit, "answers whole"))


@then("every look of {nurse} at the queue took less than {limit:d} seconds")
def looks_within(context, nurse, limit):
    talks = context.stage.the(Talks)
    times = [look.seconds for look in talks.looks]
    longest = measure_longest(context.stage, "reading the queue", times, below=limit, load=talks.load)
    assert_that(talks.looks, all_succeeded(1))
    excused(context.stage, missed=longest >= limit)
    assert_that(talks.looks, each_within(limit))


@then("{least:d} of 100 of at least {required:d} questions to the database took at most 100 milliseconds")
def queries_within(context, least, required):
    queries = context.stage.the(Queries)
    share = database_figures.measure_queries(context.stage, queries, least, required)
    assert_that(share, at_least(least, "of 100 questions to the database within 100 ms"))
