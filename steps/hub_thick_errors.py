"""Sentences about errors of all kinds that come thick and fast."""

from behave import then, when
from hamcrest import assert_that, less_than_or_equal_to

from countersign.expect.modelhub.recovered import recovered_from
from countersign.journeys.modelhub.outages import thick_errors
from countersign.journeys.modelhub.outages.thick_errors import ThickErrors


@when(
    "{count:d} errors befall {people:d} people like {persona} within {minutes:d} minutes: a failing source, "
    "damaged files, dying downloads and a failing engine"
)
def errors_befall(context, count, people, persona, minutes):
    user = context.stage.actor(persona)
    context.stage.keep(thick_errors.befall(user, count, people, 60 * minutes))


@then("the hub recovers from at least 9 of 10 of the {count:d} errors by itself or by the way out that it offers")
def recovers(context, count):
    thick = context.stage.the(ThickErrors)
    thick_errors.measure(context.stage, thick, 0.9, count)
    assert_that(thick.met, recovered_from(0.9, count))


@then("95 of 100 recoveries take at most {limit:d} seconds")
def in_time(context, limit):
    longest = thick_errors.measure_times(context.stage, context.stage.the(ThickErrors), limit)
    assert_that(longest, less_than_or_equal_to(limit), "the seconds that 95 of 100 recoveries take at most")
