"""What was used: uses, outcomes and times of runs (contract 6.5 performance, 6.9 usage)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import fmean, mean, median
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from reference.modelhub import tables

DAY = 86_400.0
RECENT_RUNS, EARLIER_RUNS, LEAST_EARLIER = 5, 20, 5
NOTICEABLE = 0.2
NOISE_SECONDS = 0.3
"""A difference of less says nothing: the runs of small models differ by as much when the machine has other work."""
USED, DONE, FAILED = "generation_request", "generation_complete", "generation_failed"
ORDER_OF_SIZE = ("854x480", "1024x576", "1280x720", "1920x1080")


@dataclass(frozen=True)
class Run:
    """A real run that was completed. Times in seconds."""

    at: float
    seconds: float
    resolution: str
    version: str | None
    others_waited: bool


@dataclass(frozen=True)
class Performance:
    """How the last runs compare with those before: `change_percent` above 0 is slower."""

    trend: str = "unknown"
    score: float | None = None
    change_percent: float = 0.0
    correlated_with: str = "unknown"


@dataclass(frozen=True)
class UsageSummary:
    """The use of one model summed up. Times in seconds; `recent` are the runs that are compared, in their order."""

    count: int = 0
    last_used: float | None = None
    average_seconds: float | None = None
    recent: tuple[Run, ...] = ()


@dataclass
class Usage:
    """The use of one model, event by event."""

    uses: list[float] = field(default_factory=list)
    done: int = 0
    failed: int = 0
    runs: list[Run] = field(default_factory=list)
    outcomes: list[tuple[float, bool, float | None]] = field(default_factory=list)

    @property
    def last_used(self) -> float | None:
        """Seconds since 1970 of the last use."""
        return max(self.uses) if self.uses else None

    @property
    def average_seconds(self) -> float | None:
        """Mean time of completed runs."""
        return fmean(run.seconds for run in self.runs) if self.runs else None

    @property
    def success_rate(self) -> float | None:
        """Completed runs of all that ended."""
        ended = self.done + self.failed
        return round(self.done / ended, 3) if ended else None


_table = tables.model_usage_events
_since = _table.c.timestamp >= bindparam("since")
_SUMS = (
    select(
        _table.c.model_id,
        _table.c.event_type,
        func.count(),
        func.max(_table.c.timestamp),
        func.avg(func.coalesce(_table.c.duration_seconds, 0.0)),
    )
    .where(_since)
    .group_by(_table.c.model_id, _table.c.event_type)
)
_age = func.row_number().over(partition_by=_table.c.model_id, order_by=_table.c.number.desc()).label("age")
_ended = select(_table, _age).where(_since & (_table.c.event_type == DONE)).subquery()
_NEWEST = select(_ended).where(_ended.c.age <= RECENT_RUNS + EARLIER_RUNS).order_by(_ended.c.number)


def summary_since(connection: Connection, since: float) -> dict[str, UsageSummary]:
    """Sum up the use of each model since a moment (seconds since 1970), however often it was used."""
    counts: dict[str, int] = {}
    lasts: dict[str, float] = {}
    averages: dict[str, float] = {}
    runs: dict[str, list[Run]] = defaultdict(list)
    for model_id, kind, count, last, average in connection.execute(_SUMS, {"since": since}):
        if kind == USED:
            counts[model_id], lasts[model_id] = count, last
        elif kind == DONE:
            averages[model_id] = float(average)
    for row in connection.execute(_NEWEST, {"since": since}):
        runs[row.model_id].append(_run(row))
    return {
        name: UsageSummary(counts.get(name, 0), lasts.get(name), averages.get(name), tuple(runs[name]))
        for name in counts.keys() | averages.keys()
    }


def usage_since(connection: Connection, since: float) -> dict[str, Usage]:
    """Give the use of each model since a moment (seconds since 1970)."""
    table = tables.model_usage_events
    columns = (
        table.c.model_id,
        table.c.event_type,
        table.c.timestamp,
        table.c.duration_seconds,
        table.c.resolution,
        table.c.version,
        table.c.others_waited,
    )
    found: dict[str, Usage] = defaultdict(Usage)
    for row in connection.execute(select(*columns).where(table.c.timestamp >= since).order_by(table.c.number)).all():
        _add(found[row.model_id], row)
    return dict(found)


def _add(usage: Usage, row: Any) -> None:
    if row.event_type == USED:
        usage.uses.append(row.timestamp)
    elif row.event_type == DONE:
        usage.done += 1
        usage.runs.append(_run(row))
        usage.outcomes.append((row.timestamp, True, usage.runs[-1].seconds))
    elif row.event_type == FAILED:
        usage.failed += 1
        usage.outcomes.append((row.timestamp, False, None))


def _run(row: Any) -> Run:
    seconds = float(row.duration_seconds or 0)
    return Run(row.timestamp, seconds, row.resolution or "", row.version, bool(row.others_waited))


class PerformanceJudge:
    """Compares the last runs of a model with those before."""

    def judge(self, runs: Sequence[Run]) -> Performance:
        """Judge runs in the order they ended."""
        recent, earlier = runs[-RECENT_RUNS:], runs[-RECENT_RUNS - EARLIER_RUNS : -RECENT_RUNS]
        if len(recent) < RECENT_RUNS:
            return Performance()
        if len(earlier) < LEAST_EARLIER:
            return Performance("stable", 1.0)
        now, before = mean(run.seconds for run in recent), median(run.seconds for run in earlier)
        change = (now - before) / before if before > 0 else 0.0
        score = round(min(1.0, before / now), 3) if now > 0 else 1.0
        if abs(now - before) < NOISE_SECONDS:
            return Performance("stable", score, round(change * 100, 1))
        if change >= NOTICEABLE:
            return Performance("degrading", score, round(change * 100, 1), _cause(recent, earlier))
        return Performance("improving" if change <= -NOTICEABLE else "stable", score, round(change * 100, 1))


def advice(performance: Performance) -> str:
    """Suggest what to do about slower runs."""
    return {
        "resolution": "Lower the resolution: the slower runs asked for more picture points.",
        "load": "Run fewer generations at the same time, or at another hour.",
        "version": "Roll back to the previous version, or wait for the next update.",
    }.get(performance.correlated_with, "Check the model, and try fewer steps or a lower resolution.")


def _cause(recent: Sequence[Run], earlier: Sequence[Run]) -> str:
    usual = _majority([run.resolution for run in earlier])
    if sum(_rank(run.resolution) > _rank(usual) for run in recent) >= RECENT_RUNS - 1:
        return "resolution"
    if sum(run.others_waited for run in recent) >= RECENT_RUNS - 1:
        return "load"
    if _majority([run.version or "" for run in recent]) != _majority([run.version or "" for run in earlier]):
        return "version"
    return "unknown"


def _majority(values: Sequence[str]) -> str:
    return max(dict.fromkeys(values), key=values.count)


def _rank(resolution: str) -> int:
    return ORDER_OF_SIZE.index(resolution) if resolution in ORDER_OF_SIZE else -1


def day_of(at: float) -> str:
    """Give the UTC date of a moment as YYYY-MM-DD."""
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def hour_of(at: float) -> int:
    """Give the UTC hour of a moment."""
    return datetime.fromtimestamp(at, UTC).hour
