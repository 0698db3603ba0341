"""Sentences about what the system gives away: answer keys, paths, program text."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.every import every
from countersign.expect.traces import free_of
from countersign.expect.trespass import denied
from countersign.journeys.chattrain.access.disclosure import (
    Collected,
    answer_key,
    disk_paths,
    every_answer,
    everything_open_to,
    program_texts,
    trains_everything,
)
from countersign.journeys.chattrain.access.stranger import Denials
from countersign.journeys.chattrain.chat.nonsense import Complaints, sends_nonsense


@given("{persona} has trained everything to the end")
def trained_everything(context, persona):
    trains_everything(context.stage.actor(persona))


@when("{persona} reads everything that is open to her before her first answer")
def read_everything(context, persona):
    context.stage.keep(everything_open_to(context.stage.actor(persona)))


@then("nothing that {persona} read holds the answer key or a later line that {trained} was told")
def no_answer_key(context, persona, trained):
    traces = answer_key(context.stage.actor(trained))
    assert_that(context.stage.the(Collected).places, free_of(traces, "the answer key and the later lines"))


@when("{stranger} calls every maintenance function without the key of the operator")
def call_maintenance(context, stranger):
    context.stage.keep(context.stage.actor(stranger).tries_maintenance())


@then("every call of {stranger} is denied")
def calls_denied(context, stranger):
    assert_that(context.stage.the(Denials).answers, every(denied(401, 403, 404)))


@when("{stranger} collects an answer from every place of the system")
def collect_answers(context, stranger):
    context.stage.keep(every_answer(context.stage.actor(stranger)))


@then("no collected answer holds a path of the server's disk")
def no_disk_path(context):
    collected = context.stage.the(Collected)
    assert_that(collected.places, free_of(disk_paths(collected.system), "a path of the server's disk"))


@when("{stranger} sends bad input of every kind and trains while the AI fails")
def send_nonsense(context, stranger):
    context.stage.keep(sends_nonsense(context.stage.actor(stranger)))


@then("nothing that {stranger} is told holds a text of the program, of its database or of the AI provider")
def plain_words_only(context, stranger):
    complaints = context.stage.the(Complaints)
    complaints.measure(context.stage)
    assert_that(complaints.places, free_of(program_texts(), "program, database and AI-provider text"))
