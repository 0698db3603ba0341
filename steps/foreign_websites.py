"""Sentences about foreign websites and the protection that answers carry."""

from behave import then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.safe_answers import protects_its_reader, safe_cookies
from countersign.expect.trespass import unreadable
from countersign.journeys.medassist.access.foreign_website import Lured, lures


@when("{patient} and {nurse} visit foreign websites that ask the clinic for everything with their browsers")
def visit(context, patient, nurse):
    context.stage.keep(lures(context.stage.actor(patient), context.stage.actor(nurse)))


@then("the foreign websites can read no answer of the clinic")
def read_nothing(context):
    assert_that(context.stage.the(Lured).answers, every(unreadable()))


@then("each answer forbids guessing its kind, those of services are kept by nobody, and pages say what they may do")
def protected(context):
    assert_that(context.stage.the(Lured).protected, every(protects_its_reader()))


@then("no cookie is within reach of scripts or foreign websites")
def cookies(context):
    assert_that(context.stage.the(Lured).protected, every(safe_cookies()))
