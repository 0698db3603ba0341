"""The AI behind the customer fails, in every way it can, or hangs."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import personas
from countersign.errors import DeadlineExceeded
from countersign.faults import Control, rolled_back
from countersign.journeys.chattrain.browsing import Browsing, browses
from countersign.journeys.chattrain.crowd import all_at_once, crowd
from countersign.journeys.chattrain.lost_line import steady_line
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.measuring import measure_longest
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.systems.chattrain.chat import THE_THREE
from countersign.systems.chattrain.model import Exchange
from countersign.systems.chattrain.scripted_ai import ScriptedAiRecord, mark
from countersign.transport.deadline import Deadline

LINE_WITHIN = 12.0
"""Longer than any limit, so that a late notice itself can be measured."""
OTHERS_WITHIN = 4.0
MOST_LINES = 15
THINKING = 0.5
LOOK_EVERY = 0.1
SWITCHED_OFF = "is switched off"
HANGING = "5 users, the AI hanging for 1 of them"


@dataclass(frozen=True)
class InTraining:
    """Trainees who are in a training, each in a chat of their own."""

    people: Sequence[Trainee]
    training: str


@dataclass(frozen=True)
class AiFailure:
    """What a trainee met when the AI failed in one way.

    `calls` is how often the AI was asked for the line, None where nobody could count it; `after` is the next line.
    """

    way: str
    exchange: Exchange
    calls: int | None
    most_calls: int
    after: Exchange | None = None


@dataclass(frozen=True)
class AiTrouble:
    """All ways in which the AI failed, and how the rest of the system was meanwhile."""

    failures: Sequence[AiFailure]
    meanwhile: Sequence[Browsing]

    @property
    def exchanges(self) -> list[Exchange]:
        """What the trainees met."""
        return [failure.exchange for failure in self.failures]

    @property
    def counted(self) -> list[AiFailure]:
        """Those failures for which the AI could count how often it was asked."""
        return [failure for failure in self.failures if failure.calls is not None]


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


def in_training(stage: Any, count: int, training: str) -> None:
    """Bring so many people into a training."""
    people = crowd(stage, count)
    all_at_once(people, lambda person: person.opens(training), within=60)
    stage.keep(InTraining(people, training))


def ai_fails(stage: Any, ways: Sequence[str]) -> AiTrouble:
    """Let the AI fail every trainee in another way while somebody else uses the rest of the system.

    The server itself is switched off last, where the suite can do that; otherwise the evidence says that it cannot.
    Afterwards everybody says another line.
    """
    group = stage.the(InTraining)
    scripted = [way for way in ways if way != SWITCHED_OFF]
    pairs = list(zip(group.people, scripted, strict=False))
    failures, browsing = _scripted_trouble(stage, pairs, group.training)
    everybody, browsings = failures, [browsing]
    if SWITCHED_OFF in ways:
        system = stage.system("chattrain")
        if "dependency-control" in system.capabilities:
            failure, browsing = _switched_off(stage, system.control, group.people[len(scripted)], group.training)
            everybody, browsings = [*failures, failure], [*browsings, browsing]
        else:
            stage.recorder.say(f"the AI was not switched off: {system.missing.get('dependency-control', 'no control')}")
    people = group.people[: len(everybody)]
    after = all_at_once(people, lambda person: says(person, steady_line(), LINE_WITHIN), within=30)
    return AiTrouble([replace(one, after=next_) for one, next_ in zip(everybody, after, strict=True)], browsings)


def says(trainee: Trainee, line: str, within: float) -> Exchange:
    """Say a line and give whatever it brought until it was rated or the time was over."""
    return trainee.training.say_at_once([line], within)[0]


def _scripted_trouble(
    stage: Any, pairs: Sequence[tuple[Trainee, str]], training: str
) -> tuple[list[AiFailure], Browsing]:
    known = personas.material("chattrain_trouble")["ai_ways"]
    record = ScriptedAiRecord(stage.system("chattrain"), stage.recorder)
    stage.at_end(record.close, "closing the record of the AI")
    place = record.here()
    lines = {person: _failing_line(way, known[way]) for person, way in pairs}
    browser = stage.actor("Emma")

    def everybody() -> list[Exchange]:
        return all_at_once(
            [person for person, _ in pairs], lambda person: says(person, lines[person], LINE_WITHIN), within=30
        )

    exchanges, [browsed] = meanwhile(everybody, [partial(browses, browser, training)], within=45)
    calls = record.since(place)
    failures = [
        AiFailure(way, exchange, sum(way in call.last_user_text for call in calls), known[way]["most_calls"])
        for (_, way), exchange in zip(pairs, exchanges, strict=True)
    ]
    return failures, browsed.get()


def _switched_off(stage: Any, control: Control, person: Trainee, training: str) -> tuple[AiFailure, Browsing]:
    line = f"{personas.material('chattrain_trouble')['rated_line']['text']} ({SWITCHED_OFF})"
    with rolled_back(control, stage.actor("Olga").finds_it_well):
        control.dependency("ai").stop()
        exchange, [browsed] = meanwhile(
            partial(says, person, line, LINE_WITHIN), [partial(browses, stage.actor("Emma"), training)], within=30
        )
    most = personas.material("chattrain_trouble")["ai_ways"][SWITCHED_OFF]["most_calls"]
    return AiFailure(SWITCHED_OFF, exchange, None, most), browsed.get()


def _failing_line(way: str, script: dict[str, Any]) -> str:
    details = {name: value for name, value in script.items() if name not in ("do", "most_calls")}
    return mark(script["do"], f"{personas.material('chattrain_trouble')['rated_line']['text']} ({way})", **details)


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


def true_score() -> int:
    """Give the score that the line of these journeys is worth at the first step."""
    return int(personas.material("chattrain_trouble")["rated_line"]["score"])


def measure_notices(stage: Any, exchanges: Sequence[Exchange], limit: float) -> None:
    """Journal how long the replies took that stand in for a failed AI."""
    seconds = _reply_seconds(exchanges)
    load = f"{len(exchanges)} users, the AI failing each in another way"
    measure_longest(stage, "notice when the AI fails", seconds, below=limit, load=load, required=len(exchanges))


def measure_hang(stage: Any, hang: HangingAi, limit: float, aside: float) -> None:
    """Journal the time to the notice and those of the other questions on the same line."""
    if hang.exchange.first("assistant_message") is not None:
        measure_longest(stage, "notice when the AI hangs", [hang.exchange.reply_seconds], below=limit, load=HANGING)
    measure_longest(stage, "other questions on the hanging line", hang.asides, below=aside, load=HANGING)


def measure_others(stage: Any, hang: HangingAi, limit: float) -> None:
    """Journal how long the customer took for the others."""
    seconds = _reply_seconds(hang.others)
    if seconds:
        measure_longest(stage, "reply to the others", seconds, below=limit, load=HANGING)


def measure_health(stage: Any, hang: HangingAi, limit: float) -> float:
    """Journal and give the slowest look at the health."""
    return measure_longest(stage, "health while the AI hangs", hang.health, below=limit, load=HANGING)


def _reply_seconds(exchanges: Sequence[Exchange]) -> list[float]:
    return [exchange.reply_seconds for exchange in exchanges if exchange.first("assistant_message") is not None]
