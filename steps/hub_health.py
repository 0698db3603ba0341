"""Sentences about the health of models: damage, what is noticed, repaired, recommended."""

from behave import given, then, when
from hamcrest import all_of, assert_that, has_length

from countersign.expect.every import every
from countersign.expect.modelhub.damage import (
    judged_as_due,
    left_to_the_user,
    noticed_within,
    repaired_within,
    times_noticed,
    times_repaired,
)
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.hub import hub_of, model_of
from countersign.journeys.modelhub.upkeep import damage_noticed, damage_table


@given("{model} is the only model that is installed")
def only_installed(context, model):
    hub_of(context.stage).has_installed([model_of(model)])


@when("{persona} has {model} judged after each of these")
def judge_each(context, persona, model):
    context.stage.keep(damage_table.judged(context.stage.actor(persona), model, context.table))


@when("{persona} has a model of somebody's own judged that lies there in each of these ways")
def judge_local(context, persona):
    context.stage.keep(damage_table.judged_local(context.stage.actor(persona), context.table))


@then("each of the {count:d} states is recognised for what it is")
def each_recognised(context, count):
    assert_that(context.stage.the(list), all_of(every(judged_as_due()), has_length(count)))


@given("all three models are installed and damage is repaired without asking")
def repaired_unasked(context):
    hub_of(context.stage).has_all_installed()
    hub_of(context.stage).repairs_unasked(True)


@given("all three models are installed and nothing is repaired without asking")
def not_repaired_unasked(context):
    hub_of(context.stage).has_all_installed()
    hub_of(context.stage).repairs_unasked(False)


@when("their files are damaged {count:d} times in different ways, and {persona} only listens")
def damage_and_listen(context, count, persona):
    context.stage.keep(damage_noticed.damaged_in_rounds(context.stage.actor(persona)))


@when("the files of two of them are damaged, and {persona} only listens")
def damage_and_leave(context, persona):
    context.stage.keep(damage_noticed.damaged_and_left(context.stage.actor(persona)))


@then("{persona} is told of each of the {count:d} damages within {seconds:d} seconds")
def told_of_each(context, persona, count, seconds):
    found = context.stage.the(list)
    assert_that(found, every(noticed_within(seconds)))
    measure_longest(context.stage, "damage to warning", times_noticed(found), below=seconds, load="", required=count)


@then("each of the {count:d} is mended within {seconds:d} seconds with the files as they were published")
def each_mended(context, count, seconds):
    found = context.stage.the(list)
    assert_that(found, all_of(every(repaired_within(seconds)), has_length(count)))
    measure_longest(context.stage, "damage to repair", times_repaired(found), below=seconds, load="", required=count)


@then("{persona} is asked to do something, and the files stay as they are")
def left_alone(context, persona):
    assert_that(context.stage.the(list), every(left_to_the_user()))
