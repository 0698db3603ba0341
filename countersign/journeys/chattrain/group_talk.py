"""Several trainees in their chats at once: joining, answering the customer, and how long it took."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from countersign.errors import ContractBroken, SystemFault
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.chattrain.chat.steady import steady_line
from countersign.journeys.chattrain.pilot_group import PilotGroup, count_in
from countersign.journeys.chattrain.training import Training
from countersign.load.together import together
from countersign.systems.chattrain.model import Exchange

LINE = "a line"
JOIN = "joining the chat"
TALK_WITHIN = 120.0
BURST_WITHIN = 45.0


@dataclass(frozen=True)
class Talk:
    """What several people said at once. Seconds; `sessions` holds how long each one's lines took together."""

    operations: Sequence[Operation]
    exchanges: Sequence[Exchange]
    sessions: Sequence[float]
    seconds: float
    load: str

    @property
    def reply_times(self) -> list[float]:
        """Seconds from each line to the customer's reply, of the lines that got one."""
        return [operation.seconds for operation in self.operations if not operation.problem]

    @property
    def feedback_times(self) -> list[float]:
        """Seconds from each line to its rating."""
        return [exchange.feedback_seconds for exchange in self.exchanges]

    @property
    def answered_of_100(self) -> float:
        """How many of 100 lines were answered and rated."""
        return 100 * len(self.reply_times) / max(1, len(self.operations))

    @property
    def replies_a_second(self) -> float:
        """How many replies came in a second, from the first line to the last reply."""
        answered = [operation for operation in self.operations if not operation.problem]
        if not answered:
            return 0.0
        began = min(operation.began for operation in self.operations)
        return len(answered) / (max(operation.began + operation.seconds for operation in answered) - began)


def say_rated(training: Training, line: str) -> Operation:
    """Say a line and tell how long the customer's reply took, or what was wrong with what came."""

    def act() -> float:
        exchange = training.say(line)
        why_not_rated(exchange)
        return exchange.reply_seconds

    return attempt(training.actor, LINE, act)


def why_not_rated(exchange: Exchange) -> None:
    """Raise ContractBroken unless a line was confirmed, answered by the customer and rated."""
    if exchange.refusal is not None:
        code = exchange.refusal.data.get("error_code") or exchange.refusal.data.get("code")
        raise ContractBroken(f"chattrain: the line {exchange.line[:60]!r} was refused ({code})")
    if not exchange.accepted:
        raise ContractBroken(f"chattrain: the line {exchange.line[:60]!r} was not confirmed")
    if exchange.is_fallback:
        raise ContractBroken(f"chattrain: {exchange.line[:60]!r} got the notice that stands in for a failed AI")
    _ = exchange.feedback


@dataclass(frozen=True)
class Chats:
    """A group of people, each in the chat of a session of their own."""

    group: PilotGroup
    trainings: Sequence[Training]


def join_all(group: PilotGroup) -> Chats:
    """Let everybody start a session and join its chat; raise what kept the first one out."""
    outcomes = group.at_once(
        lambda person: person.joins(group.scenario, person.starts(group.scenario)), within=TALK_WITHIN
    )
    chats: Chats = group.stage.keep(Chats(group, [outcome.get() for outcome in outcomes]))
    return chats


def talk_at_once(stage: Any, trainings: Sequence[Training], count: int) -> Talk:
    """Let everybody say so many lines at once, each the next one after the feedback of the one before.

    Whoever gets no answer to a line says no further one.
    """

    def talk(training: Training) -> list[Operation]:
        operations = []
        for line in [steady_line()] * count:
            operations.append(say_rated(training, line))
            if operations[-1].problem:
                break
        return operations

    return _talk(stage, trainings, talk, _people(trainings))


def burst_at_once(stage: Any, trainings: Sequence[Training], count: int) -> Talk:
    """Let everybody send so many lines without waiting, all at once; times count from each line's own sending."""

    def burst(training: Training) -> list[Operation]:
        return [_told(training, exchange) for exchange in training.say_at_once([steady_line()] * count, BURST_WITHIN)]

    return _talk(stage, trainings, burst, f"{_people(trainings)}, {count} lines without waiting")


def _people(trainings: Sequence[Training]) -> str:
    return "1 user" if len(trainings) == 1 else f"{len(trainings)} users at once"


def _told(training: Training, exchange: Exchange) -> Operation:
    waited = time.monotonic() - exchange.sent
    try:
        why_not_rated(exchange)
    except SystemFault as fault:
        return Operation(training.actor, LINE, exchange.sent, waited, str(fault))
    return Operation(training.actor, LINE, exchange.sent, exchange.reply_seconds)


def _talk(stage: Any, trainings: Sequence[Training], talk: Callable[[Training], list[Operation]], load: str) -> Talk:
    before = [len(training.exchanges) for training in trainings]
    jobs = [partial(talk, training) for training in trainings]
    outcomes = together(jobs, within=TALK_WITHIN)
    per_person = [outcome.get() for outcome in outcomes]
    operations = list(chain.from_iterable(per_person))
    count_in(stage, operations)
    exchanges = [
        exchange
        for training, begin in zip(trainings, before, strict=True)
        for exchange in training.exchanges[begin:]
        if exchange.first("evaluation_feedback")
    ]
    began = min(outcome.started for outcome in outcomes)
    ended = max(outcome.finished or time.monotonic() for outcome in outcomes)
    sessions = [outcome.seconds for outcome in outcomes if outcome.seconds is not None]
    return Talk(operations, exchanges, sessions, ended - began, load)
