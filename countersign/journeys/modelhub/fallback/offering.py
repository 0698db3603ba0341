"""Everything that is told of models while their downloads are on the way."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.modelhub.offered import Claim, Offered
from countersign.journeys.modelhub.downloads.trials import Trials, Wanted, makes
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.systems.modelhub.model import read_health, read_status

LIMIT_MBPS = 4
TOPICS = ("download_progress", "model_status", "health_monitoring")


@dataclass(frozen=True)
class Offers:
    """Some trials, with what was told of each."""

    each: tuple[Offered, ...]
    trials: Trials


class CloseWatch(Watch):
    """A watch that also looks at both statuses and the health report, each time before the download itself."""

    def __init__(self, *details: Any) -> None:
        super().__init__(*details)
        self.claims: dict[str, list[Claim]] = defaultdict(list)

    def look(self) -> None:
        """Look at everything that tells of the models."""
        told = {**self._short(), **self._detailed(), **self._health()}
        super().look()
        for (model_id, place), available in told.items():
            last = self.last(model_id)
            self.claims[model_id].append(Claim(place, available, last.status if last else "not begun"))

    def _short(self) -> dict[tuple[str, str], bool]:
        models = self.user.api.models.get("models/status")["models"]
        return {
            (name, "the status"): models[name]["status"] == "available" or models[name]["is_available"]
            for name in self.looks
        }

    def _detailed(self) -> dict[tuple[str, str], bool]:
        models = self.user.api.models.get("models/status/detailed")["models"]
        statuses = {name: read_status(models[name]) for name in self.looks}
        return {
            (name, "the detailed status"): status.is_available or "generate" in status.actions
            for name, status in statuses.items()
        }

    def _health(self) -> dict[tuple[str, str], bool]:
        models = self.user.api.models.overall_health()["model_health"]
        reports = {name: read_health(models[name]) for name in self.looks}
        return {
            (name, "the health report"): report.is_healthy or report.status == "healthy"
            for name, report in reports.items()
        }


def looks_closely(stage: Any, wanted: Sequence[Wanted]) -> Offers:
    """Make limited trials and look at everything 10 times a second."""
    watches: list[CloseWatch] = []

    def watch(*details: Any) -> CloseWatch:
        watches.append(CloseWatch(*details))
        return watches[-1]

    made = makes(stage, wanted, watch=watch, topics=TOPICS, every=0.1, limit_mbps=LIMIT_MBPS)
    for each in watches:
        each.measures_pace(f"{len(wanted)} limited downloads")
    claims = {name: found for each in watches for name, found in each.claims.items()}
    return Offers(tuple(Offered(trial, tuple(claims[trial.seen.model_id])) for trial in made.each), made)
