"""Sentences about many downloads from a source that fails badly."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.modelhub.bad_source import fetched_at_most, most_arrive, retries_within_limit
from countersign.journeys.modelhub.outages import bad_source
from countersign.journeys.modelhub.outages.bad_source import BadTransfers


@when("{persona} downloads {count:d} models at once and each of their files is cut twice in the middle")
def each_file_cut(context, persona, count):
    context.stage.keep(bad_source.meets_cuts(context.stage.actor(persona), count))


@when("{persona} downloads {count:d} models at once while {percent:d} in 100 requests to the source fail")
def requests_fail(context, persona, count, percent):
    context.stage.keep(bad_source.meets_dice(context.stage.actor(persona), count, percent))


@then("at least {least:d} of {count:d} downloads arrive whole in the end")
def arrive(context, least, count):
    bad = context.stage.the(BadTransfers)
    bad_source.measure(context.stage, bad, least=least, of=count)
    assert_that(bad.each, most_arrive(least, count))


@then("at most {most:g} times the bytes that are needed are fetched")
def few_bytes(context, most):
    bad = context.stage.the(BadTransfers)
    bad_source.measure_bytes(context.stage, bad, most)
    assert_that(bad.bytes_per_byte, fetched_at_most(most))


@then("no file is tried again more than 3 times")
def few_retries(context):
    assert_that(context.stage.the(BadTransfers).each, every(retries_within_limit()))
