"""Sentences about the workflows of the model hub: steps completed, what was told, satisfaction, problems."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.limits import within
from countersign.expect.modelhub.workflows import (
    all_steps_completed,
    completed_at_least,
    each_completes,
    everything_told,
    problems_at_most,
    problems_resolved_within,
    satisfied_at_least,
    steps_completed_in_each,
    waits_kept,
)
from countersign.journeys.modelhub.walks import figures
from countersign.journeys.modelhub.walks.runs import Walked, all_walked, walked

PROCESSED = "the request is processed"


@when('{persona} goes through the workflow "{name}" {count:d} times')
@when('{persona} goes through the workflow "{name}", {circumstances}, {count:d} times')
def goes_through(context, persona, name, count, circumstances=""):
    context.stage.keep(walked(context.stage, [name]))


@when('{persona} goes through the workflow "{name}" once for each of {kinds}')
def goes_through_each(context, persona, name, kinds):
    context.stage.keep(walked(context.stage, [name]))


@when("{people} go through all seven workflows")
def all_go_through(context, people):
    context.stage.keep(all_walked(context.stage))


@then("all {steps:d} steps are completed each of the {runs:d} times")
def completed_each_time(context, steps, runs):
    assert_that(context.stage.the(Walked), all_steps_completed(runs, steps))


@then("at least {least:d} of {of:d} steps are completed each of the {runs:d} times")
def mostly_completed(context, least, of, runs):
    assert_that(context.stage.the(Walked), steps_completed_in_each(least, of, runs))


@then("whatever a step has to tell is told and is true")
def told_and_true(context):
    assert_that(context.stage.the(Walked), everything_told())


@then("no way from the first step to the last takes longer than {limit:d} seconds")
def not_longer(context, limit):
    longest = figures.measure_longest_run(context.stage, context.stage.the(Walked), limit=limit)
    assert_that(longest, within(limit, "the whole way"))


@then("no wait is longer than {times:d} times the announced one")
def waits_as_announced(context, times):
    runs = context.stage.the(Walked)
    figures.measure_waits(context.stage, runs, PROCESSED, limit=times, load="50 users, 20 pending")
    assert_that(runs, waits_kept(PROCESSED, times))


@then("each of the {people:d} completes at least {percent:d} of 100 steps in every workflow, in {runs:d} runs or more")
def each_completes_most(context, people, percent, runs):
    figures.measure_steps(context.stage, context.stage.the(Walked), least=percent)
    assert_that(context.stage.the(Walked), each_completes(percent, people, runs))


@then("the measured satisfaction is at least {least:g} in every workflow, for each of them and on average")
def satisfied(context, least):
    figures.measure_satisfaction(context.stage, context.stage.the(Walked), least=least)
    assert_that(context.stage.the(Walked), satisfied_at_least(least))


@then("every problem they meet is resolved within {limit:d} seconds by the way that was shown")
def problems_resolved(context, limit):
    figures.measure_problems(context.stage, context.stage.the(Walked), limit=limit)
    assert_that(context.stage.the(Walked), problems_resolved_within(limit))


@then("the {name} meets at most {most:d} problem each of the {runs:d} times")
def few_problems(context, name, most, runs):
    assert_that(figures.of_workflow(context.stage.the(Walked), name), problems_at_most(most, runs))


@then("at least {percent:d} of 100 runs of the {workflows:d} workflows are completed, each in {runs:d} runs or more")
def runs_completed(context, percent, workflows, runs):
    figures.measure_completed(context.stage, context.stage.the(Walked), least=percent)
    assert_that(context.stage.the(Walked), completed_at_least(percent, workflows, runs))
