"""What all processes of the hub use together, by the figures that it tells of itself."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from countersign.errors import DeadlineExceeded
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.prometheus import read_metrics
from countersign.transport import eventually

MEMORY, PROCESSOR = "process_resident_memory_bytes", "process_cpu_seconds_total"
TOLD_ANEW_WITHIN = 10.0
MB = 2**20


@dataclass(frozen=True)
class Use:
    """Resident memory in MB and processor time in seconds, of all processes together."""

    memory: float
    processor: float


class ProcessUse:
    """Reads what the processes use (capability metrics)."""

    def __init__(self, api: ModelHubApi) -> None:
        self._api = api
        self._busy: Mapping[str, float] = {}

    def now(self) -> Use:
        """Give what is told at this moment; processes may have written it down a moment ago."""
        figures = self._told()
        return Use(sum(figures[MEMORY].values()) / MB, sum(figures[PROCESSOR].values()))

    def anew(self) -> Use:
        """Give what is told once the process that worked most since the last time has told its figures anew."""
        first = self._told()[PROCESSOR]
        busiest = max(first, key=lambda name: first[name] - self._busy.get(name, 0.0), default="")
        self._busy = first

        def told() -> None:
            assert self._told()[PROCESSOR].get(busiest) != first.get(busiest), f"those of {busiest} are the same"

        with suppress(DeadlineExceeded):  # a process that does nothing at all has nothing new to tell
            eventually(told, TOLD_ANEW_WITHIN, every=0.1, what="the figures of the processes to be told anew")
        return self.now()

    def _told(self) -> Mapping[str, Mapping[str, float]]:
        figures = read_metrics("modelhub", self._api.ask("GET", "//metrics", token="").must_be(200).text).figures
        return {
            name: {figure.labels.get("process", ""): figure.value for figure in figures if figure.name == name}
            for name in (MEMORY, PROCESSOR)
        }
