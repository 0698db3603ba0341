"""Sentences about watching the system: health, figures, memory."""

from behave import given, then, when
from hamcrest import assert_that, equal_to

from countersign.expect.amounts import below
from countersign.expect.counts import number_of
from countersign.expect.every import every
from countersign.expect.limits import lasting
from countersign.expect.outage_told import telling_in_time, telling_of_the_outage
from countersign.journeys.changes import measure_change
from countersign.journeys.chattrain.load import counting, weighing
from countersign.journeys.chattrain.load.counting import Changes
from countersign.journeys.chattrain.load.weighing import MemoryUse
from countersign.journeys.chattrain.trouble import watching
from countersign.journeys.chattrain.trouble.watching import Watch


@given("{persona} finds the system healthy")
def finds_healthy(context, persona):
    assert_that(context.stage.actor(persona).health().status, equal_to("healthy"), "the health of the system")


@when("the database goes away and comes back while {persona} looks at the health")
def database_goes_and_comes(context, persona):
    context.stage.keep(watching.watches_outage(context.stage.actor(persona)))


@then(
    "{persona} reads within {limit:d} seconds that the system cannot work, and nothing else until the database is back"
)
def reads_unhealthy(context, persona, limit):
    watch = context.stage.the(Watch)
    measure_change(context.stage, "loss of the database to the health telling it", watch.loss, limit)
    assert_that(watch.loss, telling_in_time("the database is gone", limit))
    assert_that(watch.meanwhile, every(telling_of_the_outage()))


@then("{persona} reads within {limit:d} seconds of its return that the system is healthy")
def reads_healthy(context, persona, limit):
    watch = context.stage.the(Watch)
    measure_change(context.stage, "return of the database to the health being good", watch.recovery, limit)
    assert_that(watch.recovery, telling_in_time("the system is healthy again", limit))


@given("{persona} has noted the figures of the system at rest")
@given("{persona} has noted the memory of the system at rest")
def notes_figures(context, persona):
    counting.notes_figures(context.stage.actor(persona))


@when("{persona} opens the {training} training, has {answered:d} lines answered and {refused:d} refused")
def works(context, persona, training, answered, refused):
    operator = context.stage.actor("Olga")
    context.stage.keep(counting.works(context.stage.actor(persona), operator, training, answered, refused))


@then("the figures show {answered:d} more answered lines, {refused:d} more refused ones and nothing else")
def figures_of_lines(context, answered, refused):
    changes = context.stage.the(Changes)
    assert_that(changes.answered, number_of("more answered lines", answered, answered))
    assert_that(changes.refused, number_of("more refused lines", refused, refused))
    assert_that(changes.lines, number_of("more lines of any kind", answered + refused, answered + refused))


@then("the figures show {count:d} more timed answers, together no longer than {persona} waited")
def figures_of_times(context, count, persona):
    changes = context.stage.the(Changes)
    assert_that(changes.timed, number_of("more timed answers", count, count))
    assert_that(
        changes.timed_seconds, lasting(0.0001, changes.waited, f"the answers, which took {persona} longer, timed")
    )


@then("the figures show {sessions:d} more session and {connections:d} more open connection")
def figures_of_connections(context, sessions, connections):
    changes = context.stage.the(Changes)
    assert_that(changes.sessions, number_of("more sessions", sessions, sessions))
    assert_that(changes.opened, number_of("more open connections", connections, connections))


@then("the connection of {persona} is counted off within {limit:d} seconds of his leaving")
def connection_counted_off(context, persona, limit):
    left = counting.connections_after_leaving(context.stage.actor(persona), context.stage.actor("Olga"), limit)
    assert_that(left, number_of("open connections more than before", 0, 0))


@when("the pilot group says {lines:d} lines over {connects:d} connects")
def much_work(context, lines, connects):
    context.stage.keep(weighing.much_work(context.stage, context.stage.actor("Olga"), lines, connects))


@then("the memory grew by less than {limit:d} MB")
def memory_grew_less(context, limit):
    assert_that(
        weighing.measure_growth(context.stage, context.stage.the(MemoryUse), limit), below(limit, "MB", "growth")
    )


@then("the system takes less than {limit:d} GB")
def memory_below(context, limit):
    assert_that(weighing.measure_size(context.stage, context.stage.the(MemoryUse), limit), below(limit, "GB", "memory"))
