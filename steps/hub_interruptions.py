"""Sentences about downloads that are interrupted, and about files that are fetched again."""

from behave import given, then, when
from hamcrest import assert_that, equal_to, has_entries, has_properties

from countersign.expect.every import every
from countersign.expect.modelhub.files import as_published, asked_only_for
from countersign.expect.modelhub.offered import never_offered_too_early
from countersign.expect.modelhub.resume import continued_where_it_stopped, whole_and_right
from countersign.journeys.modelhub.downloads import interrupting, trials
from countersign.journeys.modelhub.downloads.interrupting import Interruptions
from countersign.journeys.modelhub.fallback import offering
from countersign.journeys.modelhub.fallback.offering import Offers
from countersign.journeys.modelhub.upkeep import mending
from countersign.journeys.modelhub.upkeep.mending import Damaged, Repaired


@given("of {model} one of 6 files is deleted and another one changed")
def one_deleted_one_changed(context, model):
    context.stage.keep(mending.damages(context.stage, model))


@when("{persona} has it repaired")
def has_it_repaired(context, persona):
    context.stage.keep(mending.repairs(context.stage.actor(persona), context.stage.the(Damaged)))


@then("the source was asked for these {count:d} files only")
def asked_for_these(context, count):
    repaired = context.stage.the(Repaired)
    assert_that(len(repaired.damaged.paths), equal_to(count), "the files that were not right")
    assert_that(repaired.sent, asked_only_for(repaired.damaged.paths))


@then("all 6 files are right again and the hub calls the model healthy")
def right_again(context):
    repaired = context.stage.the(Repaired)
    assert_that(repaired.digests, as_published(repaired.published))
    assert_that(repaired.verified, has_entries(is_valid=True))
    assert_that(repaired.health, has_properties(status="healthy", integrity_score=1.0))


@when("downloads of {persona} are interrupted by a broken connection, by a pause, and by a failure and a new start")
def three_ways(context, persona):
    context.stage.keep(interrupting.interrupts_three_ways(context.stage.actor(persona)))


@when("the downloading program is killed in the middle of a download of {persona} and started again")
def downloader_killed(context, persona):
    context.stage.keep(interrupting.kills_the_downloader(context.stage.actor(persona)))


@when("{persona} resumes one download at a source that starts over and one at a source that denies the rest")
def source_cannot_continue(context, persona):
    context.stage.keep(interrupting.cannot_continue(context.stage.actor(persona)))


@then("each goes on where it stopped, with at most 1 MB transferred twice")
def goes_on(context):
    assert_that(context.stage.the(Interruptions).each, every(continued_where_it_stopped()))


@then("each arrives with exactly the published bytes")
def arrives_whole(context):
    assert_that(context.stage.the(Interruptions).each, every(whole_and_right()))


@when("these limited downloads meet their trouble while everything that is told of them is looked at 10 times a second")
def looked_at_closely(context):
    wanted = trials.table_of(context.stage, context.table)
    context.stage.keep(context.stage.keep(offering.looks_closely(context.stage, wanted)).trials)


@then(
    "no status, health report or notice offers one of the {count:d} models before its download is completed "
    "and proven right"
)
def never_too_early(context, count):
    offers = context.stage.the(Offers)
    assert_that(len(offers.each), equal_to(count), "the models looked at")
    assert_that(offers.each, every(never_offered_too_early()))
