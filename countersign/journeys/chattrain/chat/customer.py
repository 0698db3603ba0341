"""What reaches the AI customer: every character of a line, and everything said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hamcrest import assert_that

import personas
from countersign.expect.chattrain.asked import AiSettings, Asked, asked_with_the_conversation
from countersign.expect.every import every
from countersign.expect.texts import as_typed
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.chattrain.training import Training
from countersign.systems.scripted_ai import ScriptedAiRecord, mark


@dataclass(frozen=True)
class Heard:
    """Pairs of a line as it was typed and as it was found: echoed by the customer, and stored (in the history).

    `stored` is empty where the target reads no sessions back.
    """

    echoed: tuple[tuple[str, str], ...]
    stored: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Questions:
    """What the AI was asked for each line of a conversation."""

    all: tuple[Asked, ...]


def is_echoed(training: Training, trainee: Trainee, count: int) -> Heard:
    """Say so many lines of mixed scripts to a customer who echoes; read them back where that can be done."""
    lines: list[str] = personas.material("chattrain_api")["scripts"][:count]
    sent = [mark("echo", line) for line in lines]
    exchanges = training.say_all(sent)
    echoed = tuple((line, exchange.reply) for line, exchange in zip(lines, exchanges, strict=True))
    if "history" not in trainee.system.capabilities:
        trainee.stage.recorder.say("the target reads no sessions back, so the stored lines were not compared")
        return Heard(echoed, ())
    kept = [item["content"] for item in trainee.api.read_messages(training.session) if item.get("role") == "user"]
    kept += ["nothing"] * (len(sent) - len(kept))
    return Heard(echoed, tuple(zip(sent, kept, strict=False)))


def measure_echoes(stage: Any, heard: Heard, count: int) -> None:
    """Journal how many of the `count` lines the customer heard as typed."""
    same = sum(typed == echo for typed, echo in heard.echoed)
    _measure(stage, "lines heard exactly as typed", same, len(heard.echoed), count)


def measure_questions(stage: Any, questions: Questions, most: int, count: int) -> None:
    """Journal how many of the `count` lines had the AI asked as it must be."""
    proper = sum(asked_with_the_conversation(most).matches(asked) for asked in questions.all)
    _measure(stage, "lines for which the AI was asked properly", proper, len(questions.all), count)


def _measure(stage: Any, name: str, value: int, samples: int, count: int) -> None:
    stage.measure(name, value, "lines", samples=samples, limit=count, relation="equal to", required_samples=count)


def judge_stored(heard: Heard) -> None:
    """Raise AssertionError unless every stored line is as typed; what could not be read back is not judged."""
    if heard.stored:
        assert_that(heard.stored, every(as_typed("stored is")))


def asks_for(trainee: Trainee, trainings: Sequence[str], count: int) -> Questions:
    """Say so many lines in each of these trainings; give what the AI was asked for each of them."""
    record = ScriptedAiRecord(trainee.system, trainee.stage.recorder)
    trainee.stage.at_end(record.close, "closing the record of the scripted AI")
    asked: list[Asked] = []
    for name in trainings:
        asked += _asks(trainee, record, name, count)
    return Questions(tuple(asked))


def _asks(trainee: Trainee, record: ScriptedAiRecord, name: str, count: int) -> list[Asked]:
    settings = AiSettings(**personas.material("chattrain_api")["ai_customers"][name])
    # A mark of this scenario in every line tells its calls from those of others who use the AI meanwhile.
    own = f"{name} {trainee.stage.tag}"
    lines = [
        f"{line} ({own}, {n})" for n, line in enumerate(personas.material("chattrain_api")["plain_lines"][:count], 1)
    ]
    training, place = trainee.opens(name), record.here()
    earlier: list[tuple[str, str]] = []
    asked = []
    for number, line in enumerate(lines, 1):
        exchange = training.say(line)
        calls = [call for call in record.since(place) if f"({own}, {number})" in call.last_user_text]
        asked.append(Asked(number, line, tuple(earlier), tuple(calls), settings))
        earlier += [("user", line), ("assistant", exchange.reply)]
    return asked
