"""Sentences about the chat: greeting, order of messages, what is refused, and whom nobody lets in."""

from behave import given, then, when
from hamcrest import assert_that, empty, equal_to

from countersign.expect.chattrain.aftermath import followed_by_a_rated_line, refused_once
from countersign.expect.chattrain.exchange import rated
from countersign.expect.chattrain.greeting import greeted_within, told_that_it_is
from countersign.expect.chattrain.sequence import a_receipt_a_reply_and_a_feedback_each, in_the_order_of_sending
from countersign.expect.counts import number_of
from countersign.expect.every import every
from countersign.expect.trespass import turned_away
from countersign.journeys.chattrain.access import doors
from countersign.journeys.chattrain.chat import greetings, talking, unusable

# ---- joining


@when("{users:d} pilot users each join their session {times:d} times and say nothing")
def users_join(context, users, times):
    context.stage.keep(greetings.users_join(context.stage, users, times))


@then("all {count:d} are greeted first of all, by the number of their session, within {seconds:g} second")
def all_greeted(context, count, seconds):
    joins = context.stage.the(greetings.Joins)
    greetings.measure(context.stage, joins, count, seconds)
    assert_that(joins.all, every(greeted_within(seconds)))


@then("each of them is told that the session is {status}")
def told_status(context, status):
    assert_that(context.stage.the(greetings.Joins).all, every(told_that_it_is(status)))


# ---- the order of messages


@when("{persona} says {count:d} lines, each after the feedback on the one before")
def say_singly(context, persona, count):
    context.stage.keep(talking.says_singly(context.stage.actor(persona).training, count))


@when("{persona} says {count:d} lines at once, without waiting for an answer")
def say_at_once(context, persona, count):
    context.stage.keep(talking.says_at_once(context.stage.actor(persona).training, count))


@then("each of the {count:d} lines has exactly one receipt, one reply and one feedback, in this order")
def in_order(context, count):
    talk = context.stage.the(talking.Talk)
    talking.measure(context.stage, talk, count)
    assert_that(talk.frames, a_receipt_a_reply_and_a_feedback_each(count))


@then("each of the {count:d} lines was answered by the customer and rated")
def each_rated(context, count):
    exchanges = context.stage.the(talking.Talk).exchanges
    assert_that(len(exchanges), number_of("lines said", count, count))
    assert_that(exchanges, every(rated()))


@then("replies and feedback belong to the lines in the order in which they were sent")
def own_answers(context):
    talk = context.stage.the(talking.Talk)
    assert_that(talk.keywords, in_the_order_of_sending("feedback"))
    talking.judge_replies(talk)


# ---- what is refused


@given("{persona} has said a line of {characters:d} characters in the {training} training, which was taken")
def say_exactly(context, persona, characters, training):
    context.stage.actor(persona).opens(training)
    unusable.says_exactly(context.stage.actor(persona).training, characters)
    assert_that(context.stage.actor(persona).training.exchanges, every(rated()))


@when("{persona} sends each of these messages")
def send_unusable(context, persona):
    names = [row["message"] for row in context.table]
    context.stage.keep(unusable.sends_unusable(context.stage.actor(persona).training, names))


@when("{persona} sends each of these and a good line after it")
def send_broken(context, persona):
    names = [row["in place of a message"] for row in context.table]
    context.stage.keep(unusable.sends_broken(context.stage.actor(persona).training, names))


@then("each is refused with one clear error within {seconds:g} seconds, without a receipt")
@then("each is answered with one clear error within {seconds:g} seconds")
def each_refused_once(context, seconds):
    after = context.stage.the(unusable.Aftermaths)
    unusable.measure(context.stage, after, seconds)
    assert_that(after.all, every(refused_once(seconds)))


@then("the good line after each is answered and rated on the same connection")
def goes_on(context):
    assert_that(context.stage.the(unusable.Aftermaths).all, every(followed_by_a_rated_line()))


@then("the conversation holds {count:d} exchange as before")
def exchange_count(context, count):
    after = context.stage.the(unusable.Aftermaths)
    assert_that(
        (after.stored_before, after.stored_after), equal_to((count, count)), "exchanges stored before and after"
    )


# ---- chats that do not exist


@when("{persona} tries to join each of these chats and says a line at each")
def knock(context, persona):
    context.stage.keep(doors.knocks_at(context.stage.actor(persona), [row["chat"] for row in context.table]))


@then("{persona} is turned away from each of them without a receipt")
def all_turned_away(context, persona):
    knocks = context.stage.the(doors.Knocks)
    assert_that(knocks.all, every(turned_away()))
    assert_that(knocks.confirmed, empty(), "chats at which a line was confirmed")


@then("nothing of it is stored, neither for a session started afterwards nor for an unknown one")
def nothing_stored(context):
    knocks = context.stage.the(doors.Knocks)
    assert_that(knocks.messages_found, equal_to(0), "messages in a session that was just started")
    assert_that(knocks.found_unknown, empty(), "unknown sessions that could be read back")
