"""Usage over a period (contract 3.6, 6.9)."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean
from typing import TYPE_CHECKING, Any

from reference.common.clock import iso, now
from reference.modelhub.models.showing import daily
from reference.modelhub.store.usage import DAY, Usage, advice, hour_of, usage_since
from reference.modelhub.store.view import HubView

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

PEAK_SHARE = 0.8
HELD_SECONDS = 0.5


@dataclass(frozen=True)
class _Held:
    """A report that was begun at a moment (monotonic) and is shared while it is made and for half a second."""

    began: float
    making: "asyncio.Task[dict[str, Any]]"

    @property
    def old(self) -> bool:
        if not self.making.done():
            return False
        return self.making.exception() is not None or time.monotonic() - self.began > HELD_SECONDS


class Analytics:
    """Counts what was used. Methods raise DatabaseUnavailable."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._held: dict[int, _Held] = {}

    async def report(self, view: HubView, days: int) -> dict[str, Any]:
        """Give the use of all models over so many days.

        Whoever asks while a report is made waits for that one: many that read thousands of events at the same time
        would take as long as all of them one after the other.
        """
        held = self._held.get(days)
        if held is None or held.old:
            held = _Held(time.monotonic(), asyncio.create_task(self._report(view, days)))
            self._held = {**{key: each for key, each in self._held.items() if not each.old}, days: held}
        return {**await asyncio.shield(held.making), "timestamp": iso(now())}

    async def _report(self, view: HubView, days: int) -> dict[str, Any]:
        end = self._parts.clock.seconds()
        start = end - days * DAY
        usage = await self._parts.ledger.look(lambda connection: usage_since(connection, start))
        total = sum(len(each.uses) for each in usage.values())
        named = {name: each for name, each in usage.items() if each.uses or each.outcomes}
        return {
            "time_period": {"start_date": _moment(start), "end_date": _moment(end), "days": days},
            "system_analytics": {
                "total_uses": total,
                "average_uses_per_day": round(total / days, 3),
                "most_used_model": self.most_used(named),
                "active_models": sum(bool(each.uses) for each in usage.values()),
            },
            "model_analytics": {
                name: self.model(name, usage.get(name, Usage()), days) for name in [*view.models, *_gone(named, view)]
            },
        }

    def most_used(self, usage: dict[str, Usage]) -> str | None:
        """Name the model with the most uses; of equals the one used last."""
        used = {name: each for name, each in usage.items() if each.uses}
        return max(used, key=lambda name: (len(used[name].uses), used[name].last_used or 0)) if used else None

    def model(self, name: str, usage: Usage, days: int) -> dict[str, Any]:
        """Give the use of one model."""
        performance = self._parts.performance.judge(usage.runs)
        issues = []
        if performance.trend == "degrading":
            issues.append(
                {
                    "kind": "slower",
                    "change_percent": performance.change_percent,
                    "correlated_with": performance.correlated_with,
                    "suggestion": advice(performance),
                }
            )
        since = self._parts.clock.seconds() - 30 * DAY
        return {
            "model_id": name,
            "total_uses": len(usage.uses),
            "uses_per_day": round(len(usage.uses) / days, 3),
            "average_generation_time": round(fmean(run.seconds for run in usage.runs), 3) if usage.runs else None,
            "success_rate": usage.success_rate,
            "last_30_days_usage": daily(
                [each for each in usage.outcomes if each[0] >= since], [at for at in usage.uses if at >= since]
            ),
            "peak_usage_hours": peak_hours(usage.uses),
            "performance_trend": performance.trend,
            "performance_issues": issues,
        }


def peak_hours(uses: list[float]) -> list[int]:
    """Give the hours of the day with at least 80 % of the busiest one's uses."""
    counts = Counter(hour_of(at) for at in uses)
    busiest = max(counts.values(), default=0)
    return sorted(hour for hour, count in counts.items() if count >= PEAK_SHARE * busiest)


def _gone(named: dict[str, Usage], view: HubView) -> list[str]:
    return [name for name in named if name not in view.models]


def _moment(at: float) -> str:
    return iso(datetime.fromtimestamp(at, UTC))
