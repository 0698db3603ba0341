"""Sentences about what is told live of one's own generations."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.modelhub.live_tasks import told_every_state
from countersign.expect.most_within import most_within
from countersign.journeys.modelhub.sockets import broken_messages, live_tasks
from countersign.journeys.modelhub.sockets.live_tasks import LiveTasks


@when(
    "{persona} has {count:d} generations and cancels {cancelled:d} of them, while {windows:d} windows of hers are open"
)
def generates_before_windows(context, persona, count, cancelled, windows):
    actor = context.stage.actor(persona)
    context.stage.keep(live_tasks.generates_before_windows(actor, count, cancelled, windows))


@then("each of the {count:d} windows was told of every state of each generation, in order and with one end")
def every_state(context, count):
    live = context.stage.the(LiveTasks)
    assert_that(live.windows, has_length(count))
    assert_that(live.windows, every(told_every_state()))


@then("{least:d} of {of:d} of these messages came within {limit:d} second")
def soon(context, least, of, limit):
    delays = live_tasks.measure_delays(context.stage, context.stage.the(LiveTasks), least, of, limit)
    assert_that(delays, most_within(least, of, limit, "messages of states"))


@then("each of the {count:d} windows gives a sign of life within {limit:d} second")
def alive(context, count, limit):
    pings = live_tasks.pings_of(context.stage, context.stage.the(LiveTasks), limit)
    assert_that(pings, has_length(count))
    assert_that(pings, every(within(limit, "a sign of life")))


@when("{persona}'s program sends every broken frame over the line about generations")
def broken_over_plain_line(context, persona):
    context.stage.keep(broken_messages.over_plain_line(context.stage.actor(persona)))
