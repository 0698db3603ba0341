"""Exact counts of what the source sent."""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

SLOT_SECONDS = 0.25


@dataclass
class _Count:
    requests: int = 0
    range_requests: int = 0
    bytes_sent: int = 0
    times: list[float] = field(default_factory=list)
    last_at: float = 0.0


class Counts:
    """What was asked for and sent, by file and over time. Times are seconds since 1970."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.clear()

    def clear(self) -> None:
        """Begin again."""
        self._files: dict[str, _Count] = defaultdict(_Count)
        self._slots: dict[int, int] = defaultdict(int)
        self._total = 0

    def asked(self, key: str, ranged: bool) -> None:
        """Count a request."""
        count = self._files[key]
        count.requests += 1
        count.range_requests += ranged
        count.times.append(time.time())
        count.last_at = count.times[-1]

    def sent(self, key: str, size: int) -> None:
        """Count bytes that left."""
        at = time.time()
        count = self._files[key]
        count.bytes_sent += size
        count.last_at = at
        self._slots[int(at / SLOT_SECONDS)] += size
        self._total += size

    def shown(self) -> dict[str, Any]:
        """Give all counts; `times` are the moments of a file's requests."""
        files = {
            key: {
                "requests": count.requests,
                "range_requests": count.range_requests,
                "bytes_sent": count.bytes_sent,
                "first_at": count.times[0] if count.times else None,
                "last_at": count.last_at,
                "times": count.times,
            }
            for key, count in self._files.items()
        }
        slots = [{"at": slot * SLOT_SECONDS, "bytes": size} for slot, size in sorted(self._slots.items())]
        return {"total_bytes": self._total, "files": files, "timeline": slots}
