"""How fast the machine itself is while load is made, so that a slower machine is not taken for a slower system.

A fixed document is written and read as JSON ten times a second, work like that of a web application; what counts are
the processor seconds of the thread that does it, which waiting for a turn does not lengthen. A processor of a shared
machine changes its speed by half from one second to the next, so that a mean says more than a median.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import fmean

EVERY = 0.1
_PIECE = [{"name": f"model {number}", "size": number * 1.5, "parts": ["a" * 64] * 4} for number in range(400)]
"""About a millisecond of work: one percent of a processor."""


@dataclass
class MachineSpeed:
    """Pieces of work: the moment (monotonic) at which each was done, and the processor seconds it took."""

    pieces: list[tuple[float, float]] = field(default_factory=list)

    def change(self, earlier: tuple[float, float], later: tuple[float, float]) -> float:
        """Give the speed between two moments, as a part of that between two earlier ones; 1 where nothing was seen."""
        before, after = self._took(*earlier), self._took(*later)
        return fmean(before) / fmean(after) if before and after else 1.0

    def _took(self, since: float, until: float) -> list[float]:
        return [seconds for at, seconds in self.pieces if since <= at < until]


@contextmanager
def watching_the_speed() -> Iterator[MachineSpeed]:
    """Watch the speed of this machine as long as the block lasts."""
    speed, over = MachineSpeed(), threading.Event()

    def works() -> None:
        while not over.wait(EVERY):
            began = time.thread_time()
            json.loads(json.dumps(_PIECE))
            speed.pieces.append((time.monotonic(), time.thread_time() - began))

    working = threading.Thread(target=works, name="speed of the machine", daemon=True)
    working.start()
    try:
        yield speed
    finally:
        over.set()
        working.join(1.0)
