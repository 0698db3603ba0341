"""Sentences about what is installed at the hub before a scenario begins."""

from behave import given

from countersign.journeys.modelhub.hub import hub_of


@given("the hub has no model installed")
def nothing_installed(context):
    hub_of(context.stage).has_installed([])
