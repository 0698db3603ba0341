"""The AI behind the customer hangs for one trainee while everybody else goes on."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import DeadlineExceeded
from countersign.journeys.chattrain.chat.steady import steady_line
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.chattrain.trouble.ai_trouble import LINE_WITHIN, InTraining, says
from countersign.journeys.measuring import measure_longest
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.systems.chattrain.chat import THE_THREE
from countersign.systems.chattrain.model import Exchange
from countersign.systems.scripted_ai import mark
from countersign.transport.deadline import Deadline

OTHERS_WITHIN = 4.0
MOST_LINES = 15
THINKING = 0.5
LOOK_EVERY = 0.1
HANGING = "5 users, the AI hanging for 1 of them"


@dataclass(frozen=True)
class HangingAi:
    """What everybody met while the AI hung for one of them. Times in seconds.

    `asides` are the times of other questions on the same line, `health` those of looks at the system's health.
    """

    exchange: Exchange
    asides: Sequence[float]
    others: Sequence[Exchange]
    health: Sequence[float]
    after: Exchange | None


def ai_hangs(stage: Any, who: Trainee) -> HangingAi:
    """Let the AI hang for one trainee while the others go on talking and the operator watches the health."""
    others = stage.the(InTraining).people
    watched = partial(_watches_health, stage.actor("Olga").api)
    jobs = [watched, *(partial(_goes_on_talking, person) for person in others)]
    (exchange, asides), [health, *talks] = meanwhile(partial(_meets_silence, who), jobs, within=40)
    came = exchange.first("evaluation_feedback") is not None
    after = says(who, steady_line(), LINE_WITHIN) if came else None
    said = [one for talk in talks for one in talk.get()]
    return HangingAi(exchange, asides, said, health.get(), after)


def _meets_silence(who: Trainee) -> tuple[Exchange, list[float]]:
    chat = who.training.chat
    line = mark("hang", personas.material("chattrain_trouble")["rated_line"]["text"])
    before, asides = len(chat.frames), list[float]()
    sent = chat.say(line)
    deadline = Deadline(LINE_WITHIN, "the notice")
    while not deadline.expired and all(frame.type != THE_THREE[2] for frame in chat.frames[before:]):
        began = time.monotonic()
        # One that is not answered at all took longer than any limit.
        with suppress(DeadlineExceeded):
            chat.info(within=OTHERS_WITHIN)
        asides.append(time.monotonic() - began)
        chat.silence(THINKING)
    own = tuple(frame for frame in chat.frames[before:] if frame.type != "session_info")
    return Exchange(line, sent, own), asides


def _goes_on_talking(person: Trainee, going_on: GoingOn) -> list[Any]:
    said: list[Exchange] = []
    while going_on() and len(said) < MOST_LINES:
        said.append(says(person, steady_line(), OTHERS_WITHIN))
        if said[-1].first(THE_THREE[2]) is None:
            break
        person.training.chat.silence(THINKING)
    return said


def _watches_health(api: Any, going_on: GoingOn) -> list[Any]:
    pace, seconds = Pace(LOOK_EVERY), list[float]()
    while going_on():
        pace.wait()
        seconds.append(api.ask("GET", "/api/health").must_be(200).seconds)
    return seconds


def measure_hang(stage: Any, hang: HangingAi, limit: float, aside: float) -> None:
    """Journal the time to the notice and those of the other questions on the same line."""
    if hang.exchange.first("assistant_message") is not None:
        measure_longest(stage, "notice when the AI hangs", [hang.exchange.reply_seconds], below=limit, load=HANGING)
    measure_longest(stage, "other questions on the hanging line", hang.asides, below=aside, load=HANGING)


def measure_others(stage: Any, hang: HangingAi, limit: float) -> None:
    """Journal how long the customer took for the others."""
    seconds = [one.reply_seconds for one in hang.others if one.first("assistant_message") is not None]
    if seconds:
        measure_longest(stage, "reply to the others", seconds, below=limit, load=HANGING)


def measure_health(stage: Any, hang: HangingAi, limit: float) -> float:
    """Journal and give the slowest look at the health."""
    return measure_longest(stage, "health while the AI hangs", hang.health, below=limit, load=HANGING)
