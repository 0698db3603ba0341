"""Matchers for the hub's figures: what was done is what was counted, and every process tells what it uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from countersign.expect.lacking import Lacking
from countersign.systems.prometheus import Metrics

USES = ("process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds")


@dataclass(frozen=True)
class Counted:
    """Something that was done a known number of times, and by how much the figure of it changed."""

    what: str
    figure: str
    done: float
    counted: float


class CountedAsDone(Lacking[Counted]):
    """See `counted_as_done`."""

    expected = "figures that count what was done"

    def lack(self, item: Counted) -> str:
        """Say what was counted."""
        if abs(item.counted - item.done) < 1e-6:
            return ""
        return f"{item.what}: done {item.done:g}, counted {item.counted:g} ({item.figure})"


def counted_as_done() -> CountedAsDone:
    """Match a figure that changed by exactly what was done."""
    return CountedAsDone()


@dataclass(frozen=True)
class Uses:
    """What the processes told of themselves: figure -> process -> value, before and after some work."""

    before: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    after: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


class TellingOfEachProcess(Lacking[Uses]):
    """See `telling_of_each_process`."""

    def __init__(self, processes: Sequence[str]) -> None:
        self.processes = set(processes)
        self.expected = "memory, processor time and open files of each process"

    def lack(self, item: Uses) -> str:
        """Name what is missing or cannot be."""
        for figure in USES:
            told = item.after.get(figure, {})
            missing = sorted(self.processes - set(told)) if self.processes else [] if told else ["any process"]
            if missing:
                return f"{figure} tells nothing of {', '.join(missing)}"
            nothing = sorted(name for name, value in told.items() if value <= 0)
            if nothing:
                return f"{figure} is 0 for {', '.join(nothing)}"
        before, after = (each["process_cpu_seconds_total"] for each in (item.before, item.after))
        fell = sorted(name for name, value in before.items() if after.get(name, 0.0) < value)
        if fell:
            return f"the processor time of {', '.join(fell)} fell"
        return "" if sum(after.values()) > sum(before.values()) else "the processor time stood still during the work"


def telling_of_each_process(processes: Sequence[str]) -> TellingOfEachProcess:
    """Match what all these processes told, above 0, with processor time that grew (any processes if none is named)."""
    return TellingOfEachProcess(processes)


def uses_in(metrics: Metrics) -> dict[str, dict[str, float]]:
    """Give what the processes tell of themselves: figure -> process -> value."""
    told: dict[str, dict[str, float]] = {figure: {} for figure in USES}
    for each in metrics.figures:
        if each.name in told:
            told[each.name][each.labels.get("process", "")] = each.value
    return told
