"""Sentences about the nurses' queue: what stands in it, in which order, and how it is counted."""

from behave import given, then, when
from hamcrest import any_of, assert_that, empty

from countersign.expect.every import every
from countersign.expect.medassist.listed import found_all, only_matches, paged_through, sessions_as_asked
from countersign.expect.medassist.nurse_queue import growing, holding, in_order, truly_counted
from countersign.expect.trespass import denied
from countersign.journeys.measuring import measure_matching
from countersign.journeys.medassist.nursing import filters, queue_looks, standing
from countersign.journeys.medassist.nursing.filing import Pile, files_mixed
from countersign.journeys.medassist.nursing.filters import Narrowed
from countersign.journeys.medassist.nursing.queue_looks import QueueLook
from countersign.journeys.medassist.nursing.standing import Desk


@given("{count:d} reports of {persona} wait, of every urgency in mixed order")
def reports_wait(context, count, persona):
    context.stage.keep(files_mixed(context.stage.actor(persona), count))


@when("{persona} looks through the queue")
def looks_through(context, persona):
    stage = context.stage
    stage.keep(queue_looks.looks_through(stage.actor(persona), stage.the(Pile)))


@then("all {count:d} reports are in the queue: red flags first, then by urgency, then the longest waiting")
def queue_in_order(context, count):
    look = context.stage.the(QueueLook)
    context.stage.measure("reports in order", len(look.own.entries), "", samples=count, required_samples=count)
    assert_that(look.whole, holding(look.pile.ids))
    assert_that(look.whole, in_order(look.pile.by_danger))


@then("the total and the counters count every match, also on a page of 2 and among the {first} or {second} ones")
def counters_are_true(context, first, second):
    assert_that(context.stage.the(QueueLook).counted, every(truly_counted()))


@then("the waiting time of each of the {count:d} reports grows")
def waiting_grows(context, count):
    waits = context.stage.the(QueueLook).waits
    measure_matching(context.stage, "waiting times that grow", waits, growing(), count=count)
    assert_that(waits, every(growing()))


@then("{count:d} reports that {persona} decides leave the queue, and the others stay")
def decided_leave(context, count, persona):
    pile = context.stage.the(Pile)
    after = queue_looks.decides_first(context.stage.actor(persona), pile, count)
    assert_that(after, holding(pile.ids[count:], without=pile.ids[:count]))


@given("{persona} has decided, taken or escalated some of them")
def worked_on(context, persona):
    context.stage.keep(standing.works_on(context.stage.actor(persona), context.stage.the(Pile)))


@when("{persona} narrows the queue down by every filter and every pair of filters")
def narrows_down(context, persona):
    context.stage.keep(filters.narrows_down(context.stage.the(Desk)))


@then("every list holds what matches and nothing else")
def lists_match(context):
    assert_that(context.stage.the(Narrowed).filtered, every(only_matches()))


@then("pages of {size:d} show every report once, and senseless wishes are refused")
def pages_and_nonsense(context, size):
    desk = context.stage.the(Desk)
    assert_that(filters.pages_through(desk, size), paged_through())
    assert_that(filters.asks_for_nonsense(desk.nurse), every(denied(422)))


@then("the list of sessions honours every state and shows the escalated ones first")
def sessions_listed(context):
    assert_that(filters.lists_sessions(context.stage.the(Desk)), every(sessions_as_asked()))


@then("a part of a name or of a complaint of {persona}, in other letters, brings her reports")
def search_brings(context, persona):
    found = filters.searches(context.stage.the(Desk).nurse, context.stage.actor(persona))
    assert_that(found, any_of(empty(), every(found_all())))
