"""Sentences about mistakes in the middle of a training."""

from behave import then, when
from hamcrest import assert_that, equal_to, has_length

from countersign.expect.chattrain.exchange import rated
from countersign.expect.chattrain.trouble import refused_as_wrong, refused_honestly
from countersign.expect.every import every
from countersign.journeys.chattrain import stumbling
from countersign.journeys.chattrain.stumbling import Mixed


@when("{persona} sends {count:d} messages, among them one unreadable, one empty and one of an unknown kind")
def sends_mixed(context, persona, count):
    assert_that(stumbling.mixed_messages(), has_length(count))
    context.stage.keep(stumbling.sends_mixed(context.stage.actor(persona)))


@then("each of the {count:d} mistakes is answered by one clear error within {limit:d} seconds")
def mistakes_refused(context, count, limit):
    assert_that(context.stage.the(Mixed).mistakes, every(refused_honestly(limit)))
    assert_that(context.stage.the(Mixed).mistakes, has_length(count))


@then("each of the {count:d} good lines earns a reply, a score and a comment")
def good_lines_rated(context, count):
    assert_that(context.stage.the(Mixed).good, every(rated()))
    assert_that(context.stage.the(Mixed).good, has_length(count))


@then("the system counts {count:d} exchanges of {persona}")
def counts_exchanges(context, count, persona):
    assert_that(context.stage.the(Mixed).counted, every(equal_to(count)))


@then("an impossible wish of {persona} for a session is refused, and the next proper one is granted")
def wishes(context, persona):
    wishes = stumbling.wishes_wrongly(context.stage.actor(persona))
    assert_that(wishes.impossible, refused_as_wrong())
    assert_that(wishes.proper.status, equal_to("active"))
