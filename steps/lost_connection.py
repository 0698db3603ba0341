"""Sentences about connections that drop or are slow."""

from behave import given, then, when
from hamcrest import assert_that, equal_to, has_length

from countersign.expect.chattrain.exchange import rated
from countersign.expect.chattrain.memory import remembers_exactly
from countersign.expect.chattrain.returning import back_within
from countersign.expect.chattrain.sequence import a_receipt_a_reply_and_a_feedback_each
from countersign.expect.every import every
from countersign.expect.limits import lasting, within
from countersign.journeys.chattrain.chat import made_up, steady
from countersign.journeys.chattrain.chat.made_up import Recovered
from countersign.journeys.chattrain.chat.memory import memories
from countersign.journeys.chattrain.trouble import lost_line, slow_network
from countersign.journeys.chattrain.trouble.lost_line import Returns
from countersign.journeys.chattrain.trouble.slow_network import SlowTalk


@given("{persona} has held {count:d} exchange of the {training} training")
@given("{persona} has held {count:d} exchanges of the {training} training")
def has_held(context, persona, count, training):
    steady.holds(context.stage.actor(persona), count, training)


@given("{people:d} pilot users have each held {count:d} exchanges of the {training} training")
def have_each_held(context, people, count, training):
    lost_line.travellers(context.stage, people, count, training)


@when("all of them lose the connection twice, once for {short:d} second and once for {long:d} seconds")
def lose_connection_twice(context, short, long):
    context.stage.keep(lost_line.everybody_drops(context.stage, [short, long]))


@then("each of the {count:d} returns ends with a greeting within {limit:d} seconds")
def returns_in_time(context, count, limit):
    returns = context.stage.the(Returns)
    lost_line.measure_returns(context.stage, returns, limit, count)
    assert_that(returns.each, every(back_within(limit)))
    assert_that(returns.each, has_length(count))


@then("each return finds the training still going on")
def returns_find_active(context):
    assert_that([way.status for way in context.stage.the(Returns).each], every(equal_to("active")))


@then("the next line after each return earns a reply, a score and a comment")
def next_lines_rated(context):
    assert_that([way.exchange for way in context.stage.the(Returns).each], every(rated()))


@when("the connection of {persona} drops the moment his next line is confirmed, and he comes back")
def drop_when_confirmed(context, persona):
    context.stage.keep(made_up.drop_when_confirmed(context.stage.actor(persona)))


@then("the answer and the score of that line reach {persona} within {limit:d} seconds")
def answer_made_up(context, persona, limit):
    seconds = made_up.measure_recovery(context.stage, context.stage.the(Recovered), limit)
    assert_that(seconds, within(limit, "the answer that was on its way"))


@then("{persona} finds all {count:d} exchanges with their feedback, each once and in order")
def finds_all(context, persona, count):
    expected = made_up.everything_so_far(context.stage.actor(persona), context.stage.the(Recovered))
    assert_that(expected, has_length(2 * count))
    assert_that(memories(context.stage.actor(persona)), remembers_exactly(expected))


@given("{persona} is in the {training} training over a network that brings everything {seconds:d} seconds late")
def over_slow_network(context, persona, training, seconds):
    context.stage.actor(persona).opens(training)
    slow_network.rejoin_over_network(context.stage.actor(persona), seconds)


@when("{persona} says {count:d} lines there without waiting")
def talk_over_network(context, persona, count):
    context.stage.keep(slow_network.talk_over_network(context.stage.actor(persona), count))


@then("each of the {count:d} lines is confirmed, answered and rated once, in the order of sending")
def confirmed_once_in_order(context, count):
    assert_that(context.stage.the(SlowTalk).frames, a_receipt_a_reply_and_a_feedback_each(count))


@then("the network made every reply at least {least:d} seconds late and none later than {most:d} seconds")
def replies_late(context, least, most):
    seconds = slow_network.measure_lateness(context.stage, context.stage.the(SlowTalk), most)
    assert_that(seconds, every(lasting(least, most, "the reply")))


@then("all {count:d} exchanges are kept as they came")
def kept_as_they_came(context, count):
    talk = context.stage.the(SlowTalk)
    assert_that(talk.as_they_came(), has_length(2 * count))
    assert_that(talk.kept, remembers_exactly(talk.as_they_came()))
