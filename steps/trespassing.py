"""Sentences about strangers: whose session it is, whose words they are, which website may ask."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.counts import number_of
from countersign.expect.every import every
from countersign.expect.traces import free_of
from countersign.expect.trespass import denied, turned_away, unreadable
from countersign.journeys.chattrain.access.stranger import BreakIn, ForeignWebsite, Forgery, goes_on_alone, traces_of


@given("{persona} is in the middle of a {training} training")
def in_the_middle(context, persona, training):
    context.stage.actor(persona).opens(training)
    context.stage.actor(persona).answers_fully(2)


@when("{stranger} tries to enter and to read the session of {owner}")
def break_in(context, stranger, owner):
    context.stage.keep(context.stage.actor(stranger).breaks_into(context.stage.actor(owner)))


@then("{stranger} is turned away from the chat every time")
def turned_away_every_time(context, stranger):
    assert_that(context.stage.the(BreakIn).knocks, every(turned_away()))


@then("{stranger} is denied every reading of the session")
def denied_reading(context, stranger):
    assert_that(context.stage.the(BreakIn).answers, every(denied(401, 404)))


@then("nothing that {stranger} saw holds the name or a word of {owner}")
def saw_nothing_of(context, stranger, owner):
    traces = traces_of(context.stage.actor(owner))
    assert_that(context.stage.the(BreakIn).seen, free_of(traces, f"what belongs to {owner}"))


@then("the training of {owner} goes on with nobody's lines but hers")
def own_lines_alone(context, owner):
    goes_on_alone(context.stage.actor(owner))


@when("{stranger} sends lines in the customer's name")
def speak_as_customer(context, stranger):
    context.stage.keep(context.stage.actor(stranger).speaks_as_customer())


@then("every line in the customer's name is refused")
def forged_lines_refused(context):
    forgery = context.stage.the(Forgery)
    refused = number_of("refusals, one for each line in the customer's name", forgery.sent, forgery.sent)
    assert_that(len(forgery.refusals), refused)


@then("no connection of the session shows a line in the customer's name")
def forged_line_not_shown(context):
    forgery = context.stage.the(Forgery)
    assert_that(forgery.shown, free_of([forgery.trace], "a line in the customer's name"))


@then("such a line is kept nowhere in the conversation")
def forged_line_not_kept(context):
    forgery = context.stage.the(Forgery)
    assert_that(forgery.kept, free_of([forgery.trace], "a line in the customer's name"))


@when("{stranger} lures {victim} to foreign websites")
def lure(context, stranger, victim):
    context.stage.keep(context.stage.actor(stranger).lures(context.stage.actor(victim)))


@then("the foreign websites are turned away from the chat every time")
def websites_turned_away(context):
    assert_that(context.stage.the(ForeignWebsite).knocks, every(turned_away()))


@then("the foreign websites can read no answer of the system")
def websites_read_nothing(context):
    assert_that(context.stage.the(ForeignWebsite).answers, every(unreadable()))


@then("the pilot page itself can still open the chat")
def own_page_opens(context):
    context.stage.the(ForeignWebsite).own_page_must_open()
