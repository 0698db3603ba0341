"""Normal service after too many people came: somebody new gets in, many connect, one trains to the end."""

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from countersign.errors import (
    ContractBroken,
    DeadlineExceeded,
    HandshakeRefused,
    LineClosed,
    SystemUnreachable,
)
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.group_talk import JOIN
from countersign.journeys.chattrain.load.rush import Rush
from countersign.journeys.chattrain.pilot_group import count_in
from countersign.journeys.chattrain.trainee import Trainee, full_lines
from countersign.journeys.chattrain.training import Training
from countersign.systems.chattrain.model import Exchange
from countersign.transport import eventually, unless_raised

NEWCOMERS = 4
"""The connections afterwards are spread over so many people, because one may start only 20 sessions at once."""


def newcomers(stage: Any, come: Rush) -> list[Trainee]:
    """Give people who were not among those who came at once."""
    return crowd(stage, len(come.guests) + NEWCOMERS)[-NEWCOMERS:]


def seconds_to_normal(newcomer: Trainee, come: Rush, within: float, training: str) -> float:
    """Give the seconds from the end of a rush until somebody new gets into a chat. Raises DeadlineExceeded."""

    def gets_in() -> None:
        newcomer.opens(training).leave()

    faults = (SystemUnreachable, HandshakeRefused, LineClosed, DeadlineExceeded, ContractBroken)
    eventually(unless_raised(gets_in, *faults), within=within, every=0.5, what="somebody new to get into a chat")
    return time.monotonic() - come.over_at


def connects(stage: Any, people: Sequence[Trainee], count: int, training: str) -> list[Operation]:
    """Let people start a session, get into its chat and leave it again, one after the other, so many times in all."""
    scenario = people[0].finds(training)

    def in_and_out(person: Trainee) -> None:
        joined: Training = person.joins(scenario, person.starts(scenario))
        joined.leave()

    operations = []
    for number in range(count):
        person = people[number % len(people)]
        operations.append(attempt(person.name, JOIN, partial(in_and_out, person)))
    count_in(stage, operations)
    return operations


def trains_once(person: Trainee, training: str) -> Sequence[Exchange]:
    """Let somebody walk one whole training: list, session, documents, chat and full lines; give the exchanges."""
    person.opens_and_reads(training)
    return person.answers_fully(len(full_lines(training)))
