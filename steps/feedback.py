"""Sentences about feedback: scores, keywords, comments and suggestions."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.chattrain import feedback
from countersign.expect.chattrain.scores import in_its_band, never_falling, one_score
from countersign.expect.every import every
from countersign.journeys.chattrain import figures
from countersign.journeys.chattrain.chat import answering


@when("{people:d} pilot users give {count:d} answers of differing quality")
def give_answers(context, people, count):
    context.stage.keep(answering.rated_answers(context.stage, people, count))


@when("{people:d} pilot users give {count:d} answers whose keywords a person has marked")
def give_marked_answers(context, people, count):
    context.stage.keep(answering.labelled_answers(context.stage, people, count))


@when("{persona} opens the {training} training anew for each of these answers")
def answers_in_one_training(context, persona, training):
    rows = [row.as_dict() for row in context.table]
    context.stage.keep(answering.answers_of_table(context.stage.actor(persona), rows, training))


@when("{persona} opens a training anew for each of these answers")
def answers_in_many_trainings(context, persona):
    rows = [row.as_dict() for row in context.table]
    context.stage.keep(answering.answers_of_table(context.stage.actor(persona), rows))


@when("{persona} adds the keywords of the first answer one by one in each pilot training")
def add_keywords(context, persona):
    context.stage.keep(answering.adds_keywords(context.stage.actor(persona)))


@when("{one} and {other} give the same second answer after words about the log-in, a refund and a complaint")
def same_second_answer(context, one, other):
    context.stage.keep(answering.same_second_answer(context.stage.actor(one), context.stage.actor(other)))


@when("{persona} gives the same first answer in {times:d} trainings")
def same_first_answer(context, persona, times):
    context.stage.keep(answering.same_first_answer(context.stage.actor(persona), times))


@then("every one of the {count:d} answers earned 0 to 100 points, a comment and the keywords found and missed")
def scored_and_commented(context, count):
    answers = figures.scores_told(context.stage, context.stage.the(answering.RatedAnswers).exchanges, count)
    assert_that(answers, every(feedback.scored_and_commented()))


@then("the share of keywords told with every answer is that of the keywords found")
def fairly_counted(context):
    assert_that(context.stage.the(answering.RatedAnswers).exchanges, every(feedback.fairly_counted()))


@then("every answer brought {least:d} to {most:d} different suggestions")
def advised(context, least, most):
    assert_that(context.stage.the(answering.RatedAnswers).exchanges, every(feedback.advised(least, most)))


@then("every answer scores as the table says")
def scores_as_stated(context):
    answers = figures.judged(context.stage, context.stage.the(answering.JudgedAnswers).answers)
    assert_that(answers, every(in_its_band()))


@then("no added keyword lowers the score")
def no_keyword_lowers(context):
    ladders = figures.ladders(context.stage, context.stage.the(answering.Ladders).ladders)
    assert_that(ladders, every(never_falling()))


@then("the keywords found are those of the person for at least {percent:d} percent of the {count:d} answers")
def keywords_recognised(context, percent, count):
    answers = context.stage.the(answering.LabelledAnswers).answers
    answers = figures.recognised(context.stage, answers, percent, count)
    assert_that(answers, feedback.recognised_rightly(percent))


@then('"{longer}" is not taken for "{word}"')
def word_part_does_not_count(context, longer, word):
    assert_that(context.stage.the(answering.LabelledAnswers).holding(longer), feedback.not_holding_keyword(word))


@then('"{loud}" is taken for "{word}"')
def letter_case_does_not_matter(context, loud, word):
    assert_that(context.stage.the(answering.LabelledAnswers).holding(loud), feedback.holding_keyword(word))


@then("the answer earned one and the same score all {times:d} times")
def one_and_the_same_score(context, times):
    same = context.stage.the(answering.SameAnswer)
    assert_that(figures.spread(context.stage, same.what, same.scores, times), one_score(times))


@then("the {count:d} answers bring at least {least:d} different comments")
def comments_differ(context, count, least):
    answers = context.stage.the(answering.RatedAnswers).exchanges
    answers = figures.different_comments(context.stage, answers, least, count)
    assert_that(answers, feedback.different_comments(least))


@then("no answer with {least:d} points or more is told to improve")
def good_not_told_to_improve(context, least):
    answers = context.stage.the(answering.RatedAnswers)
    assert_that(answers.with_at_least(least), every(feedback.not_told_to_improve(answers.improving_words)))


@then("no answer below {limit:d} points is praised")
def poor_not_praised(context, limit):
    answers = context.stage.the(answering.RatedAnswers)
    assert_that(answers.below(limit), every(feedback.not_praised(answers.praising_words)))
