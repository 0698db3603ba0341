"""How long the suite waited: for a system, or on purpose. What is left of a run's time is the suite's own cost.

Only the main thread counts, where behave runs the steps; what other threads do meanwhile is waited for there. A wait
inside a wait counts once, as the outer one.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Kind = Literal["system", "pause"]


@dataclass
class Waited:
    """Seconds spent waiting in this process, so far."""

    system: float = 0.0
    pause: float = 0.0


WAITED = Waited()
_main = threading.main_thread()
_inside = False


@contextmanager
def waiting(kind: Kind = "system") -> Iterator[None]:
    """Count the time of this block as waiting, if it runs on the main thread and in no other such block."""
    global _inside  # noqa: PLW0603 - one clock a process
    if threading.current_thread() is not _main or _inside:
        yield
        return
    _inside = True
    began = time.monotonic()
    try:
        yield
    finally:
        _inside = False
        setattr(WAITED, kind, getattr(WAITED, kind) + time.monotonic() - began)
