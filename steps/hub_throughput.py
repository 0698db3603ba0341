"""Sentences about how much the hub does, how quickly it answers beside other work, and whether that lasts."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.limits import at_least, at_most, within
from countersign.expect.modelhub.moving import went_on
from countersign.expect.modelhub.throughput import as_quick_as_agreed
from countersign.expect.operations import all_succeeded
from countersign.journeys.modelhub.pace import throughput, undisturbed
from countersign.journeys.modelhub.pace.throughput import Crowds, LeastOfAll, Sustained
from countersign.journeys.modelhub.pace.undisturbed import Undisturbed


@when(
    "{persona} looks {count:d} times at the status while 5 others read statistics and recovery, one has models "
    "inspected, and 3 downloads run"
)
def look_undisturbed(context, persona, count):
    context.stage.keep(undisturbed.looks_undisturbed(context.stage.actor(persona), count))


@then("95 of 100 of at least {required:d} looks at the status take less than {limit:d} milliseconds")
def looks_within(context, required, limit):
    seconds = undisturbed.measure_looks(context.stage, context.stage.the(Undisturbed), limit / 1000, required)
    assert_that(seconds, within(limit / 1000, "95 of 100 looks at the status beside other work"))


@then("every answer with statistics comes within {limit:d} milliseconds")
def statistics_within(context, limit):
    seconds = undisturbed.measure_statistics(context.stage, context.stage.the(Undisturbed), limit / 1000)
    assert_that(seconds, within(limit / 1000, "the slowest answer with statistics"))


@then("all 3 downloads run on meanwhile, and none of at least {least:d} calls fails")
def others_went_on(context, least):
    found = context.stage.the(Undisturbed)
    assert_that(found.downloads, every(went_on()))
    assert_that(found.everything, all_succeeded(least))


@when("{persona} asks each part from 5 places without a pause for {seconds:d} seconds, unless this run has measured it")
def ask_each_part(context, persona, seconds):
    context.stage.keep(throughput.asks_each_part(context.stage.actor(persona), context.table, seconds))


@then("each part answers at least as many calls a second as its row says")
def least_of_each(context):
    reached = throughput.least_figures(context.stage, context.stage.the(LeastOfAll))
    assert_that(reached, every(as_quick_as_agreed()))


@when("{persona} asks for everything from {few:d} and from {many:d} places in turn, twice {seconds:d} seconds each")
def ask_from_more(context, persona, few, many, seconds):
    context.stage.keep(throughput.asks_from_more_and_more(context.stage.actor(persona), few, many, seconds))


@then("the {many:d} places get at least {least:d} percent of the calls a second that the {few:d} get")
def peak_holds(context, many, least, few):
    percent = throughput.peak_figure(context.stage, context.stage.the(Crowds), least)
    assert_that(percent, at_least(least, f"percent of the calls a second of {few} places for {many}"))


@then("none of the calls from the {few:d} and the {many:d} places fails")
def crowds_served(context, few, many):
    assert_that(context.stage.the(Crowds).operations, all_succeeded(few + many))


@when("{persona} keeps asking for everything from {count:d} places {pauses} for {seconds:d} seconds")
def keep_asking(context, persona, count, pauses, seconds):
    context.stage.keep(throughput.keeps_asking(context.stage.actor(persona), count, pauses, seconds))


@then("the last third answers at least {least:d} percent of the calls a second of the first")
def rate_lasts(context, least):
    percent = throughput.sustained_rate(context.stage, context.stage.the(Sustained), least)
    assert_that(percent, at_least(least, "percent of the first third's calls a second in the last one"))


@then("95 of 100 calls of the last third take at most {most:g} times as long as those of the first")
def times_last(context, most):
    times = throughput.sustained_times(context.stage, context.stage.the(Sustained), most)
    assert_that(times, at_most(most, "times the first third's 95th percentile in the last one"))
