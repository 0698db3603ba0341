"""Sentences about the clinic's figures for operators."""

from behave import then, when
from hamcrest import assert_that, greater_than

from countersign.expect.amounts import below
from countersign.expect.counted_exactly import counted_exactly
from countersign.expect.every import every
from countersign.expect.outage_told import telling_in_time
from countersign.journeys.medassist.load import clinic_figures
from countersign.journeys.medassist.load.clinic_figures import ManyConnections, Work


@when("{patient} complains, {alarmed} has an emergency and {nurse} decides it, between two looks at the figures")
def known_work(context, patient, alarmed, nurse):
    people = [context.stage.actor(name) for name in (patient, alarmed, nurse)]
    context.stage.keep(clinic_figures.known_work(*people))


@then("the figures count exactly the requests, messages, red flags, decisions, failed answers and cached predictions")
def counts_exactly(context):
    assert_that(context.stage.the(Work).counts, every(counted_exactly()))


@then("they tell how much processor, memory, files and connections the system uses")
def resources_told(context):
    used = clinic_figures.resources(context.stage.the(Work))
    assert_that(list(used.values()), every(greater_than(0)), f"what is told: {used}")


@then("the chats are counted off within {limit:d} seconds of their end")
def counted_off(context, limit):
    assert_that(context.stage.the(Work).left, telling_in_time("as many connections are open as before", limit))


@when("{patient} opens and closes {count:d} chats while {nurse} weighs the system before and after")
def open_and_close(context, patient, count, nurse):
    stage = context.stage
    stage.keep(clinic_figures.opens_and_closes(stage.actor(patient), stage.actor(nurse), count))


@then("its memory grew by less than {limit:d} MiB over {count:d} chats")
def memory_grew(context, limit, count):
    grown = clinic_figures.measure_growth(context.stage, context.stage.the(ManyConnections), limit, count)
    assert_that(grown, below(limit, "MiB", "the growth of the memory"))


@then("as many connections are open as before within {limit:d} seconds")
def connections_as_before(context, limit):
    left = context.stage.the(ManyConnections).left
    assert_that(left, telling_in_time("as many connections are open as before", limit))
