"""Errors thick and fast: many of all kinds within minutes, while people work at the hub."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from countersign.evidence.operations import Operation, attempt
from countersign.expect.modelhub.recovered import ErrorMet
from countersign.journeys.load_figures import excused, report
from countersign.journeys.measuring import measure_percentile, measure_share
from countersign.journeys.modelhub.extra_models import publishes_extra
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.outages.errors_met import (
    damaged_file,
    dying_download,
    failing_engine,
    failing_source,
)
from countersign.journeys.modelhub.own_models import installs
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.tally import tell_failed
from countersign.load.injector import watching_the_injector
from countersign.load.pace import Pace
from countersign.load.percentiles import percentile
from countersign.load.together import together

SIZE_MB = 0.5
MOST_AT_ONCE = 5
FIRST_WAIT = 1.0
LEAST_PAUSE, MOST_PAUSE = 0.5, 1.5
AFTERWARDS = 90.0
TROUBLES = (
    ("an overloaded source", 2),
    ("a broken connection", 3),
    ("damaged bytes", 2),
    ("shortened files", 3),
    ("an overloaded source", 3),
)
"""What the source does wrong, and how often in a row: never more often than the promised retries outlast."""

Befalls = Callable[[HubUser], ErrorMet]


@dataclass(frozen=True)
class ThickErrors:
    """All errors, and what people did beside them."""

    met: tuple[ErrorMet, ...]
    beside: tuple[Operation, ...]
    load: str

    @property
    def seconds(self) -> list[float]:
        """The times to recover."""
        return [each.after for each in self.met if each.after is not None]


def befall(user: HubUser, count: int, people: int, seconds: float) -> ThickErrors:
    """Let so many errors befall so many people within so many seconds, evenly spread, all kinds mixed."""
    user.stage.may_take(seconds + 2 * AFTERWARDS)
    user.hub.admin.config.prefer(download_config={"max_concurrent_downloads": MOST_AT_ONCE})
    errors = _prepared(user, count)
    user.hub.repairs_unasked(True)
    workers = [HubUser(user.stage, user.persona, f"-{number}") for number in range(people)]
    for outcome in together([partial(_is_ready, worker) for worker in workers], within=AFTERWARDS, start=0.1):
        outcome.get()
    began, apart = time.monotonic(), seconds / count
    due = [(began + number * apart, error) for number, error in enumerate(errors)]
    jobs = [partial(_works, worker, due[number::people], began + seconds) for number, worker in enumerate(workers)]
    with watching_the_injector() as injector:
        ends = [outcome.get() for outcome in together(jobs, within=seconds + AFTERWARDS)]
    user.stage.keep(injector.health)
    beside = tuple(chain.from_iterable(operations for _, operations in ends))
    tell_failed(user.stage, beside)
    met = tuple(chain.from_iterable(errors for errors, _ in ends))
    return ThickErrors(met, beside, f"{people} users, an error every {apart:.1f} s")


def measure(stage: Any, thick: ThickErrors, share: float, of: int) -> None:
    """Journal the share that was recovered from, and the share of what people did beside it that failed."""
    good = sum(each.recovered for each in thick.met)
    measure_share(
        stage,
        "errors recovered from",
        100 * good / max(1, len(thick.met)),
        least=100 * share,
        of=len(thick.met),
        load=thick.load,
        required=of,
    )
    failed = sum(operation.failed for operation in thick.beside)
    count = max(1, len(thick.beside))
    report(stage, "looks beside it that failed", 100 * failed / count, "of 100", samples=count, load=thick.load)


def measure_times(stage: Any, thick: ThickErrors, limit: float) -> float:
    """Journal how long recoveries took, and give the time that 95 of 100 do not exceed."""
    name = "time to recover"
    measure_percentile(stage, name, thick.seconds, 50, below=None, load=thick.load)
    measure_percentile(stage, name, thick.seconds, 95, below=limit, load=thick.load)
    longest = percentile(thick.seconds, 95)
    excused(stage, missed=longest > limit)
    return longest


def _prepared(user: HubUser, count: int) -> list[Befalls]:
    """Publish a small model for each error that needs one of its own; of five errors four do."""
    hub, text = user.hub, model_of("the text model")
    rounds = count // 5
    names = publishes_extra(hub, 4 * rounds, SIZE_MB)
    sources, dying, damaged = names[: 2 * rounds], names[2 * rounds : 3 * rounds], names[3 * rounds :]
    installs(hub, damaged)
    errors: list[Befalls] = []
    for number in range(rounds):
        for place in (number, number + rounds):
            trouble, failures = TROUBLES[place % len(TROUBLES)]
            errors.append(partial(failing_source, model_id=sources[place], trouble=trouble, failures=failures))
        errors.append(partial(damaged_file, model_id=damaged[number]))
        errors.append(partial(dying_download, model_id=dying[number]))
        errors.append(partial(failing_engine, model_id=text, number=number, lasting=bool(number % 2)))
    return errors


def _is_ready(worker: HubUser) -> None:
    worker.api.config.prefer(download_config={"retry_delay_base": FIRST_WAIT})


def _works(
    worker: HubUser, due: Sequence[tuple[float, Befalls]], until: float
) -> tuple[list[ErrorMet], list[Operation]]:
    """Look at the hub from time to time, and meet the errors when they are due."""
    met, operations, left = list[ErrorMet](), list[Operation](), list(due)
    api = worker.api
    ways: list[tuple[str, Callable[[], object]]] = [
        ("looking at the models", api.models.statuses),
        ("looking at the downloads", api.downloads.all),
        ("asking for a suggestion", lambda: api.fallback.suggest(model_of("the image model"))),
        ("looking at the generations", api.generation.tasks),
    ]
    pause = LEAST_PAUSE + (MOST_PAUSE - LEAST_PAUSE) * (int(worker.suffix[1:]) % 11) / 10
    pace = Pace(pause)
    while left or time.monotonic() < until:
        now = pace.wait()
        if left and now >= left[0][0]:
            met.append(left.pop(0)[1](worker))
            pace = Pace(pause)
            continue
        what, act = ways[len(operations) % len(ways)]
        operations.append(attempt(worker.name, what, partial(_done, act)))
    return met, operations


def _done(act: Callable[[], object]) -> None:
    act()
