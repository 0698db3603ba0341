"""Sentences about parts of the hub that are stopped, killed or lost, alone or several at once."""

from behave import given, then, when
from hamcrest import assert_that, equal_to

from countersign.expect.every import every
from countersign.expect.limits import at_least, within
from countersign.expect.modelhub.arrivals import arrived_whole
from countersign.expect.modelhub.kept import nothing_lost
from countersign.expect.modelhub.orders import done_once
from countersign.expect.modelhub.overall import agrees_with_its_models
from countersign.expect.modelhub.parts import told_by_name_within, well_again_within
from countersign.expect.modelhub.promises import kept
from countersign.expect.modelhub.snapshots import tells_the_truth
from countersign.expect.modelhub.turned_away import turned_away
from countersign.expect.modelhub.use import never_false
from countersign.expect.modelhub.whole import whole_within
from countersign.expect.operations import all_succeeded, most_succeeded
from countersign.journeys.modelhub.outages import cascade, chaos, database, event_store, killing
from countersign.journeys.modelhub.outages.cascade import Cascade
from countersign.journeys.modelhub.outages.chaos import Disaster
from countersign.journeys.modelhub.outages.database import DatabaseAway
from countersign.journeys.modelhub.outages.event_store import StoreAway
from countersign.journeys.modelhub.outages.found import Aftermath
from countersign.journeys.modelhub.outages.killing import Killings
from countersign.journeys.modelhub.outages.others import Others, others
from countersign.journeys.modelhub.outages.recovering import measure_whole
from countersign.journeys.modelhub.outages.use import measure_answered

LOOKS_TO_TELL = 20
"""Looks that are needed to say that an absent model was never offered."""


@given("{count:d} others use the hub")
def others_use_it(context, count):
    context.stage.keep(others(context.stage, count))


@when(
    "monitor, generator and downloader stop in turn, {apart:d} seconds apart, and are started again while "
    "{persona} works on"
)
def stop_in_turn(context, apart, persona):
    stage = context.stage
    fallen = stage.keep(cascade.falls_one_by_one(stage.actor(persona), stage.the(Others), apart))
    stage.keep(fallen.aftermath)


@when(
    "source, downloader and space are lost and a model is damaged, all at once for {seconds:d} seconds, in a download "
    "of {persona}"
)
def lost_at_once(context, seconds, persona):
    stage = context.stage
    disaster = stage.keep(chaos.fails_at_once(stage.actor(persona), stage.the(Others), seconds))
    stage.keep(disaster.aftermath)


@when("the event store is away for {seconds:d} seconds in the middle of a download and a generation of {persona}")
def event_store_away(context, seconds, persona):
    stage = context.stage
    outage = stage.keep(event_store.loses_the_event_store(stage.actor(persona), stage.the(Others), seconds))
    stage.keep(outage.aftermath)


@when(
    "monitor, generator, downloader and the answering process are killed in the middle of {persona}'s work, "
    "{rounds:d} times each"
)
def killed_in_mid_work(context, persona, rounds):
    context.stage.keep(killing.kills_each(context.stage.actor(persona), rounds))


@when(
    "the database is away for {seconds:d} seconds in the middle of a download of {persona} while {people:d} people "
    "ask for everything"
)
def database_away(context, seconds, persona, people):
    context.stage.keep(database.loses_the_database(context.stage.actor(persona), people, seconds))


@then("whatever does not need the stopped part goes on, and the rest is taken and waits")
def goes_on(context):
    assert_that(context.stage.the(Cascade).promises, every(kept()))


@then("of at least {least:d} looks at status, health and alternatives {share:d} of 100 are answered")
def looks_answered(context, least, share):
    people = context.stage.the(Others)
    measure_answered(context.stage, people.use, share, least, people.load)
    assert_that(people.use.reads, most_succeeded(share, least))


@then("everything is whole again within {limit:d} seconds of the return of the last part")
def whole_again(context, limit):
    found = context.stage.the(Aftermath)
    measure_whole(context.stage, found.whole, limit, context.stage.the(Others).load)
    assert_that(found.whole, whole_within(limit))


