"""The AI behind the customer fails, in every way it can."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import personas
from countersign.errors import SuiteError
from countersign.faults import Control, rolled_back
from countersign.journeys.chattrain.chat.steady import steady_line
from countersign.journeys.chattrain.crowd import all_at_once, crowd
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.chattrain.trouble.browsing import Browsing, browses
from countersign.journeys.measuring import measure_longest
from countersign.load.meanwhile import meanwhile
from countersign.systems.chattrain.model import Exchange
from countersign.systems.scripted_ai import ScriptedAiRecord, mark

LINE_WITHIN = 12.0
"""Longer than any limit, so that a late notice itself can be measured."""
SWITCHED_OFF = "is switched off"


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
    if len(ways) > len(group.people):
        raise SuiteError(f"{len(group.people)} trainees cannot meet {len(ways)} ways to fail; mend the Given")
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


def true_score() -> int:
    """Give the score that the line of these journeys is worth at the first step."""
    return int(personas.material("chattrain_trouble")["rated_line"]["score"])


def measure_notices(stage: Any, exchanges: Sequence[Exchange], limit: float) -> None:
    """Journal how long the replies took that stand in for a failed AI."""
    seconds = [one.reply_seconds for one in exchanges if one.first("assistant_message") is not None]
    load = f"{len(exchanges)} users, the AI failing each in another way"
    measure_longest(stage, "notice when the AI fails", seconds, below=limit, load=load, required=len(exchanges))
