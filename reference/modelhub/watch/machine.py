"""What the machine has and uses, without ever waiting for a sample."""

import os
from pathlib import Path
from typing import Any

GB = 1_073_741_824


class Machine:
    """Reads the kernel's counters; the processor's share is that since the last look."""

    def __init__(self) -> None:
        """Look for the first time."""
        self._before = _cpu_times()
        self._percent = 0.0

    def cpu_percent(self) -> float:
        """Give the share of all processors that was busy since the last look, 0..100."""
        busy, total = _cpu_times()
        if total - self._before[1] >= 10:
            self._percent = round(100 * (busy - self._before[0]) / (total - self._before[1]), 1)
            self._before = (busy, total)
        return min(100.0, max(0.0, self._percent))

    def stats(self) -> dict[str, Any]:
        """Give processor and memory; without a GPU its fields are null."""
        total, available = _memory()
        used = total - available
        return {
            "cpu_percent": self.cpu_percent(),
            "ram_used_gb": round(used / GB, 3),
            "ram_total_gb": round(total / GB, 3),
            "ram_percent": round(100 * used / total, 1) if total else 0.0,
            "gpu_percent": None,
            "vram_used_mb": None,
            "vram_total_mb": None,
            "vram_percent": None,
        }


def _cpu_times() -> tuple[int, int]:
    try:
        fields = [int(each) for each in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    except (OSError, ValueError):
        load = int(os.getloadavg()[0] * 100)
        return load, load
    idle = fields[3] + fields[4]
    return sum(fields) - idle, sum(fields)


def _memory() -> tuple[int, int]:
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
        return int(lines["MemTotal"].split()[0]) * 1024, int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        size = os.sysconf("SC_PAGE_SIZE")
        return os.sysconf("SC_PHYS_PAGES") * size, os.sysconf("SC_AVPHYS_PAGES") * size
