"""What the suite itself costs: the time of a run that was neither waiting for a system nor a deliberate pause."""

import json
import os
import time
from pathlib import Path

from countersign.evidence.waiting import WAITED

NAME = "cost.json"


def process_seconds() -> float:
    """Seconds since this process was started (Linux: from /proc; elsewhere since the interpreter's clock began)."""
    stat = Path("/proc/self/stat")
    if not stat.exists():
        return time.perf_counter()
    started = int(stat.read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def write_cost(folder: Path) -> None:
    """Write `cost.json`: seconds of the process so far (`wall`), waited (`system`, `pause`), and the rest (`own`)."""
    wall = process_seconds()
    parts = {"wall": wall, "system": WAITED.system, "pause": WAITED.pause, "own": wall - WAITED.system - WAITED.pause}
    (folder / NAME).write_text(json.dumps({name: round(value, 3) for name, value in parts.items()}))
