"""When so many bytes had left the source, by its own record."""

from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Any

from countersign.systems.modelhub.model import need


class Timeline:
    """The bytes that left the source over time. `at` and `bytes` of each slot are those of its control (11.1)."""

    def __init__(self, stats: Mapping[str, Any]) -> None:
        slots = need(stats, "timeline", list, "the counters of the source")
        starts = [float(slot["at"]) for slot in slots]
        # A slot lasts as long as the shortest step from one to another: slots without bytes may be left out.
        length = min((later - earlier for earlier, later in pairwise(starts)), default=0.25)
        sizes = [int(slot["bytes"]) for slot in slots]
        rows = zip(starts, sizes, accumulate(sizes), strict=True)
        self._slots = [(at, at + length, size, total) for at, size, total in rows]

    def moment_of(self, size: float) -> float | None:
        """Give the moment (seconds since 1970) at which so many bytes had left, None if they never did.

        Within a slot bytes are taken to have left evenly.
        """
        for began, ended, sent, total in self._slots:
            if total >= size:
                return began + (ended - began) * (1 - (total - size) / max(1, sent))
        return None
