"""Somebody opens, leaves and reopens a line again and again, while somebody else uses the hub."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import SystemFault
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.load_figures import excused, vouched
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.systems.modelhub.socket import TopicLine
from countersign.systems.modelhub.topics import TOPICS

VISIT_EVERY, CALL_EVERY = 0.1, 0.05
ALL_WITHIN = 60.0
TOLD_WITHIN = 10.0
MODEL = "the text model"
LOAD = "1 user, somebody else's line opened and left all the time"


@dataclass(frozen=True)
class Visits:
    """The topics that each visit of a restless person was greeted with and could choose, and what another did."""

    greeted: Sequence[int]
    chosen: Sequence[int]
    calls: Sequence[Operation]
    injector: InjectorHealth
    still_told: str

    @property
    def seconds(self) -> list[float]:
        """How long each call of the other took."""
        return [call.seconds for call in self.calls]

    @property
    def problems(self) -> list[str]:
        """What was wrong with calls of the other."""
        return [str(call) for call in self.calls if call.problem]


def comes_and_goes(restless: HubUser, other: HubUser, times: int) -> Visits:
    """Open a line, choose all topics and leave, in order or by a broken network, while another uses the hub."""
    other.stage.need("topic-events")
    steady = other.listens("generation_progress")
    _ = restless.api
    with watching_the_injector() as injector:
        visits, [calls] = meanwhile(partial(_visits, restless, times), [partial(_calls, other)], within=ALL_WITHIN)
    greeted, chosen = zip(*visits, strict=True)
    return Visits(greeted, chosen, calls.get(), injector.health, _still_told(other, steady))


def _visits(restless: HubUser, times: int) -> list[tuple[int, int]]:
    pace, visits = Pace(VISIT_EVERY), list[tuple[int, int]]()
    for number in range(times):
        pace.wait()
        line = restless.listens(*TOPICS)
        visits.append((len(line.greeting.data["available_topics"]), len(line.subscriptions())))
        if number % 2:
            line.cut()
        else:
            line.close()
    return visits


def _calls(other: HubUser, going_on: GoingOn) -> list[Operation]:
    """Read the status, the progress of downloads and the own generations in turn."""
    reads: Sequence[tuple[str, Callable[[], Any]]] = (
        ("reading the status", other.api.models.statuses),
        ("reading the downloads", other.api.downloads.all),
        ("reading the generations", other.api.generation.tasks),
    )
    pace, calls = Pace(CALL_EVERY), list[Operation]()
    while going_on():
        what, read = reads[len(calls) % len(reads)]
        pace.wait()
        calls.append(attempt(other.name, what, partial(_done, read)))
    return calls


def _done(read: Callable[[], Any]) -> None:
    read()


def _still_told(other: HubUser, steady: TopicLine) -> str:
    """Say why the line that stayed is of no use any more; nothing if it tells of a generation from start to end."""
    task = other.api.generation.submit(model_of(MODEL), personas.material("modelhub_sockets")["prompt"])["task_id"]
    try:
        steady.wait_for_data("generation_progress", TOLD_WITHIN, task_id=task, status="completed")
    except SystemFault as fault:
        return str(fault)
    return ""


def measure(stage: Any, visits: Visits, limit: float, least: int) -> None:
    """Journal the longest call of the other, of `least` at least.

    Raises NotVerified for an injector out of breath, and for a limit that is missed on a machine that others took.
    """
    vouched(stage, visits.injector, LOAD)
    longest = measure_longest(stage, "call of a bystander", visits.seconds, below=limit, load=LOAD, required=least)
    excused(stage, missed=longest >= limit)
