"""Sentences about more at once than usual: many sessions, many guests, and the service after them."""

from behave import then, when
from hamcrest import assert_that, is_

from countersign.expect.chattrain.exchange import rated
from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.marked import only_its_owner
from countersign.expect.numbers import all_different
from countersign.expect.operations import all_succeeded, succeeded
from countersign.journeys.chattrain.load.many_sessions import ManySessions, start_at_once, talk_in_all
from countersign.journeys.chattrain.load.recovery import connects, newcomers, seconds_to_normal, trains_once
from countersign.journeys.chattrain.load.rush import Rush, rush
from countersign.journeys.chattrain.pilot_group import PilotGroup
from countersign.journeys.measuring import measure_average, measure_distinct, measure_longest, measure_matching


@when("each of them starts {each:d} sessions at the same moment")
def start_sessions(context, each):
    context.stage.keep(start_at_once(context.stage.the(PilotGroup), each))


@then("{count:d} sessions with different numbers exist")
def sessions_exist(context, count):
    many = context.stage.the(ManySessions)
    measure_distinct(context.stage, "different numbers of sessions", many.numbers, count=count, load=many.load)
    assert_that(many.starts, all_succeeded(count))
    assert_that(many.numbers, all_different(count, "sessions"))


@then("the {count:d} starts take less than {average:d} seconds on average and never {most:d} seconds")
def starts_take(context, count, average, most):
    many = context.stage.the(ManySessions)
    measured = measure_average(context.stage, "start", many.times, below=average, load=many.load, required=count)
    longest = measure_longest(context.stage, "start", many.times, below=most, load=many.load, required=count)
    assert_that(measured, within(average, "the start of a session, on average,"))
    assert_that(longest, within(most, "every start of a session"))


@then("{count:d} lines in each session are all confirmed under different numbers and answered")
def lines_in_each_session(context, count):
    many = context.stage.the(ManySessions)
    receipts = talk_in_all(many, count)
    lines = count * len(many.numbers)
    measure_distinct(context.stage, "different numbers of receipts", receipts.numbers, count=lines, load=receipts.load)
    assert_that(receipts.lines, all_succeeded(lines))
    assert_that(receipts.numbers, all_different(lines, "receipts"))


@when("{count:d} people each say {lines:d} lines in a session of the {training} training at once")
def too_many_come(context, count, lines, training):
    context.stage.keep(rush(context.stage, count, lines, training))


@then("whoever of the {count:d} was not served was refused politely")
def refused_politely(context, count):
    come = context.stage.the(Rush)
    served, load = come.served, come.load
    context.stage.measure("people served", served, "", samples=len(come.guests), required_samples=count, load=load)
    assert_that(come.operations, all_succeeded(least=1))


@then("nobody was shown or credited with anything of somebody else")
def nothing_of_others(context):
    come = context.stage.the(Rush)
    assert_that(come.texts, every(only_its_owner()))
    assert_that(come.wrong, is_(""), "a conversation is stored otherwise than it was held")


@then("somebody new is served again within {limit:d} seconds")
def served_again(context, limit):
    come = context.stage.the(Rush)
    seconds = seconds_to_normal(newcomers(context.stage, come)[0], come, limit, "customer service")
    measure_longest(context.stage, "service after the rush", [seconds], below=limit, load=come.load)
    assert_that(seconds, within(limit, "service for somebody new"))


@then("{count:d} further connections and one whole training succeed")
def connect_and_train(context, count):
    people = newcomers(context.stage, context.stage.the(Rush))[1:]
    connections = connects(context.stage, people, count, "customer service")
    measure_matching(context.stage, "connections after the rush", connections, succeeded(), count=count)
    assert_that(connections, all_succeeded(count))
    assert_that(trains_once(people[0], "customer service"), every(rated()))
