"""Many sessions started at the same moment, and a few lines in each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from countersign.errors import SystemFault
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.chattrain.chat.steady import steady_line
from countersign.journeys.chattrain.group_talk import JOIN, TALK_WITHIN, say_rated
from countersign.journeys.chattrain.pilot_group import PilotGroup, count_in
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.chattrain.training import Training
from countersign.load.together import Outcome, together
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.model import Session, need

START_WITHIN = 15.0


@dataclass(frozen=True)
class ManySessions:
    """Sessions of several people, each with who started it, and how long every start took (also the failed ones)."""

    group: PilotGroup
    started: Sequence[tuple[Trainee, Session]]
    starts: Sequence[Operation]

    @property
    def load(self) -> str:
        """Say in a report how many starts there were."""
        return f"{len(self.starts)} starts at once"

    @property
    def numbers(self) -> list[int]:
        """The numbers of the sessions."""
        return [session.id for _, session in self.started]

    @property
    def times(self) -> list[float]:
        """Seconds each start took."""
        return [operation.seconds for operation in self.starts]


def start_at_once(group: PilotGroup, each: int) -> ManySessions:
    """Let everybody start `each` sessions at the same moment, every one over a connection of its own."""
    people = [person for person in group.people for _ in range(each)]
    outcomes = together([partial(_start, group, person) for person in people], within=START_WITHIN)
    starts = [_operation(person, outcome) for person, outcome in zip(people, outcomes, strict=True)]
    count_in(group.stage, starts)
    started = [(person, outcome.get()) for person, outcome in zip(people, outcomes, strict=True) if outcome.ok]
    return ManySessions(group, started, starts)


def _start(group: PilotGroup, person: Trainee) -> Session:
    group.stage.made["training sessions"] += 1
    api = ChatTrainApi(person.system, person.name, group.stage.recorder)
    try:
        return api.start_session(group.scenario.id, person.user_name)
    finally:
        api.close()


def _operation(person: Trainee, outcome: Outcome[Session]) -> Operation:
    if outcome.error is not None and not isinstance(outcome.error, SystemFault):
        raise outcome.error
    seconds = START_WITHIN if outcome.seconds is None else outcome.seconds
    return Operation(person.name, "starting a session", outcome.started, seconds, str(outcome.error or ""))


@dataclass(frozen=True)
class Receipts:
    """What the lines said in many sessions brought: one operation a line, and the numbers of their receipts."""

    lines: Sequence[Operation]
    numbers: Sequence[int]
    load: str = ""


def talk_in_all(many: ManySessions, count: int) -> Receipts:
    """Join every session and say `count` lines in each, in all of them at once."""
    jobs = [partial(_talk, many.group, person, session, [steady_line()] * count) for person, session in many.started]
    receipts = [outcome.get() for outcome in together(jobs, within=TALK_WITHIN)]
    operations = [operation for each in receipts for operation in each.lines]
    count_in(many.group.stage, operations)
    numbers = [number for each in receipts for number in each.numbers]
    return Receipts(operations, numbers, f"{len(jobs)} sessions at once")


def _talk(group: PilotGroup, person: Trainee, session: Session, said: Sequence[str]) -> Receipts:
    trainings: list[Training] = []
    join = attempt(person.name, JOIN, lambda: trainings.append(person.joins(group.scenario, session)))
    lines = [say_rated(training, line) for training in trainings for line in said]
    received = [exchange.first("message_received") for training in trainings for exchange in training.exchanges]
    numbers = [need(frame.data, "message_id", int, "a receipt") for frame in received if frame is not None]
    return Receipts([join, *lines], numbers)
