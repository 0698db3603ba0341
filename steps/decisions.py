"""Sentences about decisions on reports: proper ones, incomplete ones, second ones, and how patients hear of them."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.hearing import told_truly
from countersign.expect.medassist.decided import (
    approved_by,
    changed_nothing,
    closed_by_decision,
    decided_nothing,
    keeps_both,
    told_the_same,
    won_by_one,
)
from countersign.expect.medassist.nurse_queue import holding
from countersign.expect.medassist.outcome import reads_the_decision
from countersign.journeys.measuring import measure_longest, measure_matching
from countersign.journeys.medassist.assessment import first_symptom
from countersign.journeys.medassist.nursing import deciding, hearing
from countersign.journeys.medassist.nursing.deciding import Approved, Attempts, Duels, Overrides
from countersign.journeys.medassist.nursing.filing import Pile, files_several
from countersign.journeys.medassist.nursing.hearing import Hearings


@given("{count:d} {kind} report of {persona} waits")
@given("{count:d} {kind} reports of {persona} wait")
def reports_of_a_kind_wait(context, count, kind, persona):
    context.stage.keep(files_several(context.stage.actor(persona), kind, count))


@given("{count:d} {kind} reports of {persona} wait while {pronoun} stays in their chats")
def reports_wait_in_chats(context, count, kind, persona, pronoun):
    context.stage.keep(files_several(context.stage.actor(persona), kind, count, stay=True))


@given("{persona} has approved it")
@when("{persona} approves it with a note")
def approve_with_note(context, persona):
    stage = context.stage
    stage.keep(deciding.approves_with_note(stage.actor(persona), stage.the(Pile)))


@then("the report is approved by {persona}, with {pronoun} note, at the moment {who} did it")
def approved_then(context, persona, pronoun, who):
    done = context.stage.the(Approved)
    decision = approved_by(persona, done.nurse.id, done.note, done.span)
    assert_that((done.came_back, done.kept), every(decision))


@then("{persona} and {other} read the same decision")
def read_the_same(context, persona, other):
    stage = context.stage
    assert_that(deciding.read_by((stage.actor(persona), stage.actor(other)), stage.the(Pile)), told_the_same())


@then("it is not in the queue any more")
def left_the_queue(context):
    done = context.stage.the(Approved)
    assert_that(done.nurse.api.reports.whole_queue(), holding((), without=(done.kept.id,)))


@when("{persona} sends decisions that lack something, are too short or too long, or are no decision at all")
def send_incomplete(context, persona):
    stage = context.stage
    stage.keep(deciding.sends_incomplete(stage.actor(persona), stage.the(Pile)))


@then("each of them is refused and the report still waits undecided")
def refused_undecided(context):
    assert_that(context.stage.the(Attempts).made, every(decided_nothing()))


@when("{persona} overrides them, once with the shortest and once with the longest words allowed")
def override_at_limits(context, persona):
    stage = context.stage
    stage.keep(deciding.overrides_at_the_limits(stage.actor(persona), stage.the(Pile)))


@then("each report keeps the assessment of the AI beside {pronoun} reason and {pronoun_again} corrected assessment")
def keeps_both_texts(context, pronoun, pronoun_again):
    assert_that(context.stage.the(Overrides).all, every(keeps_both()))


@when("{persona} and {other} decide it again in every way")
def decide_again(context, persona, other):
    stage = context.stage
    nurses = (stage.actor(persona), stage.actor(other))
    stage.keep(deciding.decides_again(nurses, stage.the(Approved)))


@then("every later decision is refused, and that of {persona} stands")
def later_refused(context, persona):
    tried = context.stage.the(Attempts)
    assert_that(tried.made, every(changed_nothing(tried.before)))


@when("{persona} approves and {other} overrides each of the {count:d} at the same moment")
def decide_at_once(context, persona, other, count):
    stage = context.stage
    stage.keep(deciding.decide_at_once(stage.actor(persona), stage.actor(other), stage.the(Pile)))


@then("each of the {count:d} has one decision, the other was refused, and the one that won is kept")
def won_once(context, count):
    duels = context.stage.the(Duels).all
    measure_matching(context.stage, "decisions won by one nurse", duels, won_by_one(), count=count, load="two at once")
    assert_that(duels, every(won_by_one()))


@when("{persona} decides each of the {count:d}")
def decides_each(context, persona, count):
    stage = context.stage
    stage.keep(hearing.decides_each(stage.actor(persona), stage.the(Pile)))


@then("{persona} is told of each of the {count:d} decisions within {limit:d} second")
def told_of_each(context, persona, count, limit):
    heard = context.stage.the(Hearings)
    assert_that(heard.all, every(told_truly(limit)))
    measure_longest(
        context.stage, "word of a decision", heard.seconds, below=limit, load="one patient, one nurse", required=count
    )


@then("each of the {count:d} sessions is completed by it")
def sessions_completed(context, count):
    sessions = [heard.session for heard in context.stage.the(Hearings).all]
    measure_matching(context.stage, "sessions completed", sessions, closed_by_decision(), count=count)
    assert_that(sessions, every(closed_by_decision()))


@then("{persona}, who was away, sees the decision and a completed session")
def sees_on_return(context, persona):
    outcome = first_symptom.sees_outcome(context.stage.actor(persona))
    assert_that((outcome.session, outcome.answer), reads_the_decision(approved=True))
