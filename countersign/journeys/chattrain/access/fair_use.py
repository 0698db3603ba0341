"""One person takes more than their share, while another one trains as always."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.measuring import measure_longest
from countersign.load.together import together
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.model import Exchange
from countersign.transport.answer import Answer

ANSWERS_WITHIN = 10.0
THINKS = 1.4
"""Seconds the other one thinks before each line, so that her lines spread over flood, pause and return."""


@dataclass(frozen=True)
class Flood:
    """What became of many lines at once, of those after the pause, and of the other trainee's lines meanwhile.

    `sending` is how long the sending of the first lines took (seconds), `kept` how many lines are stored.
    """

    first: list[Exchange]
    later: list[Exchange]
    beside: list[Exchange]
    sending: float
    kept: int

    @property
    def accepted(self) -> int:
        """How many of the first lines were accepted."""
        return sum(exchange.accepted for exchange in self.first)

    @property
    def accepted_later(self) -> int:
        """How many of the lines after the pause were accepted."""
        return sum(exchange.accepted for exchange in self.later)

    @property
    def not_accepted(self) -> list[Exchange]:
        """All lines that were not accepted."""
        return [exchange for exchange in (*self.first, *self.later) if not exchange.accepted]

    def measure_beside(self, stage: Any, limit: float) -> None:
        """Journal the slowest reply to the other trainee."""
        times = [each.reply_seconds for each in self.beside if each.first("assistant_message") is not None]
        load = f"{len(self.first)} lines at once by somebody else"
        measure_longest(stage, "reply to another trainee during a flood", times, below=limit, load=load)

    def measure_accepted(self, stage: Any, lowest: int, highest: int) -> None:
        """Journal how many of the first lines were accepted."""
        _measure_count(stage, "lines accepted of a flood", self.accepted, len(self.first), (lowest, highest))

    def measure_accepted_later(self, stage: Any, lowest: int, highest: int) -> None:
        """Journal how many lines were accepted after the pause."""
        _measure_count(stage, "lines accepted after the pause", self.accepted_later, len(self.later), (lowest, highest))


def floods(flooder: Trainee, other: Trainee, *, lines: int, pause: float, later: int) -> Flood:
    """Let `flooder` send many lines at once, pause, and send some more, while `other` begins a training too."""
    other.opens("claim handling")
    bound = 2 * ANSWERS_WITHIN + pause + 10
    flood, beside = together(
        [lambda: _flood(flooder, lines, pause, later), lambda: _trains_on(other, pause)], within=bound
    )
    kept = sum(item.get("role") == "user" for item in flooder.training.chat.messages())
    first, more = flood.get()
    return Flood(first, more, beside.get()[0], first[-1].sent - first[0].sent, kept)


def _flood(flooder: Trainee, lines: int, pause: float, later: int) -> tuple[list[Exchange], list[Exchange]]:
    training, line = flooder.training, personas.material("chattrain")["lines"]["short"]
    first = training.say_at_once([line] * lines, ANSWERS_WITHIN)
    # The pause runs from the flood on, not from its last answer, which a slow AI may take its time for.
    training.chat.silence(max(0.0, first[-1].sent + pause - time.monotonic()))
    return first, training.say_at_once([line] * later, ANSWERS_WITHIN)


def _trains_on(other: Trainee, pause: float) -> tuple[list[Exchange], list[Exchange]]:
    training, line = other.training, personas.material("chattrain")["lines"]["polite"]
    said = [training.say(line)]
    while said[-1].sent - said[0].sent < pause:
        training.chat.silence(THINKS)
        said.append(training.say(line))
    return said, []


@dataclass(frozen=True)
class SessionFlood:
    """The answers to many sessions asked for at once by one user, and the answer to one that another user asked for."""

    answers: list[Answer]
    beside: Answer

    @property
    def opened(self) -> int:
        """How many sessions were opened."""
        return sum(answer.status in {200, 201} for answer in self.answers)

    @property
    def refused(self) -> list[Answer]:
        """The answers that opened no session."""
        return [answer for answer in self.answers if answer.status not in {200, 201}]

    def measure_opened(self, stage: Any, lowest: int, highest: int) -> None:
        """Journal how many sessions were opened."""
        _measure_count(stage, "sessions opened of many at once", self.opened, len(self.answers), (lowest, highest))


def opens_many(user: Trainee, other: Trainee, count: int, training: str) -> SessionFlood:
    """Let `user` ask for many sessions at once, each on a connection of its own, while `other` asks for one."""
    scenario = user.finds(training)
    askers = [user] * count + [other]
    apis = [ChatTrainApi(user.system, asker.name, user.stage.recorder) for asker in askers]
    bodies = [{"scenario_id": scenario.id, "user_id": asker.user_name} for asker in askers]
    try:
        outcomes = together(
            [partial(api.try_session, body) for api, body in zip(apis, bodies, strict=True)],
            within=2 * ANSWERS_WITHIN,
        )
    finally:
        _close(apis)
    answers = [outcome.get() for outcome in outcomes]
    many = SessionFlood(answers[:-1], answers[-1])
    user.stage.made["training sessions"] += many.opened + (many.beside.status in {200, 201})
    return many


def _close(apis: Sequence[ChatTrainApi]) -> None:
    for api in apis:
        api.close()


def _measure_count(stage: Any, name: str, value: int, of: int, limits: tuple[int, int]) -> None:
    stage.measure(
        name,
        value,
        "of them",
        samples=of,
        limit=limits[0],
        limit_to=limits[1],
        relation="between",
        required_samples=of,
        statistic="count",
        load=f"{of} of one user at once",
    )
