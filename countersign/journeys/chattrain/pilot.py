"""The pilot: its users train both scenarios, one directly after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import ContractBroken, SystemFault
from countersign.expect.chattrain.pilot import PilotRound, Trained
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.trainee import Trainee, full_lines
from countersign.journeys.chattrain.training import Training
from countersign.load.together import Outcome, together
from countersign.systems.chattrain.model import need
from countersign.systems.chattrain.stored import Stored, read_stored

ROUND_WITHIN = 60.0
BOTH = ("customer service", "claim handling")
Kept = tuple[tuple[Any, ...], tuple[Stored, ...]]


@dataclass(frozen=True)
class PilotScores:
    """What a round of the pilot scored, a short training of a few answers, and somebody who answers without care."""

    round: PilotRound
    short: tuple[int, ...]
    careless: tuple[int, ...]


@dataclass(frozen=True)
class PilotUsers:
    """Pilot users who are ready to train."""

    people: tuple[Trainee, ...]

    @classmethod
    def of(cls, stage: Any, count: int) -> "PilotUsers":
        """Call so many pilot users together."""
        return cls(tuple(crowd(stage, count)))

    def trains_both(self) -> PilotRound:
        """Let everybody train both scenarios with full answers, all at once."""
        return _round(self.people, together([_both(person) for person in self.people], within=ROUND_WITHIN))

    def trains_beside(self, careless: Trainee, brief: Trainee, count: int) -> PilotScores:
        """The same, while one answers without care and one gives so many full answers only."""
        answers = personas.material("chattrain")["careless_lines"]
        jobs: list[Callable[[], Any]] = [_both(person) for person in self.people]
        jobs.append(lambda: careless.trains_on(BOTH[0], answers).scores)
        jobs.append(lambda: brief.trains_on(BOTH[1], full_lines(BOTH[1])[:count]).scores)
        *pilots, sloppy, short = together(jobs, within=ROUND_WITHIN)
        return PilotScores(_round(self.people, pilots), tuple(short.get()), tuple(sloppy.get()))


def _both(person: Trainee) -> Callable[[], tuple[Kept, Kept]]:
    def train() -> tuple[Kept, Kept]:
        first = person.trains(BOTH[0])
        before = _kept(first)
        person.trains(BOTH[1])
        return before, _kept(first)

    return train


def _kept(training: Training) -> Kept:
    """Tell state and conversation of a training; further fields of a system's own may change with every look."""
    told = training.chat.info()
    session = need(told, "session", Mapping, "session_info")
    state = tuple(
        session.get(name) for name in ("id", "user_id", "scenario_id", "status", "created_at", "completed_at")
    )
    messages = need(told, "messages", list, "session_info")
    if not messages:
        raise ContractBroken(f"chattrain: session {training.session.id} is told without what was said in it")
    return state, tuple(read_stored(item) for item in messages)


def _round(people: Sequence[Trainee], outcomes: Sequence[Outcome[Any]]) -> PilotRound:
    trainings: list[Trained] = []
    changed = []
    for person, outcome in zip(people, outcomes, strict=True):
        if outcome.error is not None and not isinstance(outcome.error, SystemFault):
            raise outcome.error  # the suite's own trouble is no finding about the system
        for number, name in enumerate(BOTH):
            begun = person.trainings[number] if number < len(person.trainings) else None
            trainings.append(_trained(person.name, name, begun, str(outcome.error or "")))
        if outcome.value is not None and outcome.value[0] != outcome.value[1]:
            changed.append(f"the first training of {person.name} reads differently after the second one")
    return PilotRound(tuple(trainings), tuple(changed), sum(outcome.ok for outcome in outcomes))


def _trained(who: str, name: str, training: Training | None, error: str) -> Trained:
    if training is None:
        return Trained(who, name, (), error or "it was never begun")
    status = training.ending.data.get("status") if training.ending else None
    if status == "completed":
        return Trained(who, name, tuple(training.scores), "")
    trouble = f"it ended as {status}" if status else error or "its end was not announced after the full answers"
    return Trained(who, name, tuple(training.scores), trouble)
