"""Rounds of heavy work that ought to leave nothing behind: downloads, looks into files, cancels and very many calls."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.evidence.operations import Operation
from countersign.expect.modelhub.rounds import LeftBehind, Memory
from countersign.journeys.load_figures import report
from countersign.journeys.modelhub.hub import Hub, hub_of, product_models
from countersign.journeys.modelhub.load.crowd import clients
from countersign.journeys.modelhub.load.reader import Reader
from countersign.journeys.modelhub.load.resources import look, memory_mb
from countersign.journeys.modelhub.upkeep.on_disk import unfinished
from countersign.journeys.tally import tell_failed
from countersign.load.together import together
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.model import ACTIVE, Progress
from countersign.transport import eventually

READERS = 5
THROUGH, LOOKS = 2, 2
"""Of the downloads of a round so many go through to the end; so many times the files of a model are looked into."""
ROUND_WITHIN, OVER_WITHIN = 120.0, 30.0
A_ROUND_TAKES = 30.0
ENOUGH_MB = 50.0
REST_EVERY = 1.0


@dataclass(frozen=True)
class Rounds:
    """The memory over the rounds, all calls, and the files and connections that were open at the start."""

    memory: Memory
    calls: Sequence[Operation]
    open_before: float | None
    load: str


def goes_through(stage: Any, count: int, downloads: int, calls: int) -> Rounds:
    """Let the hub do so many rounds of work; stop early when the memory has grown beyond what is allowed anyway."""
    stage.may_take(count * A_ROUND_TAKES + 240)
    hub, models = hub_of(stage), product_models()
    hub.has_installed(models[:1])
    opened = clients(stage, READERS, READERS)
    readers = [Reader(api, models, f"{stage.options.seed} {number}") for number, api in enumerate(opened)]
    _round(hub, readers, THROUGH, calls // 4)  # what is loaded at the first use is no growth
    memory, done = Memory(memory_mb(hub.admin)), list[Operation]()
    open_before = _open_files(hub)
    for _ in range(count):
        done += _round(hub, readers, downloads, calls)
        memory.rounds.append(memory_mb(hub.admin))
        if memory.growth > ENOUGH_MB:
            break
    tell_failed(stage, done)
    load = f"rounds of {downloads} downloads and {calls} calls of {READERS} users without a pause"
    return Rounds(memory, done, open_before, load)


def _round(hub: Hub, readers: Sequence[Reader], downloads: int, calls: int) -> list[Operation]:
    jobs: list[Callable[[], list[Operation]]] = [partial(_cares, hub, downloads)]
    jobs += [partial(_reads, reader, calls // len(readers)) for reader in readers]
    return list(chain.from_iterable(outcome.get() for outcome in together(jobs, within=ROUND_WITHIN)))


def _reads(reader: Reader, calls: int) -> list[Operation]:
    return [reader.next() for _ in range(calls)]


def _cares(hub: Hub, downloads: int) -> list[Operation]:
    """Start and cancel downloads, see the last ones through, look into files, and delete what has arrived."""
    api, (used, *wanted) = hub.admin, product_models()
    for number in range(downloads):
        model_id = wanted[number % len(wanted)]
        api.downloads.start(model_id)
        if number < downloads - THROUGH:
            api.downloads.try_managing(model_id, "cancel").must_be(200, 409)
            if _over(api, model_id).status == "completed":  # it was quicker than the cancel
                api.caring.try_delete(model_id).must_be(200)
    for model_id in wanted:
        _over(api, model_id)
    for _ in range(LOOKS):
        api.caring.verify(used)
        api.caring.validate(used)
    for model_id in wanted:
        api.caring.try_delete(model_id).must_be(200, 404)
    return []


def _over(api: ModelHubApi, model_id: str) -> Progress:
    def over() -> Progress:
        progress = api.downloads.progress(model_id)
        assert progress.status not in ACTIVE, f"it is {progress.status}"
        return progress

    return eventually(over, OVER_WITHIN, every=0.05, what=f"the download of {model_id} to be over")


def measure(stage: Any, seen: Rounds, limit: float) -> Rounds:
    """Journal the growth of the memory over the rounds."""
    memory = seen.memory
    stage.measure(
        "growth of the memory",
        memory.growth,
        "MB",
        samples=len(seen.calls),
        limit=limit,
        relation="at most",
        statistic="maximum",
        load=f"{len(memory.rounds)} {seen.load}",
        series=memory.rounds,
    )
    report(stage, "growth in the second half", memory.trend, "MB", samples=len(memory.rounds), load=seen.load)
    return seen


def rests(stage: Any, seen: Rounds, seconds: float, limit: float) -> Rounds:
    """Leave the hub alone until its memory is back, at most so long, and journal what it is then."""
    memory, admin = seen.memory, hub_of(stage).admin

    def back() -> None:
        memory.rested = memory_mb(admin)
        assert memory.rested - memory.start <= limit, f"it is {memory.rested:.0f} MB"

    with suppress(DeadlineExceeded):  # what it is then is judged by the sentence
        eventually(back, seconds, every=REST_EVERY, what="the memory to come back")
    rested = memory.rested if memory.rested is not None else memory_mb(admin)
    stage.measure(
        "memory above that at the start, after the rest",
        rested - memory.start,
        "MB",
        samples=1,
        limit=limit,
        relation="at most",
        load=seen.load,
    )
    return seen


def left_behind(stage: Any, seen: Rounds) -> LeftBehind:
    """Look for what is left of all the work."""
    hub = hub_of(stage)
    things = [
        f"the download of {name}, {progress.status}"
        for name, progress in hub.admin.downloads.all().items()
        if progress.status in ACTIVE
    ]
    things += [f"the generation {task.id}, {task.status}" for task in hub.admin.generation.tasks() if not task.final]
    for model_id in product_models()[1:]:
        things += [f"{name} of {model_id}" for name in _unfinished(hub, model_id)]
    return LeftBehind(things, seen.open_before, _open_files(hub))


def _unfinished(hub: Hub, model_id: str) -> list[str]:
    if "model-files" in hub.system.capabilities:
        return unfinished(hub, model_id)
    health = hub.admin.models.health(model_id).status
    return [] if health == "missing" else [f"what makes it {health}"]


def _open_files(hub: Hub) -> float | None:
    return look(hub.admin).files if "metrics" in hub.system.capabilities else None
