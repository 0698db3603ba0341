"""Sentences about heavy work at the hub: many downloads at once, and what is left of it."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.modelhub.rounds import cleaned_up, grew_by_at_most, memory_came_back
from countersign.expect.modelhub.rush import fetched_once, one_of_two_accepted
from countersign.expect.modelhub.sum import holds_for_the_sum, sum_follows
from countersign.expect.most_within import most_within
from countersign.expect.operations import all_succeeded
from countersign.journeys.modelhub.load import rounds, rush, shared_limit
from countersign.journeys.modelhub.load.rounds import Rounds
from countersign.journeys.modelhub.load.rush import Rush
from countersign.journeys.modelhub.load.shared_limit import SharedLimit


@when("{count:d} users start {models:d} downloads, of which {lanes:d} run at a time, each asked for by two users")
def start_many(context, count, models, lanes):
    context.stage.keep(rush.starts_many(context.stage, models, count, lanes))


@then("{models:d} starts are accepted, one for each model, and the other {others:d} are refused as already running")
def one_of_two(context, models, others):
    assert_that(context.stage.the(Rush).starts, one_of_two_accepted(models))


@then("all {models:d} models are available, and each of their files left the source once")
def all_arrived(context, models):
    assert_that(context.stage.the(Rush).models, every(fetched_once()))


@then("all starts are asked for and answered within {limit:d} seconds")
def started_together(context, limit):
    span = rush.measure_span(context.stage, context.stage.the(Rush), limit)
    assert_that(span, within(limit, "all starts asked for and answered"))


@then("{share:d} of 100 looks at the status meanwhile take at most {limit:d} ms")
def looks_quick(context, share, limit):
    seen = context.stage.the(Rush)
    times = rush.measure_looks(context.stage, seen, share, limit / 1000)
    assert_that(seen.looks, all_succeeded(1))
    assert_that(times, most_within(share, 100, limit / 1000, "looks at the status answered"))


@then("the success rate, the response times and what it took of the machine are on record")
def rush_on_record(context):
    rush.measure_rush(context.stage, context.stage.the(Rush))


@when(
    "{persona} downloads {count:d} models at once under a limit of {limit:d} Mbps for all, which is halved on the way"
)
def downloads_under_limit(context, persona, count, limit):
    context.stage.keep(shared_limit.downloads_limited(context.stage.actor(persona), count, limit))


@then("in any 3 seconds at most 110 percent of the limit leaves the source, and on the whole at least 70 percent")
def limit_of_sum_holds(context):
    seen = shared_limit.measure(context.stage, context.stage.the(SharedLimit))
    assert_that(seen.flow, holds_for_the_sum())


@then("the halved limit is in force after {seconds:d} seconds")
def halved_limit_in_force(context, seconds):
    assert_that(context.stage.the(SharedLimit).flow, sum_follows(seconds))


@then("{share:d} of 100 calls of other users meanwhile take at most {limit:d} ms")
def others_quick(context, share, limit):
    seen = context.stage.the(SharedLimit)
    times = shared_limit.measure_others(context.stage, seen, share, limit / 1000)
    assert_that(seen.others, all_succeeded(1))
    assert_that(times, most_within(share, 100, limit / 1000, "calls of others answered"))


@when("the hub does {count:d} rounds of {downloads:d} downloads, looks into the files, cancels and {calls:d} calls")
def many_rounds(context, count, downloads, calls):
    context.stage.keep(rounds.goes_through(context.stage, count, downloads, calls))


@then("its memory has grown by at most {limit:d} MB, and over the second ten rounds by at most {trend:d} MB")
def memory_grew_little(context, limit, trend):
    seen = rounds.measure(context.stage, context.stage.the(Rounds), limit)
    assert_that(seen.memory, grew_by_at_most(limit, trend))


@then("within {seconds:d} seconds of rest it is within {limit:d} MB of what it was at the start")
def memory_back(context, seconds, limit):
    seen = rounds.rests(context.stage, context.stage.the(Rounds), seconds, limit)
    assert_that(seen.memory, memory_came_back(limit))


@then("nothing unfinished, no file and no open connection is left behind")
def nothing_left_behind(context):
    seen = context.stage.the(Rounds)
    assert_that(rounds.left_behind(context.stage, seen), cleaned_up())
