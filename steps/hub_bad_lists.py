"""Sentences about a source that is not to be trusted."""

from behave import then, when
from hamcrest import assert_that, empty

from countersign.expect.every import every
from countersign.expect.modelhub.lists import failed_for_its_list, nothing_escaped, storing_no_more_than_announced
from countersign.journeys.modelhub.downloads import bad_lists
from countersign.journeys.modelhub.downloads.bad_lists import BadLists


@when("{persona} downloads models by every kind of malicious or broken list of files")
def download_by_bad_lists(context, persona):
    context.stage.keep(bad_lists.downloads_by_bad_lists(context.stage.actor(persona)))


@then("each of these downloads fails because of its list, and no such model is offered for use")
def each_fails(context):
    assert_that(context.stage.the(BadLists).downloads, every(failed_for_its_list()))
    assert_that(context.stage.the(BadLists).listed, empty(), "names that lead elsewhere among the models")


@then("nothing was written outside of the folder of models")
def nothing_outside(context):
    assert_that(context.stage.the(BadLists).escaped, nothing_escaped())


@then("at no time more was stored than announced and 1 MB")
def no_more_stored(context):
    assert_that(context.stage.the(BadLists).downloads, every(storing_no_more_than_announced()))
