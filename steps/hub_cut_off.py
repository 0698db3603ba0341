"""Sentences about a hub whose source of models is cut off, and about what happens when it comes back."""

from behave import then, when
from hamcrest import assert_that, equal_to

from countersign.expect.every import every
from countersign.expect.modelhub.generation import completed_with_result
from countersign.expect.modelhub.offline import given_up_offline, keeps_installed, no_server_error, says_offline_within
from countersign.expect.modelhub.returning import fetched_once, goes_on_within, told_alike
from countersign.journeys.modelhub.outages import offline, returning
from countersign.journeys.modelhub.outages.offline import CutOff
from countersign.journeys.modelhub.outages.returning import Returns


@when(
    "the source of models is cut off for {seconds:d} seconds while {persona} uses {models} "
    "and begins to download {missing}"
)
def cut_off(context, seconds, persona, models, missing):
    context.stage.keep(offline.works_offline(context.stage.actor(persona), models, missing, seconds))


@then("within {limit:d} seconds the hub says that it is offline")
def says_offline(context, limit):
    assert_that(context.stage.the(CutOff).looks, says_offline_within(limit))


@then("all the time both installed models are available, and only these are suggested")
def all_available(context):
    cut = context.stage.the(CutOff)
    assert_that(cut.looks, every(keeps_installed(cut.installed)))


@then("each of the {count:d} generations is completed, and nothing that is asked for meets an error of the hub")
def completed(context, count):
    cut = context.stage.the(CutOff)
    offline.measure(context.stage, cut, no_server_error())
    assert_that(cut.asked, every(no_server_error()))
    assert_that(len(cut.tasks), equal_to(count), "the generations")
    assert_that(cut.tasks, every(completed_with_result()))


@then("the new download is given up with its cause and at least 2 fitting things to do")
def given_up(context):
    assert_that(context.stage.the(CutOff).download, given_up_offline())


@when("the source is cut off for a moment in the middle of 3 downloads of {persona}, and later until all are given up")
def cut_off_twice(context, persona):
    context.stage.keep(returning.is_cut_off_twice(context.stage.actor(persona)))


@when("3 downloads of {persona} meet {kinds} in turn")
def bad_lines(context, persona, kinds):
    context.stage.keep(returning.meets_bad_lines(context.stage.actor(persona), returning.kinds_of(kinds)))


@then("after both cuts each of the 3 goes on by itself within {limit:d} seconds of the return")
def go_on(context, limit):
    returns = context.stage.the(Returns)
    returning.measure(context.stage, returns, limit)
    assert_that(returns.each, every(goes_on_within(limit)))


@then("each of the 3 arrives with at most 1 MB fetched twice for each cut")
def arrives(context):
    arrived = context.stage.the(Returns).arrived
    assert_that(len(arrived), equal_to(3), "the downloads")
    assert_that(arrived, every(fetched_once()))


@then("status, notices and disk say the same of each: available, with exactly the published bytes")
def agree(context):
    assert_that(context.stage.the(Returns).arrived, every(told_alike()))
