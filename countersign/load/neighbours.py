"""Who else takes the processors of this machine: only Linux tells, elsewhere nobody is seen.

Neighbours can only make figures worse. A limit that is kept beside them is kept; one that is missed says nothing about
a system that had to share its processors with them.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_PARENT, _TIMES = 1, slice(11, 15)
_IDLE = (3, 4)
_WORK = 8
"""Fields of /proc/stat that are time of processors, of which two are idle (proc(5))."""


@dataclass(frozen=True)
class Processors:
    """Processor time so far, in ticks: of the whole machine, how much of it was used, and by this process's family."""

    all: int
    used: int
    ours: int


def processors(proc: Path = PROC) -> Processors | None:
    """Read the processor times of the machine and of this process with all it has started; None where nobody tells."""
    try:
        fields = [int(word) for word in (proc / "stat").read_text().split("\n", 1)[0].split()[1 : _WORK + 1]]
    except (OSError, ValueError):
        return None
    idle = sum(fields[number] for number in _IDLE)
    return Processors(sum(fields), sum(fields) - idle, _family(proc, os.getpid()))


def share_of_others(before: Processors | None, after: Processors | None) -> float:
    """Give which part of all processors others took between two readings (0 to 1); 0 where nobody tells."""
    if before is None or after is None or after.all <= before.all:
        return 0.0
    others = (after.used - before.used) - (after.ours - before.ours)
    return max(0.0, min(1.0, others / (after.all - before.all)))


def _family(proc: Path, root: int) -> int:
    told = dict(_processes(proc))
    ours, found = {root}, True
    while found:
        found = False
        for process, (parent, _) in told.items():
            if parent in ours and process not in ours:
                ours.add(process)
                found = True
    return sum(ticks for process, (_, ticks) in told.items() if process in ours)


def _processes(proc: Path) -> Iterator[tuple[int, tuple[int, int]]]:
    for entry in proc.iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            # The name may hold blanks and brackets: what counts begins behind its last bracket.
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            yield int(entry.name), (int(fields[_PARENT]), sum(int(word) for word in fields[_TIMES]))
        except (OSError, ValueError, IndexError):
            continue  # it ended while it was looked at
