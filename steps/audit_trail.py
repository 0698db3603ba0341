"""Sentences about the audit trail: what it tells, who may read it, and that nobody can change it."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.medassist.trail import (
    kept_unchanged,
    own_actions,
    recorded_once,
    telling_only_of,
    without_words_of,
)
from countersign.expect.trespass import denied
from countersign.journeys.medassist.access import trespassing, whole_day
from countersign.journeys.medassist.access.trespassing import Tampering
from countersign.journeys.medassist.diary import Account, Diary, held_against_trail
from countersign.journeys.medassist.nursing.filing import Pile


@when("{patient}, {nurse} and {admin} do everything that is offered to patients, nurses and administrators")
def do_everything(context, patient, nurse, admin):
    stage = context.stage
    people = (stage.actor(patient), stage.actor(nurse), stage.actor(admin))
    stage.keep(whole_day.everybody_does_everything(*people))


@then("{reader} finds exactly one entry for each of their actions: who, what, when, from where and how it ended")
def each_recorded_once(context, reader):
    stage = context.stage
    account = stage.keep(held_against_trail(stage.the(Diary), stage.actor(reader)))
    stage.measure("actions held against the trail", len(account.deeds), "", samples=len(account.deeds))
    assert_that(account.traced, every(recorded_once()))


@then("the trail tells of nothing that they did not do")
def nothing_else_told(context):
    account = context.stage.the(Account)
    assert_that(account.own, telling_only_of(account.deeds))


@then("no entry holds a word that {persona} wrote")
def no_words(context, persona):
    stage = context.stage
    said = [turn.sent.content for turn in stage.actor(persona).turns]
    assert_that(stage.the(Account).own, without_words_of(persona, said))


@when("others try the door of {patient}, {other} her records, {again} the queue, and {nurse} reads it all")
def reach_for(context, patient, other, again, nurse):
    stage = context.stage
    people = (stage.actor(patient), stage.actor(other), stage.actor(nurse))
    stage.keep(trespassing.reach_for(*people, stage.the(Pile)))


@then("{reader} finds exactly one entry for each of these tries and reads, with how it ended")
def tries_recorded_once(context, reader):
    stage = context.stage
    account = held_against_trail(stage.the(Diary), stage.actor(reader))
    assert_that(account.traced, every(recorded_once()))


@when("{admin}, {nurse} and {patient} try to write into the trail, to change it and to empty it")
def tamper(context, admin, nurse, patient):
    stage = context.stage
    others = (stage.actor(nurse), stage.actor(patient))
    stage.keep(trespassing.tamper(stage.actor(admin), others, stage.the(Pile)))


@then("every try is refused, and the entries that were there are there unchanged")
def tries_refused(context):
    tampering = context.stage.the(Tampering)
    assert_that(tampering.tries, every(denied(404, 405)))
    assert_that(tampering.after, kept_unchanged(tampering.before))


@then("{patient} may not read the trail, and {nurse} sees her own actions alone")
def readers_of_trail(context, patient, nurse):
    stage = context.stage
    reader = stage.actor(nurse)
    assert_that(stage.actor(patient).api.audit.try_entries(), denied(403))
    assert_that(reader.api.audit.all_entries(), own_actions(nurse, reader.id))


@when("the system is started anew under the eyes of {admin}")
def started_anew(context, admin):
    stage = context.stage
    stage.keep(trespassing.starts_under_the_eyes_of(stage.actor(admin), stage.the(Pile)))


@then("the entries that were there are there unchanged")
def entries_outlive(context):
    tampering = context.stage.the(Tampering)
    assert_that(tampering.after, kept_unchanged(tampering.before))