@then(
    "every generation is done once, and each of the {count:d} downloads arrives with at most 1 MB twice for an "
    "interruption"
)
def done_once_and_arrived(context, count):
    found = context.stage.the(Aftermath)
    assert_that(found.orders, every(done_once()))
    assert_that(len(found.downloads), equal_to(count), "the downloads")
    assert_that(found.downloads, every(arrived_whole()))


@then("no look offers a model that is not whole, or misses the one that is")
def no_false_offer(context):
    assert_that(context.stage.the(Disaster).offers, never_false(LOOKS_TO_TELL))


@then("the download arrives, every generation is done once, and all counts agree with the models")
def counts_agree(context):
    disaster, found = context.stage.the(Disaster), context.stage.the(Aftermath)
    assert_that(found.downloads, every(arrived_whole()))
    assert_that(found.orders, every(done_once()))
    assert_that(disaster.store, agrees_with_its_models())
    assert_that(disaster.told_available, equal_to(disaster.available), "the models told as available in all")


@then("after each of the {times:d} times every list is as it was before")
def lists_as_before(context, times):
    killings = context.stage.the(Killings)
    assert_that(killings.each, every(nothing_lost()))
    assert_that(len(killings.each), equal_to(times), "the killings")


@then(
    "each of the {count:d} generations that were killed is done once more or given up with a sentence, "
    "within {limit:d} seconds"
)
def killed_generations_end(context, count, limit):
    killings = context.stage.the(Killings)
    killing.measure(context.stage, killings, limit)
    assert_that(killings.interrupted, every(done_once()))
    assert_that(killings.ends, every(within(limit, "the end of a generation that was killed")))
    assert_that(len(killings.ends), equal_to(count), "the generations that were killed")


@then("the download arrives with at most 1 MB twice for each of the {count:d} interruptions")
def killed_download_arrives(context, count):
    arrivals = context.stage.the(Killings).downloads
    assert_that(arrivals, every(arrived_whole()))
    assert_that(arrivals[0].interruptions, equal_to(count), "the interruptions")


@then("nothing is left hanging, and every generation and every request that waited is done once")
def nothing_hangs(context):
    killings = context.stage.the(Killings)
    assert_that(killings.left, whole_within(killing.ENDED_WITHIN))
    assert_that(killings.orders, every(done_once()))
    assert_that(killings.served, every(done_once()))
    assert_that(killings.looks, every(within(killing.LOOKED_WITHIN, "a look at the models by the monitor")))


@then("the health tells of it within {limit:d} seconds")
def health_tells(context, limit):
    assert_that(context.stage.the(StoreAway).outage, told_by_name_within(limit))


@then("the work that was under way ends meanwhile, and nothing of at least {least:d} wishes and looks fails")
def work_ends_meanwhile(context, least):
    outage, use = context.stage.the(StoreAway), context.stage.the(Others).use
    assert_that([*use.reads, *use.wishes], all_succeeded(least))
    assert_that(outage.meanwhile, whole_within(event_store.AWAY_SECONDS))


@then("notices come again within {limit:d} seconds of its return, and new listeners are told the truth")
def notices_come_again(context, limit):
    outage = context.stage.the(StoreAway)
    event_store.measure(context.stage, outage, limit)
    assert_that(outage.told, whole_within(limit))
    assert_that(outage.snapshots, every(tells_the_truth()))


@then(
    "each of at least {least:d} calls is turned away within {limit:d} seconds with the time to come again and what "
    "to do"
)
def calls_turned_away(context, least, limit):
    outage = context.stage.the(DatabaseAway)
    assert_that(outage.calls, every(turned_away()))
    assert_that(database.measure_calls(context.stage, outage, least, limit), within(limit, "each call to be answered"))
    assert_that(len(outage.calls), at_least(least, "calls"))


@then(
    "the health tells within {told:d} seconds that the hub cannot be used, and is good within {well:d} seconds of the "
    "return"
)
def unusable_and_good(context, told, well):
    outage = context.stage.the(DatabaseAway)
    database.measure_return(context.stage, outage, well)
    assert_that(outage.outage, told_by_name_within(told))
    assert_that(outage.outage, well_again_within(well))
    assert_that(outage.served, whole_within(well))


@then("all lists are as they were before, and the download arrives with the published bytes")
def lists_and_download(context):
    outage = context.stage.the(DatabaseAway)
    assert_that(outage.lists, nothing_lost())
    assert_that(outage.downloads, every(arrived_whole()))
