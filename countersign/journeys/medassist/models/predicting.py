"""Asking a model for predictions: by several connections of one person, shared out, or all the time."""

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from countersign.errors import SystemFault
from countersign.evidence import Recorder
from countersign.expect.medassist.served import Served
from countersign.journeys.medassist.models.own_model import ManagedModel
from countersign.journeys.medassist.person import Person
from countersign.load.meanwhile import meanwhile
from countersign.load.together import together
from countersign.systems.medassist.api import MedAssistApi
from countersign.transport import eventually

CONNECTIONS = 4
SHARED_OUT_WITHIN = 60.0
GOING_ON_WITHIN = 20.0

T = TypeVar("T")
R = TypeVar("R")


def connections(person: Person, count: int = CONNECTIONS) -> list[MedAssistApi]:
    """Open more connections of a person, for load of which nobody reads single exchanges."""
    unread = Recorder(person.stage.recorder.redactor, limit=0)
    opened = [MedAssistApi(person.system, person.name, unread) for _ in range(count)]
    for api in opened:
        api.use(person.api.tokens)
        person.stage.at_end(api.close, f"closing a connection of {person.name}")
    return opened


def shared_out(person: Person, items: Sequence[T], act: Callable[[MedAssistApi, T], R], count: int = 4) -> list[R]:
    """Do something for every item, shared out over connections of a person; give the results in their order.

    Raises what the first failing one raised.
    """
    parts = [items[number::count] for number in range(count)]
    opened = connections(person, count)
    jobs = [partial(_each, api, part, act) for api, part in zip(opened, parts, strict=True)]
    done = [outcome.get() for outcome in together(jobs, within=SHARED_OUT_WITHIN)]
    return [done[number % count][number // count] for number in range(len(items))]


def _each(api: MedAssistApi, part: Sequence[T], act: Callable[[MedAssistApi, T], R]) -> list[R]:
    return [act(api, item) for item in part]


def predicted(api: MedAssistApi, model_id: str, inputs: str, **more: Any) -> Served:
    """Ask for a prediction and tell what came of it."""
    began = time.monotonic()
    try:
        return Served(began, api.models.predict(model_id, inputs, **more))
    except SystemFault as fault:
        return Served(began, None, str(fault))


@dataclass(frozen=True)
class Asking:
    """Requests that go on. Each connection keeps its own list, so that they do not get in each other's way."""

    by_connection: tuple[list[Served], ...]

    @property
    def served(self) -> list[Served]:
        """What has come to an end so far, in the order in which it began."""
        return sorted((each for own in self.by_connection for each in list(own)), key=lambda each: each.began)

    def since(self, moment: float) -> list[Served]:
        """Give those that began after a moment."""
        return [each for each in self.served if each.began > moment]

    def wait_for(self, count: int, moment: float = 0.0, within: float = GOING_ON_WITHIN) -> None:
        """Wait until so many that began after a moment have come to an end."""
        eventually(lambda: self._reached(count, moment), within, what=f"{count} predictions")

    def _reached(self, count: int, moment: float) -> None:
        there = len(self.since(moment))
        if there < count:
            raise AssertionError(f"{there} came to an end")


def asked_all_the_time(model: ManagedModel, lasting: Callable[[Asking], R], count: int = CONNECTIONS) -> R:
    """Have connections ask for predictions, each with inputs of its own, as long as something lasts."""
    asking = Asking(tuple([] for _ in range(count)))
    others = [
        partial(_goes_on, api, own, model.model_id, f"dry cough, note {model.admin.stage.tag}-{number}")
        for number, (api, own) in enumerate(zip(connections(model.admin, count), asking.by_connection, strict=True))
    ]
    result, ended = meanwhile(lambda: lasting(asking), others, within=SHARED_OUT_WITHIN)
    for outcome in ended:
        outcome.get()
    return result


def _goes_on(api: MedAssistApi, own: list[Served], model_id: str, inputs: str, going_on: Callable[[], bool]) -> None:
    for turn in itertools.takewhile(lambda _: going_on(), itertools.count()):
        own.append(predicted(api, model_id, f"{inputs}-{turn}"))
