"""The main database is lost for good, and its standby takes over while patients go on writing."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.journeys.medassist.chat.scribes import Scribe, scribes, writing
from countersign.load.meanwhile import meanwhile
from countersign.transport import eventually

BACK_WITHIN = 60.0
"""Longer than the limit, so that a late return itself can be measured."""
BEFORE_EACH, BEHIND_EACH, WRITTEN_WITHIN = 3, 2, 20.0
ALL_WITHIN = 150.0


@dataclass(frozen=True)
class Failover:
    """How long after the loss everybody's messages were confirmed again, and which confirmed ones are missing."""

    seconds: float
    confirmed: int
    missing: Sequence[str]


@dataclass(frozen=True)
class Writers:
    """Patients who write."""

    people: Sequence[Scribe]


def writers(stage: Any, count: int) -> Writers:
    """Let so many patients begin to write."""
    return Writers(scribes(stage, count))


def fails_over(stage: Any, writers: Writers) -> Failover:
    """Take the main database away while everybody writes; they go on until all are confirmed again."""
    control, people = stage.system().control, writers.people

    def lost() -> float:
        _written(people, [len(each.confirmed) + BEFORE_EACH for each in people], WRITTEN_WITHIN)
        control.fail_over()
        gone = time.monotonic()
        _written(people, [len(each.confirmed) + 1 for each in people], BACK_WITHIN)
        back = time.monotonic()
        _written(people, [len(each.confirmed) + BEHIND_EACH for each in people], WRITTEN_WITHIN)
        return back - gone

    seconds, written = meanwhile(lost, writing(people), within=ALL_WITHIN)
    for outcome in written:
        outcome.get()
    missing = [lack for each in people for lack in each.missing()]
    return Failover(seconds, sum(len(each.confirmed) for each in people), missing)


def _written(people: Sequence[Scribe], counts: Sequence[int], within: float) -> None:
    def there() -> None:
        now = [len(each.confirmed) for each in people]
        assert all(count >= wanted for count, wanted in zip(now, counts, strict=True)), f"{sum(now)} are confirmed"

    eventually(there, within, what="everybody's next message to be confirmed")
