"""Several trainees at once: the five pilot users first, then their doubles under names of their own."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import personas
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.together import together

T = TypeVar("T")


def crowd(stage: Any, count: int) -> list[Trainee]:
    """Give `count` trainees, each with a user name and connections of their own."""
    names: list[str] = personas.material("chattrain")["pilot_users"]
    return [
        Trainee(stage, personas.load(names[number % len(names)], seed=stage.options.seed), suffix=f"-{number + 1}")
        for number in range(count)
    ]


def doubles(trainee: Trainee, count: int) -> list[Trainee]:
    """Give the same person `count` times under user names of their own, so that no limit of a user is met."""
    return [Trainee(trainee.stage, trainee.persona, suffix=f"-{number + 1}") for number in range(count)]


def all_at_once(people: Sequence[Trainee], act: Callable[[Trainee], T], *, within: float) -> list[T]:
    """Let everybody do the same at the same moment; give the results in their order, or raise the first error."""
    return [outcome.get() for outcome in together([partial(act, person) for person in people], within=within)]
