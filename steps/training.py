"""Sentences about a training: opening it, talking in it, and how whole trainings go."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.chattrain import customers
from countersign.expect.chattrain.exchange import rated
from countersign.expect.chattrain.pilot import PilotRound, completed_at_least, unchanged
from countersign.expect.chattrain.scores import averaging
from countersign.expect.every import every
from countersign.expect.limits import within
from countersign.expect.pauses import LongTraining, lasting, unbroken
from countersign.journeys.chattrain import figures
from countersign.journeys.chattrain.chat import listening, patience
from countersign.journeys.chattrain.pilot import PilotScores, PilotUsers


@given("{persona} has opened the {training} training")
def open_training(context, persona, training):
    context.stage.actor(persona).opens(training)


@given("{persona} has opened the {training} training and read its documents")
def open_and_read(context, persona, training):
    context.stage.actor(persona).opens_and_reads(training)


@given("{persona} has given {count:d} full answer")
@given("{persona} has given {count:d} full answers")
@when("{persona} answers the customer {count:d} times")
def answer_times(context, persona, count):
    context.stage.actor(persona).answers_fully(count)


@then("every line of {persona} earned a reply, a score and a comment")
def every_line_rated(context, persona):
    assert_that(context.stage.actor(persona).training.exchanges, every(rated()))


@then("the trainings and their documents are still on offer to {persona}")
def still_on_offer(context, persona):
    context.stage.actor(persona).finds_everything_again()


@then("{persona} needed less than {minutes:d} minutes")
def needed_less_than(context, persona, minutes):
    taken = figures.minutes_taken(context.stage, context.stage.actor(persona), minutes)
    assert_that(taken * 60, within(minutes * 60, "the whole training"))


# ---- the pilot users together


@given("{count:d} pilot users are ready to train")
def pilot_users_ready(context, count):
    context.stage.keep(PilotUsers.of(context.stage, count))


@when("each of them trains customer service and directly after it claim handling")
def each_trains_both(context):
    context.stage.keep(context.stage.the(PilotUsers).trains_both())


@when("they train both with full answers while {brief} gives {count:d} full answers and {careless} does not care")
def train_beside(context, brief, count, careless):
    group, actor = context.stage.the(PilotUsers), context.stage.actor
    context.stage.keep(group.trains_beside(actor(careless), actor(brief), count))


@then("at least {least:d} of the {count:d} trainings are completed")
def trainings_completed(context, least, count):
    played = figures.completed(context.stage, context.stage.the(PilotRound), least, count)
    assert_that(played, completed_at_least(least, count))


@then("the first training of each pilot user stays as it was at its end")
def first_training_unchanged(context):
    assert_that(context.stage.the(PilotRound), unchanged())


@then("every single training of the pilot users scores {band} on average")
def single_training_scores(context, band):
    lowest, what = context.stage.the(PilotScores).round.lowest, "the training with the lowest scores"
    assert_that(figures.average(context.stage, what, lowest, band), averaging(band, what))


@then("the {count:d} trainings score {band} on average")
def trainings_score(context, count, band):
    averages, what = context.stage.the(PilotScores).round.averages, f"the {count} trainings"
    assert_that(figures.average(context.stage, what, averages, band, count), averaging(band, what))


@then("the {count:d} full answers of {persona} score {band} on average")
def short_training_scores(context, count, persona, band):
    scores, what = context.stage.the(PilotScores).short, f"the {count} full answers of {persona}"
    assert_that(figures.average(context.stage, what, scores, band, count), averaging(band, what))


@then("the answers of {persona} score {band} on average")
def careless_scores(context, persona, band):
    scores, what = context.stage.the(PilotScores).careless, f"the careless answers of {persona}"
    assert_that(figures.average(context.stage, what, scores, band), averaging(band, what))


# ---- the customers


@when("{persona} says {count:d} different things in each pilot training")
def say_different_things(context, persona, count):
    context.stage.keep(listening.hears_every_customer(context.stage.actor(persona), count))


@then("every customer opens with the problem of the training")
def opens_with_own_problem(context):
    assert_that(context.stage.the(listening.Customers).customers, every(customers.opening_with_own_problem()))


@then("no two customers open with the same words")
def opens_differently(context):
    assert_that(context.stage.the(listening.Customers).customers, customers.opening_differently())


@then("every customer gives at least {least:d} different replies")
def replies_differently(context, least):
    heard = figures.replies(context.stage, context.stage.the(listening.Customers).customers, least)
    assert_that(heard, every(customers.replying_differently(least)))


@then("no customer speaks of the other training")
def stays_in_training(context):
    assert_that(context.stage.the(listening.Customers).customers, every(customers.staying_in_the_training()))


@when("{persona} says a polite line in every training on the list")
def try_every_training(context, persona):
    context.stage.keep(listening.tries_every_training(context.stage.actor(persona)))


@then("every training on the list replies to the line, rates it and comments on it")
def every_training_rates(context):
    assert_that(context.stage.the(listening.TriedTrainings).trainings, every(customers.replying_and_rating()))


@then("the polite line is worth more than nothing in every training")
def polite_line_counts(context):
    assert_that(context.stage.the(listening.TriedTrainings).trainings, every(customers.rewarding()))


# ---- long silences


@given("the run plays silences in their true length")
def true_length(context):
    patience.in_real_time(context.stage.options.pace)


@when("{persona} answers the customer {count:d} times with silences of {one:d} and {two:d} seconds in between")
def answer_with_silences(context, persona, count, one, two):
    context.stage.keep(patience.thinks_between(context.stage.actor(persona), count, [one, two]))


@when("{persona} answers the customer {count:d} times, evenly over {minutes:d} minutes")
def answer_evenly(context, persona, count, minutes):
    context.stage.keep(patience.evenly_over(context.stage.actor(persona), count, minutes))


@then("the connection of {persona} stays open through every silence")
def connection_stays_open(context, persona):
    assert_that(context.stage.the(LongTraining).silences, every(unbroken()))


@then("{persona} trained for at least {minutes:g} minutes on one connection, giving {count:d} answers")
def trained_for(context, persona, minutes, count):
    seen = figures.long_training(context.stage, context.stage.the(LongTraining), minutes, count)
    assert_that(seen, lasting(minutes, count))
