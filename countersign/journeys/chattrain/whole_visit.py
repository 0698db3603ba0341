"""The whole system as a pilot user meets it: health, trainings, two sessions with their documents and lines."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.evidence.operations import Operation, attempt
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.group_talk import JOIN, say_rated
from countersign.journeys.chattrain.pilot_group import count_in, pilot_size
from countersign.journeys.chattrain.trainee import Trainee, full_lines
from countersign.journeys.chattrain.training import Training
from countersign.load.together import together
from countersign.systems.chattrain.model import Scenario, Session

VISIT_WITHIN = 100.0


@dataclass(frozen=True)
class Visit:
    """What one user did: sessions `begun`, and `held` with every line answered and rated."""

    operations: Sequence[Operation]
    begun: int
    held: int
    seconds: float

    @property
    def finished(self) -> bool:
        """Say whether everything the user did went well."""
        return not any(operation.failed for operation in self.operations)


@dataclass(frozen=True)
class Visits:
    """The visits of all users. `seconds` runs from the first start to the last end."""

    visits: Sequence[Visit]
    seconds: float

    @property
    def finished(self) -> int:
        """How many users finished."""
        return sum(visit.finished for visit in self.visits)

    @property
    def held(self) -> int:
        """How many sessions were held."""
        return sum(visit.held for visit in self.visits)

    @property
    def begun(self) -> int:
        """How many sessions were to be held."""
        return sum(visit.begun for visit in self.visits)

    @property
    def times(self) -> list[float]:
        """Seconds each user needed."""
        return [visit.seconds for visit in self.visits]

    @property
    def load(self) -> str:
        """Say in a report how many they were."""
        return f"{len(self.visits)} users at once"

    def share(self, least: int, of: int, each: int = 1) -> int:
        """Give how many of these users (or of the things each of them does) `least` of `of` are, rounded up."""
        return math.ceil(len(self.visits) * each * least / of)

    def told_of(self, what: str) -> str:
        """Name what is counted together with the first thing that went wrong, if anything did."""
        failed = [operation for visit in self.visits for operation in visit.operations if operation.failed]
        return f"{what} (the first of {len(failed)} failed operations: {failed[0]})" if failed else what


def visit_together(stage: Any, trainings: Sequence[str], lines: int) -> Visits:
    """Let the pilot users of a run each walk through these trainings at once, so many lines in each, without pauses."""
    people = crowd(stage, pilot_size(stage))
    jobs = [partial(_Visitor(person, lines).visit, trainings) for person in people]
    outcomes = together(jobs, within=VISIT_WITHIN)
    visits = [outcome.get() for outcome in outcomes]
    count_in(stage, [operation for visit in visits for operation in visit.operations])
    ended = max(outcome.finished or time.monotonic() for outcome in outcomes)
    return Visits(visits, ended - min(outcome.started for outcome in outcomes))


class _Visitor:
    def __init__(self, person: Trainee, lines: int) -> None:
        self._person = person
        self._lines = lines
        self._operations: list[Operation] = []

    def visit(self, trainings: Sequence[str]) -> Visit:
        began = time.monotonic()
        self._do("health", self._person.api.health)
        held = sum(self._trains(training) for training in trainings)
        return Visit(self._operations, len(trainings), held, time.monotonic() - began)

    def _trains(self, training: str) -> bool:
        before = len(self._operations)
        scenarios: list[Scenario] = []
        self._do("trainings", lambda: scenarios.append(self._person.finds(training)))
        for scenario in scenarios:
            self._holds(scenario, full_lines(training)[: self._lines])
        return not any(operation.failed for operation in self._operations[before:])

    def _holds(self, scenario: Scenario, lines: Sequence[str]) -> None:
        sessions: list[Session] = []
        joined: list[Training] = []
        self._do("session", lambda: sessions.append(self._person.starts(scenario)))
        self._do("documents", lambda: self._person.reads_documents(scenario))
        if sessions:
            self._do(JOIN, lambda: joined.append(self._person.joins(scenario, sessions[0])))
        for training in joined:
            self._operations += [say_rated(training, line) for line in lines]
            training.leave()

    def _do(self, what: str, act: Callable[[], object]) -> None:
        def done() -> None:
            act()

        self._operations.append(attempt(self._person.name, what, done))
