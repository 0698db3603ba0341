"""Matchers for what the hub tells of the use of its models."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import need

Told = Mapping[str, Any]
ROUNDED = 0.0015
TIME_OFF, TIME_ROUNDED = 0.1, 0.06
"""A told average may differ by 10 % from what was measured, and by what writing the end down takes (seconds)."""


@dataclass(frozen=True)
class Done:
    """What was really done with a model. `seconds` are the times of its completed runs as the queue tells them."""

    accepted: int
    seconds: Sequence[float]
    failed: int
    began: datetime
    over: datetime


@dataclass(frozen=True)
class ModelUse:
    """What is told of the use of a model, the total told before, and what was done in between."""

    name: str
    before: Told
    after: Told
    done: Done
    days: int = 30


class CountedAsDone(Lacking[ModelUse]):
    """See `counted_as_done`."""

    expected = "each real run to be counted once, with its time and outcome, on its day and in its hour"

    def lack(self, item: Any) -> str:
        """Say what was counted otherwise."""
        wrong = _wrong(item)
        return f"{item.name}: {wrong}" if wrong else ""


def counted_as_done() -> CountedAsDone:
    """Match what is told of the use of a model that nobody had used before."""
    return CountedAsDone()


def _wrong(item: ModelUse) -> str:
    done, told = item.done, item.after
    uses = int(told["total_uses"]) - int(item.before["total_uses"])
    if uses != done.accepted:
        return f"{uses} uses are told for {done.accepted} real runs"
    if abs(told["uses_per_day"] - done.accepted / item.days) > ROUNDED:
        return f"{told['uses_per_day']} uses a day are told for {done.accepted} in {item.days} days"
    ended = len(done.seconds) + done.failed
    rate = len(done.seconds) / ended
    if told["success_rate"] is None or abs(told["success_rate"] - rate) > ROUNDED:
        return f"the share that succeeded is told as {told['success_rate']} instead of {rate:.3f}"
    mean = sum(done.seconds) / len(done.seconds)
    average = told["average_generation_time"]
    if average is None or abs(average - mean) > max(TIME_OFF * mean, TIME_ROUNDED):
        return f"the average time is told as {average} s, the runs took {mean:.3f} s"
    return _days(item, mean) or _hours(item)


def _days(item: ModelUse, mean: float) -> str:
    rows = item.after["last_30_days_usage"]
    days = {item.done.began.date().isoformat(), item.done.over.date().isoformat()}
    strange = [row["date"] for row in rows if row["date"] not in days and row["uses"]]
    if strange:
        return f"uses are told for {strange[0]}, when there were none"
    uses = sum(row["uses"] for row in rows)
    if uses != item.done.accepted:
        return f"{uses} uses are told day by day for {item.done.accepted} real runs"
    if len(rows) == 1 and abs((rows[0]["avg_time"] or 0) - mean) > max(TIME_OFF * mean, TIME_ROUNDED):
        return f"the average time of the day is told as {rows[0]['avg_time']} s, the runs took {mean:.3f} s"
    return ""


def _hours(item: ModelUse) -> str:
    hours = {item.done.began.hour, item.done.over.hour}
    told = item.after["peak_usage_hours"]
    return "" if told and set(told) <= hours else f"the busy hours are told as {told} instead of {sorted(hours)}"


@dataclass(frozen=True)
class SystemUse:
    """What is told of the use of the whole hub, before and after so many real runs."""

    before: Told
    after: Told
    accepted: int


class AddedUp(Lacking[SystemUse]):
    """Match totals that grew by the real runs, with the most used model named."""

    expected = "the total to grow by the real runs and the most used model to be named"

    def lack(self, item: Any) -> str:
        """Say what does not add up."""
        told, before = (each["system_analytics"] for each in (item.after, item.before))
        grown = told["total_uses"] - before["total_uses"]
        if grown != item.accepted:
            return f"the total grew by {grown} for {item.accepted} real runs"
        uses = {name: each["total_uses"] for name, each in item.after["model_analytics"].items()}
        if told["total_uses"] != sum(uses.values()):
            return f"the total is {told['total_uses']}, that of the models {sum(uses.values())}"
        favourite = told["most_used_model"]
        if uses.get(favourite, -1) != max(uses.values()):
            return (
                f"{favourite} is named as the most used model with {uses.get(favourite)} of {max(uses.values())} uses"
            )
        return ""


def added_up() -> AddedUp:
    """Match totals that add up."""
    return AddedUp()


class NothingTold(Lacking[Told]):
    """Match figures of use in which nothing is invented: no use, no favourite, no busy hour."""

    expected = "no use, no favourite, no times and no busy hours"

    def lack(self, item: Any) -> str:
        """Name what was invented."""
        system = need(item, "system_analytics", dict, "the figures of use")
        if system["total_uses"] or system["average_uses_per_day"] or system["active_models"]:
            return f"{system['total_uses']} uses are told"
        if system["most_used_model"] is not None:
            return f"{system['most_used_model']} is named as the most used model"
        for name, told in need(item, "model_analytics", dict, "the figures of use").items():
            invented = invented_of(told)
            if invented:
                return f"{name}: {invented}"
        return ""


def invented_of(told: Told) -> str:
    """Say what is told of a model that nobody used; empty if nothing."""
    for figure in ("average_generation_time", "success_rate"):
        if told[figure] is not None:
            return f"its {figure.replace('_', ' ')} is told as {told[figure]}"
    for figure in ("total_uses", "uses_per_day", "last_30_days_usage", "peak_usage_hours", "performance_issues"):
        if told[figure]:
            return f"its {figure.replace('_', ' ')} is told as {told[figure]}"
    return ""


def nothing_told() -> NothingTold:
    """Match figures of use in which nothing is invented."""
    return NothingTold()


class Unused(Lacking[Told]):
    """Match what is told of a model that nobody used."""

    expected = "nothing to be told of the use of a model that nobody used"

    def lack(self, item: Any) -> str:
        """Name what was invented."""
        return invented_of(item)


def unused() -> Unused:
    """Match what is told of a model that nobody used."""
    return Unused()
