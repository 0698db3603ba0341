"""Several trainees at once: the five pilot users first, then their doubles under names of their own."""

from typing import Any

import personas
from countersign.journeys.chattrain.trainee import Trainee


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
