"""Starting sessions: of every training, one after the other, and by several people at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.expect.chattrain.offer import Start
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.together import together
from countersign.systems.chattrain.model import Scenario

ALL_WITHIN = 10.0


@dataclass(frozen=True)
class ListLooks:
    """The list of trainings as it was before and after something was done."""

    before: tuple[Scenario, ...]
    after: tuple[Scenario, ...] = ()


@dataclass(frozen=True)
class Starts:
    """Sessions started one after the other (in this order), then by everybody at once."""

    in_turn: tuple[Start, ...]
    at_once: tuple[Start, ...]

    @property
    def all(self) -> tuple[Start, ...]:
        """Every start."""
        return self.in_turn + self.at_once

    @property
    def numbers(self) -> list[int]:
        """The numbers of all sessions, in the order of starting as far as there was one."""
        return [start.session.id for start in self.all]

    @property
    def numbers_in_turn(self) -> list[int]:
        """The numbers of those started one after the other, then the lowest of those started at once."""
        return [*(start.session.id for start in self.in_turn), min(start.session.id for start in self.at_once)]


def measure_offer(stage: Any, looks: ListLooks, least: int) -> None:
    """Journal how many trainings are on offer; `least` is how many there must be."""
    offered = len({scenario.text_id for scenario in looks.before})
    stage.measure("trainings on offer", offered, "trainings", samples=offered, limit=least, relation="at least")


def measure_numbers(stage: Any, starts: Starts, count: int) -> None:
    """Journal how many different numbers the started sessions bear; each of the `count` needs its own."""
    stage.measure(
        "different session numbers",
        len(set(starts.numbers)),
        "numbers",
        samples=len(starts.numbers),
        limit=count,
        relation="equal to",
        required_samples=count,
        load="5 in turn, then 5 users at once",
    )


def starts_every_training(trainee: Trainee, before: Sequence[Scenario]) -> ListLooks:
    """Start one session of each listed training, then look at the list again."""
    for scenario in before:
        trainee.starts(scenario)
    return ListLooks(tuple(before), tuple(trainee.api.scenarios()))


def pilot_users_start(stage: Any, count: int, training: str) -> Starts:
    """Let so many pilot users start a session each, first in turn and then at once."""
    users = crowd(stage, count)
    scenario = users[0].finds(training)

    def start(user: Trainee) -> Start:
        return Start(user.user_name, scenario.id, user.starts(scenario))

    in_turn = tuple(start(user) for user in users)
    at_once = together([partial(start, user) for user in users], within=ALL_WITHIN)
    return Starts(in_turn, tuple(outcome.get() for outcome in at_once))
