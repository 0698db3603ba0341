"""Matchers for the hub under load: quick enough, nothing that was accepted is lost, the machine is not used up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.evidence.operations import Operation
from countersign.expect.lacking import Lacking

FINAL = frozenset({"completed", "failed", "cancelled"})


@dataclass(frozen=True)
class Promise:
    """Something the hub has accepted: a generation or a download, of whom, and how it is after everything was over.

    `state` is "lost" for what is not known any more.
    """

    what: str
    who: str
    id: str
    state: str

    @property
    def kept(self) -> bool:
        """Say whether it came to its end."""
        return self.state in FINAL


@dataclass(frozen=True)
class Speed:
    """How long calls of a kind took: the seconds that each share of 100 did not exceed."""

    what: str
    within: Mapping[float, float]


@dataclass(frozen=True)
class MachineUse:
    """What the hub took of its machine in percent: `processors` on average and at most, `memory` likewise."""

    processors: float
    processors_most: float
    memory: float
    memory_most: float
    looks: int


class QuickEnough(Lacking[Speed]):
    """See `quick_enough`."""

    def __init__(self, limits: Mapping[float, float]) -> None:
        self.limits = limits
        self.expected = "answers within " + ", ".join(
            f"{1000 * limit:g} ms for {share:g} of 100" for share, limit in limits.items()
        )

    def lack(self, item: Any) -> str:
        """Name what took longer."""
        late = [
            f"{share:g} of 100 took up to {1000 * item.within[share]:.0f} ms"
            for share, limit in self.limits.items()
            if item.within[share] > limit
        ]
        return f"{item.what}: {', '.join(late)}" if late else ""


def quick_enough(limits: Mapping[float, float]) -> QuickEnough:
    """Match the times of one kind of call, of which each share of 100 keeps its limit in seconds."""
    return QuickEnough(limits)


class AllKept(Lacking[Sequence[Promise]]):
    """See `all_kept`."""

    expected = "every generation and download that was accepted to come to its end"

    def lack(self, item: Any) -> str:
        """Say how many did not, and which was the first."""
        open_ones = [promise for promise in item if not promise.kept]
        if not item:
            return "none was accepted at all"
        if not open_ones:
            return ""
        first = open_ones[0]
        return f"{len(open_ones)} of {len(item)} did not, the first is {first.what} of {first.who}: {first.state}"


def all_kept() -> AllKept:
    """Match promises that were all kept."""
    return AllKept()


class AnsweredOrRefused(Lacking[Sequence[Operation]]):
    """See `answered_or_refused`."""

    def __init__(self, percent: float) -> None:
        self.percent = percent
        self.expected = f"every call answered, or, at most {percent:g} of 100, refused with a waiting time"

    def lack(self, item: Any) -> str:
        """Say what happened to the first that was neither, or how many were refused."""
        broken = [operation for operation in item if operation.failed and not operation.refused]
        if broken:
            return f"{len(broken)} of {len(item)} were neither, the first: {broken[0]}"
        refused = sum(operation.refused for operation in item)
        share = 100 * refused / max(1, len(item))
        return f"{refused} of {len(item)} were refused ({share:.1f} of 100)" if share > self.percent else ""


def answered_or_refused(percent: float) -> AnsweredOrRefused:
    """Match operations that went well but for at most `percent` of 100, which were refused politely."""
    return AnsweredOrRefused(percent)


class Sparing(Lacking[MachineUse]):
    """See `sparing`."""

    def __init__(self, processors: float, memory: float) -> None:
        self.processors, self.memory = processors, memory
        self.expected = (
            f"at most {processors:g} percent of the processors on average and {memory:g} percent of the memory in use"
        )

    def lack(self, item: Any) -> str:
        """Say what was used."""
        if item.processors > self.processors:
            return f"{item.processors:.0f} percent of the processors were in use on average"
        return f"{item.memory_most:.0f} percent of the memory were in use" if item.memory_most > self.memory else ""


def sparing(processors: float, memory: float) -> Sparing:
    """Match the use of a machine: processors on average, memory at any time, in percent."""
    return Sparing(processors, memory)
