"""Sentences about the notices that nurses get."""

from behave import given, then, when
from hamcrest import assert_that, has_length

from countersign.expect.delivery import everything_delivered_once
from countersign.expect.every import every
from countersign.expect.medassist.notices import each_announced_once
from countersign.expect.medassist.replay import replayed_exactly
from countersign.expect.traces import free_of
from countersign.journeys.medassist.nursing import duty
from countersign.journeys.medassist.nursing.duty import OnDuty, Shift


@given("{first}, {second} and {third} are on duty, and a fourth nurse whose line takes nothing any more")
def on_duty(context, first, second, third):
    actor = context.stage.actor
    nurses = [actor(first), actor(second), actor(third)]
    context.stage.keep(duty.come_on_duty(nurses, duty.double_of(nurses[0])))


@when("{count:d} reports and decisions come about")
def busy_shift(context, count):
    stage = context.stage
    stage.keep(duty.a_busy_shift(stage, stage.the(OnDuty), "Pia", count))


@then("each of the {count:d} nurses was told of every one of them, once")
def told_of_every_one(context, count):
    announced = context.stage.the(Shift).announced
    assert_that(announced, every(each_announced_once()))
    assert_that(announced, has_length(count))


@then("all of them were told the same in the same order, with no number left out")
def told_the_same(context):
    assert_that([context.stage.the(Shift).conversation], everything_delivered_once(100))


@then("no notice holds a name, an address or a word of a patient")
def nothing_of_a_patient(context):
    shift = context.stage.the(Shift)
    assert_that(shift.places, free_of(shift.traces, "any patient"))


@when(
    "{persona} loses her line, {count:d} reports and decisions come about, a new start between them where one is "
    "allowed, and {returning} returns"
)
def shift_away(context, persona, count, returning):
    stage = context.stage
    stage.keep(duty.a_shift_away(stage, stage.actor(persona), stage.actor("Nils"), "Pia", count))


@then("{persona} was told at once exactly what she had missed")
def told_what_was_missed(context, persona):
    assert_that(context.stage.the(Shift).returned, replayed_exactly())


@then("what she missed and what came after it was told once and in order, with no number left out")
def told_once_in_order(context):
    shift = context.stage.the(Shift)
    assert_that(shift.announced, every(each_announced_once()))
    assert_that([shift.conversation], everything_delivered_once(20))
