"""How long it takes until a model is there (contract 6.6, the wait)."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from reference.modelhub.store.view import HubView, ModelView

USUAL_MBPS = 50.0
MEGA = 1_000_000


@dataclass(frozen=True)
class Wait:
    """An estimate. `measured`: it rests on the speed of the running transfer."""

    seconds: int
    measured: bool

    @property
    def minutes(self) -> float:
        """The estimate in minutes."""
        return self.seconds / 60


class WaitEstimator:
    """Estimates from what is left to fetch, the speed or limit, and the transfers before."""

    def until_available(self, view: HubView, model: ModelView, limit_mbps: float | None = None) -> Wait | None:
        """Estimate the wait for a model; `limit_mbps` holds for one who would start it now. None if it cannot come."""
        active = model.active
        if active is None:
            latest = model.latest
            if latest is None or not view.source_reachable:
                return None
            own = self.seconds(latest.size, None, limit_mbps)
            return Wait(self._behind(view, None) + own, False)
        own = self.remaining(view, active)
        if active.status == "queued":
            return Wait(self._behind(view, active) + own, False)
        return Wait(own, active.speed_bps > 0)

    def remaining(self, view: HubView, row: Any) -> int:
        """Estimate the seconds that a transfer still needs once it runs."""
        model = view.models.get(row.model_id)
        size = row.bytes_total or (model.latest.size if model and model.latest else 0)
        speed = row.speed_bps if row.status in ("downloading", "verifying") else 0
        return self.seconds(max(0, size - row.bytes_done), speed or None, self.limit(view, row))

    def limit(self, view: HubView, row: Any) -> float | None:
        """Give the limit in Mbps that holds for a transfer."""
        limits = [each for each in (row.limit_mbps, view.owner_limits.get(row.owner_id or "")) if each is not None]
        return min(limits) if limits else None

    def seconds(self, size: int, speed_bps: float | None, limit_mbps: float | None) -> int:
        """Give the whole seconds for `size` bytes, rounded up."""
        rate = speed_bps or (limit_mbps or USUAL_MBPS) * MEGA
        return ceil(size * 8 / rate)

    def _behind(self, view: HubView, row: Any) -> int:
        """Give the seconds until a transfer's turn comes: the running ones and those before it fill the lanes."""
        lanes = int(view.preferences["download_config"]["max_concurrent_downloads"])
        running = [model.active for model in view.models.values() if model.active is not None]
        busy = sorted(self.remaining(view, each) for each in running if each.status in ("downloading", "verifying"))
        waiting = [each for each in running if each.status == "queued"]
        if row is not None:
            waiting = [each for each in waiting if (each.priority, each.number) < (row.priority, row.number)]
        ends = [*busy, *[0] * max(0, lanes - len(busy))]
        for each in sorted(waiting, key=lambda one: (one.priority, one.number)):
            first = ends.index(min(ends))
            ends[first] += self.remaining(view, each)
        return min(ends)


def as_time(seconds: float) -> str:
    """Write seconds as H:MM:SS."""
    whole = ceil(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
