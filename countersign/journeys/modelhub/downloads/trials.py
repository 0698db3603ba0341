"""Downloads of small models, each of which meets one kind of trouble at the source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hamcrest.core.matcher import Matcher

import personas
from countersign.expect.modelhub.retries import ALWAYS, Trial
from countersign.journeys.measuring import measure_matching
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.extra_models import publishes_extra
from countersign.journeys.modelhub.user import HubUser

SIZE_MB = 1.0
MOST_AT_ONCE = 10


@dataclass(frozen=True)
class Wanted:
    """A trial that is to be made: who downloads, what the source does and how often."""

    person: HubUser
    trouble: str
    failures: int
    first_wait: float
    longest_wait: float = 300.0
    max_retries: int | None = None


@dataclass(frozen=True)
class Trials:
    """The trials of one scenario."""

    each: tuple[Trial, ...]


def table_of(stage: Any, rows: Sequence[Mapping[str, str]]) -> list[Wanted]:
    """Read a table of trials: person, first wait, trouble, failures ("1, 2, 3"), and, where named, longest wait and
    retries."""
    return [
        Wanted(
            person=stage.actor(row["person"]),
            trouble=row["trouble"],
            failures=ALWAYS if number.strip() == "always" else int(number),
            first_wait=float(row["first wait"].removesuffix(" s")),
            longest_wait=float(row.get("longest wait", "300 s").removesuffix(" s")),
            max_retries=int(row["retries"]) if "retries" in row else None,
        )
        for row in rows
        for number in row["failures"].split(",")
    ]


def makes(
    stage: Any,
    wanted: Sequence[Wanted],
    *,
    within: float = 90.0,
    watch: Callable[..., Watch] = Watch,
    topics: Sequence[str] = ("download_progress",),
    every: float = 0.2,
    limit_mbps: float | None = None,
) -> Trials:
    """Start all downloads at once, each of a model of its own, and watch them to their ends."""
    stage.need("topic-events")
    people = list(dict.fromkeys(each.person for each in wanted))
    hub = people[0].hub
    hub.admin.config.prefer(download_config={"max_concurrent_downloads": MOST_AT_ONCE})
    names = publishes_extra(hub, len(wanted), SIZE_MB)
    watches: list[Watch] = []
    for person in people:
        own = [(name, each) for name, each in zip(names, wanted, strict=True) if each.person is person]
        _prefers(person, own[0][1])
        watches.append(watch(person, [name for name, _ in own], person.listens(*topics)))
    for name, each in zip(names, wanted, strict=True):
        _fails(hub.source, name, each)
        more = {"max_retries": each.max_retries, "bandwidth_limit_mbps": limit_mbps}
        each.person.api.downloads.start(name, **{key: value for key, value in more.items() if value is not None})
    seen = {seen.model_id: seen for each in watches for seen in each.until_over(within, every)}
    return Trials(tuple(_trial(stage, each, seen[name]) for name, each in zip(names, wanted, strict=True)))


def measure(stage: Any, made: Trials, matcher: Matcher[Trial]) -> None:
    """Journal how many downloads went as promised."""
    name, load = "downloads that met trouble and went as promised", "all at the same time"
    measure_matching(stage, name, made.each, matcher, count=len(made.each), load=load)


def _prefers(person: HubUser, wanted: Wanted) -> None:
    waits = {"retry_delay_base": wanted.first_wait, "max_retry_delay": int(wanted.longest_wait)}
    person.api.config.prefer(download_config=waits)


def _fails(source: Any, model_id: str, wanted: Wanted) -> None:
    trouble = _trouble(wanted.trouble)
    told = {name: trouble[name] for name in ("value", "retry_after") if name in trouble}
    source.fails(trouble["mode"], model_id=model_id, path=_weight(), count=wanted.failures, **told)


def _trial(stage: Any, wanted: Wanted, seen: Any) -> Trial:
    trouble = _trouble(wanted.trouble)
    silent = trouble["mode"] == "hang"
    return Trial(
        trouble=wanted.trouble,
        failures=wanted.failures,
        passing=trouble["passing"],
        reason=trouble["reason"],
        path=_weight(),
        seen=seen,
        first_wait=wanted.first_wait,
        longest_wait=wanted.longest_wait,
        max_retries=3 if wanted.max_retries is None else wanted.max_retries,
        least_wait=float(trouble.get("retry_after", 0)),
        lasts=stage.system("modelhub").timings.get("source_idle_seconds", 30.0) if silent else 0.0,
        fitting=tuple(trouble["fitting"]),
    )


def _trouble(words: str) -> Mapping[str, Any]:
    told: Mapping[str, Any] = personas.material("modelhub_downloads")["troubles"][words]
    return told


def _weight() -> str:
    return str(personas.material("modelhub_downloads")["weight"])
