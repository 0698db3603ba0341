"""Sentences about how soon patients and nurses are told something."""

from behave import given, then, when
from hamcrest import assert_that

from countersign.expect.limits import at_least
from countersign.expect.most_within import most_within
from countersign.expect.operations import all_succeeded
from countersign.journeys.load_figures import measure_most, vouched
from countersign.journeys.medassist.load import prompt_answers, prompt_notices
from countersign.journeys.medassist.load.many_patients import FullHouse
from countersign.journeys.medassist.load.prompt_answers import PromptAnswers
from countersign.journeys.medassist.load.prompt_notices import Alarms
from countersign.journeys.medassist.load.steady_traffic import Traffic


@when("{people:d} patients say {count:d} things each, one after the other, all at the same time")
def patients_say(context, people, count):
    context.stage.keep(prompt_answers.all_say(context.stage, people, count))


@then("all {count:d} messages are answered by the AI")
def all_answered(context, count):
    assert_that(context.stage.the(PromptAnswers).messages, all_succeeded(count))


@then("{least:d} of {of:d} messages are fully answered within {limit:g} seconds")
def fully_answered_within(context, least, of, limit):
    answers = prompt_answers.answers_vouched(context.stage, context.stage.the(PromptAnswers))
    strict = prompt_answers.limit_in_force(context.stage, limit)
    times = measure_most(
        context.stage, "message to whole answer", answers.times, least=least, of=of, limit=strict, load=answers.load
    )
    assert_that(times, most_within(least, of, strict, "messages fully answered"))


@when("each of them says {count:d} things, one every {every:d} seconds, without waiting for the slow answers")
def say_without_waiting(context, count, every):
    context.stage.keep(prompt_notices.messages_without_waiting(context.stage.the(FullHouse), count, every))


@then("{least:d} of {of:d} messages are acknowledged within {limit:g} seconds")
def acknowledged_within(context, least, of, limit):
    stage, traffic = context.stage, context.stage.the(Traffic)
    assert_that(traffic.acknowledgements, all_succeeded(of))
    vouched(stage, traffic.injector, traffic.load)
    times = [operation.seconds for operation in traffic.acknowledgements]
    measure_most(stage, "message to acknowledgement", times, least=least, of=of, limit=limit, load=traffic.load)
    assert_that(times, most_within(least, of, limit, "messages acknowledged"))


@given("{nurse} is on duty and hears every notice")
def on_duty(context, nurse):
    context.stage.need("nurse-live")
    assert_that(context.stage.actor(nurse).line.greeting.arrived, at_least(0, "seconds"))


@when("each of them reports an emergency, the second half while two others work at the reports that {nurse} sees")
def report_emergencies(context, nurse):
    stage = context.stage
    alarms = prompt_notices.emergencies(stage.the(FullHouse), stage.actor(nurse), prompt_notices.reliefs(stage))
    stage.keep(alarms)


@then("at least {least:d} notices of other things reached {nurse} during the second half")
def other_notices(context, least, nurse):
    prompt_notices.alarms_vouched(context.stage, context.stage.the(Alarms), least)


@then("{nurse} heard of {least:d} of {of:d} emergencies within {limit:g} seconds")
def alarms_within(context, nurse, least, of, limit):
    stage, alarms = context.stage, context.stage.the(Alarms)
    times = [alarm.seconds for alarm in alarms.alarms]
    measure_most(stage, "emergency to alarm", times, least=least, of=of, limit=limit, load=alarms.load)
    assert_that(times, most_within(least, of, limit, f"emergencies told to {nurse}"))
