"""Sentences about who may do what."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.medassist.access_matrix import as_the_matrix_says
from countersign.expect.traces import free_of
from countersign.journeys.medassist.access.access_walk import AccessWalk, Walked, belonging_to
from countersign.journeys.medassist.access.scenery import Scenery


@given("{owner}, {other}, {nurse} and {admin} work at the clinic with something of everything there")
def scenery(context, owner, other, nurse, admin):
    context.stage.keep(Scenery(*map(context.stage.actor, (owner, other, nurse, admin))))


@when("they and a stranger try every route of the access matrix")
def try_routes(context):
    context.stage.keep(AccessWalk(context.stage.the(Scenery)).goes("matrix"))


@when("they and a stranger try every live door of the access matrix")
def try_doors(context):
    context.stage.keep(AccessWalk(context.stage.the(Scenery)).goes("sockets"))


@then("each is allowed or refused as the matrix says")
def as_stated(context):
    walked = context.stage.the(Walked)
    walked.measure(context.stage)
    assert_that(walked.cells, as_the_matrix_says())


@then("no refusal tells anything that belongs to {owner}")
def tells_nothing(context, owner):
    traces = belonging_to(context.stage.the(Scenery))
    assert_that(context.stage.the(Walked).refusals, free_of(traces, f"what belongs to {owner}"))
