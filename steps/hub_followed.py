"""Sentences about downloads that are followed live, and lines that are lost meanwhile."""

from behave import then, when
from hamcrest import assert_that, has_length

from countersign.expect.delivery import everything_delivered_once
from countersign.expect.every import every
from countersign.expect.limits import at_least
from countersign.expect.modelhub.followed import percentage_never_fell, steady_news, told_of_retries, told_the_story
from countersign.expect.modelhub.present import knows_the_present
from countersign.expect.most_within import most_within
from countersign.journeys.modelhub.sockets import coming_back, following
from countersign.journeys.modelhub.sockets.coming_back import ComeBack
from countersign.journeys.modelhub.sockets.following import FollowedDownload

STATES = ("queued", "downloading", "paused", "resuming", "downloading", "verifying", "completed")
LEAST_MESSAGES = 15


@when(
    "{count:d} listeners follow a download of {persona} that meets {troubles:d} passing troubles, a pause and a "
    "resumption"
)
def listeners_follow(context, count, persona, troubles):
    context.stage.keep(following.follows(context.stage.actor(persona), count, troubles))


@then("all {count:d} were told the same, each message once and in order, from its start to its one end")
def told_the_same(context, count):
    followed = context.stage.the(FollowedDownload)
    assert_that(followed.listeners, has_length(count))
    assert_that([followed.conversation], everything_delivered_once(LEAST_MESSAGES))
    assert_that(followed.listeners, every(told_the_story(STATES)))


@then("to each the percentage never fell, and each of {count:d} retries was told once")
def never_fell(context, count):
    listeners = context.stage.the(FollowedDownload).listeners
    assert_that(listeners, every(percentage_never_fell()))
    assert_that(listeners, every(told_of_retries(count)))


@then("while it was downloading news came to each at least once a second, and at most {most:d} times")
def news_came(context, most):
    followed = context.stage.the(FollowedDownload)
    following.measure_gaps(context.stage, followed, 1.0)
    assert_that(followed.listeners, every(steady_news(1.0, most)))


@then("{least:d} of {of:d} messages came within {limit:d} second by the clocks of the source and of {persona}")
def in_time(context, least, of, limit, persona):
    delays = following.measure_delays(context.stage, context.stage.the(FollowedDownload), least, of, limit)
    assert_that(len(delays), at_least(of, "messages of which another clock knows the moment"))
    assert_that(delays, most_within(least, of, limit, "messages"))


@when(
    "a window of {persona} loses its line for {seconds:d} seconds in the middle of a download, while another window "
    "stays"
)
def loses_its_line(context, persona, seconds):
    context.stage.keep(coming_back.loses_its_line(context.stage.actor(persona), seconds))


@then("the window that came back was told within {limit:d} second how everything is now")
def present_told(context, limit):
    assert_that(context.stage.the(ComeBack).returned, every(knows_the_present(limit)))


@then("it was told what it had missed, and everything once and in order")
def nothing_missed(context):
    back = context.stage.the(ComeBack)
    assert_that(min(back.missed.values()), at_least(1, "things that happened on each topic while the line was lost"))
    assert_that(back.conversations, everything_delivered_once(LEAST_MESSAGES))


@then("a newcomer was told within {limit:d} second how everything is now, exactly as the hub answers")
def newcomer_knows(context, limit):
    assert_that(context.stage.the(ComeBack).newcomer, every(knows_the_present(limit)))
