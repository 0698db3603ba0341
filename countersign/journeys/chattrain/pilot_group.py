"""The pilot group: several trainees who do the same thing at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from countersign.evidence.operations import Operation, OperationTally
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.tally import tell_failed
from countersign.load.together import Outcome, together
from countersign.systems.chattrain.model import Document, Scenario

T = TypeVar("T")
PILOT_USERS = 5
"""The pilot as the criteria have it; a run may have more users at once, never fewer."""


@dataclass(frozen=True)
class PilotGroup:
    """People who act at once, and the training they use with its documents."""

    stage: Any
    people: Sequence[Trainee]
    scenario: Scenario
    documents: Sequence[Document]

    @property
    def load(self) -> str:
        """Say in a report how many they are."""
        return f"{len(self.people)} users at once"

    def at_once(self, act: Callable[[Trainee], T], *, within: float) -> list[Outcome[T]]:
        """Let everybody do it at the same moment; at most `within` seconds are waited for them."""
        return together([partial(act, person) for person in self.people], within=within)


def pilot_size(stage: Any) -> int:
    """Give how many the pilot users of this run are (`-D users=N`, never fewer than the pilot has)."""
    wished: int = stage.options.users
    return max(PILOT_USERS, wished)


def pilot_group(stage: Any, training: str) -> PilotGroup:
    """Gather the pilot users of this run and let one look up the training."""
    return group_of(stage, pilot_size(stage), training)


def group_of(stage: Any, count: int, training: str) -> PilotGroup:
    """Gather exactly so many people and let one look up the training."""
    people = crowd(stage, count)
    scenario = people[0].finds(training)
    group = PilotGroup(stage, people, scenario, people[0].api.documents(scenario.text_id))
    stage.keep(group)
    return group


def count_in(stage: Any, operations: Iterable[Operation]) -> None:
    """Count operations among those of all load runs, and tell the failed ones in the evidence."""
    operations = list(operations)
    tally: OperationTally = stage.run.operations
    tally.add(operations)
    tell_failed(stage, operations)
