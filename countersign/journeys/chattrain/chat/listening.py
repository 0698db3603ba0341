"""Listening to the customers: how they open, what they reply, and whether every training on the list has one."""

from dataclasses import dataclass

import personas
from countersign.errors import SuiteError
from countersign.expect.chattrain.customers import Customer, TriedTraining
from countersign.journeys.chattrain.crowd import doubles
from countersign.journeys.chattrain.trainee import Trainee


@dataclass(frozen=True)
class Customers:
    """The customers of the pilot trainings."""

    customers: tuple[Customer, ...]


@dataclass(frozen=True)
class TriedTrainings:
    """What one polite line brought in every training on the list."""

    trainings: tuple[TriedTraining, ...]


def hears_every_customer(trainee: Trainee, count: int) -> Customers:
    """Say so many different things in each pilot training. Raises SuiteError if the material holds fewer."""
    material = personas.material("chattrain_trainings")
    lines = material["small_talk"][:count]
    if len(lines) < count:
        raise SuiteError(f"small_talk in personas/material/chattrain_trainings.yaml holds only {len(lines)} lines")
    heard = []
    for name, words in material["customers"].items():
        training = trainee.opens(name)
        exchanges = training.say_all(lines)
        heard.append(
            Customer(
                training=name,
                opening=str(training.greetings[0].data.get("first_message") or ""),
                replies=tuple(each.reply for each in exchanges if not each.is_fallback),
                notices=sum(each.is_fallback for each in exchanges),
                own_problem=tuple(words["own_problem"]),
                of_the_other=tuple(words["of_the_other"]),
            )
        )
    return Customers(tuple(heard))


def tries_every_training(trainee: Trainee) -> TriedTrainings:
    """Start every training on the list and say one polite line in it, each under a name without earlier sessions."""
    line = personas.material("chattrain")["lines"]["polite"]
    listed = trainee.api.scenarios()
    return TriedTrainings(
        tuple(
            TriedTraining(each.title, person.joins(each, person.starts(each)).say(line))
            for person, each in zip(doubles(trainee, len(listed)), listed, strict=True)
        )
    )
