"""So many users at the hub at once for a while, each with their own day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from countersign.errors import SystemFault
from countersign.evidence.operations import Operation, attempt
from countersign.expect.modelhub.load import MachineUse, Promise
from countersign.journeys.modelhub.hub import hub_of, product_models
from countersign.journeys.modelhub.load.bench import Bench
from countersign.journeys.modelhub.load.crowd import crowd_of, users
from countersign.journeys.modelhub.load.day import Day
from countersign.journeys.modelhub.load.resources import MachineWatch
from countersign.journeys.tally import tell_failed
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace, Thinking
from countersign.load.shift import LONGEST, Shift
from countersign.load.together import together
from countersign.systems.modelhub.api import ModelHubApi

THINKING = (0.5, 1.5)
LIFE_SIGN_EVERY = 0.5
ANSWER_WITHIN, SETTLES_WITHIN = 15.0, 240.0


@dataclass(frozen=True)
class Level:
    """What so many users did in so many seconds, what became of what was accepted, and how hub and machine were.

    `signs` are the looks at the health meanwhile, `well_after` says how the hub told of itself when all was over.
    """

    users: int
    seconds: float
    operations: Sequence[Operation]
    promises: Sequence[Promise]
    signs: Sequence[Operation]
    use: MachineUse
    well_after: str
    injector: InjectorHealth

    @property
    def load(self) -> str:
        """Say in a report what the figures rest on."""
        return f"{self.users} users for {self.seconds:g} s, who think 0.5 to 1.5 s between actions"

    @property
    def times(self) -> Mapping[str, list[float]]:
        """The seconds of every operation that went well, by its kind."""
        kinds = sorted({operation.what for operation in self.operations})
        return {
            kind: [each.seconds for each in self.operations if each.what == kind and not each.failed] for kind in kinds
        }


class Levels:
    """The levels that this run has seen: one that several criteria ask for is made once."""

    def __init__(self) -> None:
        self.seen: dict[tuple[int, float], Level] = {}


def at_once(stage: Any, count: int, seconds: float, least: int) -> Level:
    """Let so many users work at the hub for so long and until at least so many calls were made; give what they did."""
    levels: Levels = stage.lasting.get(Levels, Levels)
    if (count, seconds) not in levels.seen:
        levels.seen[count, seconds] = _works(stage, count, seconds, least)
    return levels.seen[count, seconds]


def _works(stage: Any, count: int, seconds: float, least: int) -> Level:
    stage.may_take(LONGEST * seconds + SETTLES_WITHIN)
    models, hub = product_models(), hub_of(stage)
    hub.has_installed(models[:1])
    people, bench = users(stage, count), Bench(models[1:])
    days = [Day(person, models, bench, f"{stage.options.seed} {person.name}") for person in people]
    watch = crowd_of(stage).client("the operator")
    watch.goes_on_as(hub.admin)
    stage.at_end(watch.close, "closing the operator's client")
    looker = crowd_of(stage).client("a look at the health")
    stage.at_end(looker.close, "closing the client that looks at the health")
    shift = Shift(seconds, least)
    jobs = [partial(shift.works, day.next, Thinking(*THINKING, day.dice)) for day in days]

    def everybody() -> list[Operation]:
        outcomes = together(jobs, within=LONGEST * seconds + ANSWER_WITHIN)
        return list(chain.from_iterable(outcome.get() for outcome in outcomes))

    machine = MachineWatch(watch)
    within = LONGEST * seconds + 2 * ANSWER_WITHIN
    with watching_the_injector() as injector:
        operations, others = meanwhile(everybody, _beside(looker, machine), within=within)
    signs = others[0].get()
    bench.finishes()
    promises = [*chain.from_iterable(day.promises() for day in days), *bench.promises()]
    tell_failed(stage, operations)
    return Level(
        count,
        seconds,
        operations,
        promises,
        signs,
        machine.use,
        str(hub.admin.health().json().get("status")),
        injector.health,
    )


def _beside(api: ModelHubApi, machine: MachineWatch) -> list[Callable[[GoingOn], list[Operation]]]:
    return [partial(_life_signs, api), machine.watches]


def _life_signs(api: ModelHubApi, going_on: GoingOn) -> list[Operation]:
    pace, signs = Pace(LIFE_SIGN_EVERY), list[Operation]()

    def looks() -> float:
        answer = api.health()
        if answer.json().get("status") == "unhealthy":
            raise SystemFault("modelhub: the health is unhealthy")
        return answer.seconds

    while going_on():
        pace.wait()
        signs.append(attempt("an operator", "a look at the health", looks))
    return signs
