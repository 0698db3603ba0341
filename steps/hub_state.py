"""Sentences about what is installed at the hub before a scenario begins."""

from behave import given

from countersign.journeys.modelhub.hub import hub_of, models_of


@given("the hub has no model installed")
def nothing_installed(context):
    hub_of(context.stage).has_installed([])


@given("the hub has only {models} installed")
def only_installed(context, models):
    hub_of(context.stage).has_installed(models_of(models))
