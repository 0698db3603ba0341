"""Many downloads at once: each of many models is asked for by two users at about the same moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from countersign.evidence.operations import Operation, attempt
from countersign.expect.modelhub.load import MachineUse
from countersign.expect.modelhub.rush import ACCEPTED, Fetched, Started
from countersign.journeys.load_figures import excused, report, vouched
from countersign.journeys.measuring import measure_count, measure_percentile
from countersign.journeys.modelhub.extra_models import publishes_extra
from countersign.journeys.modelhub.hub import Hub, hub_of
from countersign.journeys.modelhub.load.crowd import Regular, crowd_of, users
from countersign.journeys.modelhub.load.day import reads
from countersign.journeys.modelhub.load.resources import MachineWatch
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.load.together import together
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.model import ACTIVE
from countersign.systems.modelhub.sent import read_published, read_sent
from countersign.transport import eventually

SIZE_MB, SOURCE_MBPS = 1.0, 8.0
"""So slow that none of the models has arrived when it is asked for the second time."""
LOOK_EVERY, OVER_EVERY = 0.1, 0.3
OVER_WITHIN = 120.0


@dataclass(frozen=True)
class Rush:
    """All starts with their answers and seconds, each model afterwards, and the looks at the status meanwhile."""

    starts: Sequence[Started]
    asking: Sequence[Operation]
    models: Sequence[Fetched]
    looks: Sequence[Operation]
    use: MachineUse
    injector: InjectorHealth
    load: str

    @property
    def span(self) -> float:
        """Give the seconds from the first start to the answer of the last one."""
        return max(each.began + each.seconds for each in self.asking) - min(each.began for each in self.asking)


def starts_many(stage: Any, models: int, count: int, in_parallel: int) -> Rush:
    """Let so many users start the downloads of as many models, each model asked for by two of them."""
    stage.may_take(2 * OVER_WITHIN + 120)
    hub, people = hub_of(stage), users(stage, count)
    hub.has_installed([])
    names = publishes_extra(hub, models, SIZE_MB)
    hub.admin.config.prefer(download_config={"max_concurrent_downloads": in_parallel})
    hub.source.fails("slow", value=SOURCE_MBPS)
    starts, asking = list[Started](), list[Operation]()

    def everything() -> None:
        jobs = [partial(_asks, person, _wishes(names, number, count), starts) for number, person in enumerate(people)]
        outcomes = together(jobs, within=OVER_WITHIN)
        asking.extend(chain.from_iterable(outcome.get() for outcome in outcomes))
        eventually(lambda: _all_over(hub, names), OVER_WITHIN, every=OVER_EVERY, what="the downloads to be over")

    looker, operator = (_client(stage, hub, name) for name in ("a look at the status", "the operator"))
    machine = MachineWatch(operator)
    with watching_the_injector() as injector:
        _, beside = meanwhile(everything, _beside(looker, machine), within=2 * OVER_WITHIN)
    load = f"{models} downloads of {SIZE_MB:g} MB asked for by {count} users, {in_parallel} at a time"
    return Rush(starts, asking, _fetched(hub, names), beside[0].get(), machine.use, injector.health, load)


def _client(stage: Any, hub: Hub, name: str) -> ModelHubApi:
    client = crowd_of(stage).client(name)
    stage.at_end(client.close, f"closing the client of {name}")
    client.goes_on_as(hub.admin)
    return client


def _wishes(names: Sequence[str], number: int, count: int) -> list[str]:
    """Give every user the models that two of them ask for in the same order, so that they meet at each of them."""
    return [name for at, name in enumerate(names) if at % (count // 2) == number % (count // 2)]


def _asks(person: Regular, wishes: Sequence[str], starts: list[Started]) -> list[Operation]:
    def start(model_id: str) -> float:
        answer = person.api.downloads.try_managing(model_id, "start")
        starts.append(Started(model_id, person.name, answer))
        return answer.seconds

    return [attempt(person.name, f"starting {wish}", partial(start, wish)) for wish in wishes]


def _all_over(hub: Hub, names: Sequence[str]) -> None:
    told = hub.admin.downloads.all()
    left = [name for name in names if name in told and told[name].status in ACTIVE]
    assert not left, f"{len(left)} of {len(names)} go on, one is {told[left[0]].status}"


def _beside(api: ModelHubApi, machine: MachineWatch) -> list[Callable[[GoingOn], list[Operation]]]:
    return [partial(_looks, api), machine.watches]


def _looks(api: ModelHubApi, going_on: GoingOn) -> list[Operation]:
    pace, looks = Pace(LOOK_EVERY), list[Operation]()
    while going_on():
        pace.wait()
        looks.append(attempt("an operator", "a look at the status", lambda: reads(api, "status", "models")))
    return looks


def _fetched(hub: Hub, names: Sequence[str]) -> list[Fetched]:
    statuses, catalogue, stats = hub.admin.models.statuses(), hub.source.catalogue(), hub.source.stats()
    return [
        Fetched(name, statuses[name].availability, read_published(catalogue, name), read_sent(stats, name))
        for name in names
    ]


def measure_span(stage: Any, rush: Rush, limit: float) -> float:
    """Journal and give the time from the first start to the last answer. Raises NotVerified where it says nothing."""
    stage.measure(
        "all starts asked for and answered",
        rush.span,
        "s",
        samples=len(rush.starts),
        limit=limit,
        relation="below",
        load=rush.load,
    )
    vouched(stage, rush.injector, rush.load)
    excused(stage, missed=rush.span >= limit)
    return rush.span


def measure_rush(stage: Any, rush: Rush) -> None:
    """Journal the success rate, how long the starts took, and what all that took of the machine."""
    load, use = rush.load, rush.use
    there = sum(each.availability == "available" for each in rush.models)
    count = len(rush.models)
    measure_count(stage, "downloads that ended verified", there, least=count, of=count, load=load, required=count)
    accepted = [each.answer.seconds for each in rush.starts if each.answer.status == ACCEPTED]
    for share in (50, 95):
        measure_percentile(stage, "start of a download", accepted, share, below=None, load=load)
    report(stage, "processors in use", use.processors, "%", samples=use.looks, load=load, statistic="mean")
    report(stage, "memory in use", use.memory_most, "%", samples=use.looks, load=load, statistic="maximum")


def measure_looks(stage: Any, rush: Rush, share: int, limit: float) -> Sequence[float]:
    """Journal how long the looks at the status took; give the times. Raises NotVerified where they say nothing."""
    times = [look.seconds for look in rush.looks]
    kept = measure_percentile(stage, "a look at the status", times, share, below=limit, load=rush.load, required=20)
    excused(stage, missed=kept >= limit)
    return times
