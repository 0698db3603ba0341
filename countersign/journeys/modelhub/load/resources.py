"""What the hub takes of its machine while something goes on."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from countersign.errors import NotVerified
from countersign.evidence.operations import Operation, attempt
from countersign.expect.modelhub.load import MachineUse
from countersign.load.machine import memory_bytes, processor_count
from countersign.load.meanwhile import GoingOn
from countersign.load.pace import Pace
from countersign.load.percentiles import mean
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.model import MB
from countersign.systems.prometheus import read_metrics

EVERY = 2.0
SECONDS, BYTES, FILES = "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds"


@dataclass(frozen=True)
class Look:
    """One look at all processes together: the moment, processor seconds so far, bytes of memory, open files."""

    at: float
    seconds: float
    memory: float
    files: float


def own_figures(system: Any) -> bool:
    """Say whether the hub tells what its processes take, on a machine whose size the suite knows."""
    return system.embedded and "metrics" in system.capabilities


def look(api: ModelHubApi) -> Look:
    """Look at the figures of the processes."""
    told = read_metrics("modelhub", api.ask("GET", "//metrics", token="").must_be(200).text)
    return Look(time.monotonic(), told.total(SECONDS), told.total(BYTES), told.total(FILES))


def memory_mb(api: ModelHubApi) -> float:
    """Give the memory of the hub in MB: that of its processes, or else what its machine has in use."""
    if "metrics" in api.system.capabilities:
        return look(api).memory / MB
    return float(api.models.get("system/stats")["ram_used_gb"]) * 1024


class MachineWatch:
    """A watch over the hub's machine, by the figures of the processes or else by what the hub tells of the machine."""

    def __init__(self, api: ModelHubApi) -> None:
        self._api = api
        self._looks: list[Look] = []
        self._shares: list[tuple[float, float]] = []

    def watches(self, going_on: GoingOn) -> list[Operation]:
        """Look every 2 seconds, and once at the end; give the looks."""
        pace, done = Pace(EVERY), list[Operation]()
        while going_on():
            pace.wait()
            done.append(attempt("an operator", "a look at the machine", self._looks_once))
        return [*done, attempt("an operator", "a look at the machine", self._looks_once)]

    @property
    def use(self) -> MachineUse:
        """Sum up. Raises NotVerified if there were too few looks."""
        shares = self._shares_of_looks() if own_figures(self._api.system) else self._shares
        if not shares:
            raise NotVerified(f"modelhub: what it takes of its machine was told {len(self._looks)} times only")
        processors, memory = [share[0] for share in shares], [share[1] for share in shares]
        return MachineUse(self._average(processors), max(processors), mean(memory), max(memory), len(shares))

    def _average(self, processors: Sequence[float]) -> float:
        if not self._looks:
            return mean(processors)
        first, last = self._looks[0], self._looks[-1]
        return 100 * (last.seconds - first.seconds) / (last.at - first.at) / processor_count()

    def _shares_of_looks(self) -> list[tuple[float, float]]:
        return [
            (
                100 * (later.seconds - earlier.seconds) / (later.at - earlier.at) / processor_count(),
                100 * later.memory / memory_bytes(),
            )
            for earlier, later in pairwise(self._looks)
        ]

    def _looks_once(self) -> None:
        if own_figures(self._api.system):
            self._looks.append(look(self._api))
        else:
            told = self._api.models.get("system/stats")
            self._shares.append((float(told["cpu_percent"]), float(told["ram_percent"])))
