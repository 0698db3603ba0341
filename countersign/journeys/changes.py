"""Waiting for a system to tell of a change, and how long that took."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from countersign.errors import DeadlineExceeded, SystemFault
from countersign.journeys.measuring import measure_longest
from countersign.transport import eventually

T = TypeVar("T")
LOOK_EVERY = 0.1


@dataclass(frozen=True)
class Change:
    """A change that was told after so many seconds (None: it did not come), and the last words."""

    seconds: float | None
    last: str


def changed(
    look: Callable[[], T], fits: Callable[[T], bool], *, within: float, words: Callable[[T], str] = str
) -> Change:
    """Look ten times a second until what is seen fits, at most `within` seconds; give how long it took.

    A look that fails does not fit. `words` puts what is seen into words.
    """
    began, last = time.monotonic(), ["nothing"]

    def looks() -> None:
        try:
            seen = look()
        except SystemFault as fault:
            last.append(str(fault))
            raise AssertionError(last[-1]) from fault
        last.append(words(seen))
        if not fits(seen):
            raise AssertionError(last[-1])

    try:
        eventually(looks, within, every=LOOK_EVERY)
    except DeadlineExceeded:
        return Change(None, last[-1])
    return Change(time.monotonic() - began, last[-1])


def measure_change(stage: Any, name: str, change: Change, limit: float) -> None:
    """Journal how long a change took to be told, if it came."""
    if change.seconds is not None:
        measure_longest(stage, name, [change.seconds], below=limit, load="1 outage")
