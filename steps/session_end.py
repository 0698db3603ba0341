"""Sentences about the end of a training: when it comes, what is kept, what the summary says."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.chattrain import endings
from countersign.expect.every import every
from countersign.journeys.chattrain import figures
from countersign.journeys.chattrain.chat import ends


@given("the {training} training of {persona} is {state}")
def training_is_over(context, training, persona, state):
    ends.brings_to(context.stage.actor(persona), training, state)


@when("{persona} holds each of these conversations in a customer service training of its own")
def hold_conversations(context, persona):
    rows = [row.as_dict() for row in context.table]
    context.stage.keep(ends.conversations_of_table(context.stage.actor(persona), rows))


@when("{persona} gives one more answer")
def give_one_more_answer(context, persona):
    context.stage.keep(ends.answers_after_the_end(context.stage.actor(persona)))


@when("{persona} joins the finished training again")
def join_again(context, persona):
    context.stage.keep(ends.reads_again(context.stage.actor(persona)))


@when("{persona} ends the training early")
def end_early(context, persona):
    ends.ends_early(context.stage.actor(persona))


@when("{persona} gives good and poor answers and a blank one, thinking for {pause:d} seconds, until the training ends")
def mixed_answers(context, persona, pause):
    ends.trains_with_mixed_answers(context.stage.actor(persona), pause)
    context.stage.keep(ends.whole_training(context.stage.actor(persona).training))


@then("every training ends as the table says")
def ends_as_stated(context):
    assert_that(context.stage.the(ends.HeldConversations).conversations, every(endings.ended_as_stated()))


@then("the training of {persona} ends as completed within {seconds:d} seconds of the last feedback")
def ends_as_completed(context, persona, seconds):
    end = figures.end(context.stage, ends.end_of(context.stage.actor(persona).training, seconds), seconds)
    assert_that(end, endings.completed_within(seconds))


@then("the training of {persona} ends as abandoned")
def ends_as_abandoned(context, persona):
    assert_that(context.stage.actor(persona).training.summary, endings.telling_the_end("abandoned"))


@then("the training of {persona} is kept as {state}")
def kept_as(context, persona, state):
    assert_that(ends.kept_session(context.stage.actor(persona).training), endings.kept_as(state))


@then("the answer is refused because the training is over")
def refused_as_over(context):
    assert_that(context.stage.the(ends.LateAnswer).exchange, endings.refused_as_over())


@then("nothing of the answer is kept")
def nothing_kept(context):
    assert_that(context.stage.the(ends.LateAnswer).kept, endings.nothing_added())


@then("{persona} reads all {count:d} answers and the replies to them again")
def reads_everything_again(context, persona, count):
    assert_that(context.stage.the(endings.ReadBack), endings.reading_all(count))


@then("the summary of {persona} covers {count:d} exchange")
@then("the summary of {persona} covers {count:d} exchanges")
def summary_covers(context, persona, count):
    assert_that(context.stage.actor(persona).training.summary, endings.covering(count))


@then("the summary of {persona} counts the accepted answers only")
def summary_counts(context, persona):
    assert_that(context.stage.the(endings.WholeTraining), endings.counting_accepted_answers())


@then("the average in the summary of {persona} is within {tolerance:g} of the scores told")
def summary_averages(context, persona, tolerance):
    whole = figures.summary_average(context.stage, context.stage.the(endings.WholeTraining), tolerance)
    assert_that(whole, endings.averaging_the_scores(tolerance))


@then("the minutes in the summary of {persona} are within {tolerance:g} of those from beginning to end")
def summary_minutes(context, persona, tolerance):
    whole = figures.summary_minutes(context.stage, context.stage.the(endings.WholeTraining), tolerance)
    assert_that(whole, endings.taking_the_minutes(tolerance))


@then("the summary of {persona} names the strengths and weaknesses of the answers")
def summary_strengths(context, persona):
    assert_that(context.stage.the(endings.WholeTraining), endings.naming_strengths_and_weaknesses())
