"""Looking again and again whether the system is there, and whether it really serves."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.evidence.operations import Operation, attempt
from countersign.journeys.medassist.crowd import patients
from countersign.journeys.tally import tell_failed
from countersign.load.pace import Pace
from countersign.transport import Deadline

LOOKS_TO_ONE_READ = 5
LOOK_WITHIN = 5.0
READERS = 10
"""Reads are shared out over so many patients: one may only ask ten times a second for long."""


@dataclass(frozen=True)
class Availability:
    """Looks at the health, and real reads of a session beside them, at a steady pace."""

    looks: Sequence[Operation]
    reads: Sequence[Operation]
    load: str


def watched(stage: Any, looks: int, a_second: int, most_seconds: float) -> Availability:
    """Look at the health so many times, so many a second, and really read a session at every fifth look.

    A slow system is looked at more slowly, until `most_seconds` are over: then there are fewer looks.
    """
    readers = patients(stage, READERS)
    sessions = [reader.opens_session().id for reader in readers]
    api = readers[0].stranger()
    pace, deadline = Pace(1 / a_second), Deadline(most_seconds, "looking at the health")
    seen, read = list[Operation](), list[Operation]()
    while len(seen) < looks and not deadline.expired:
        pace.wait()
        seen.append(attempt("suite", "a look at the health", partial(_healthy, api)))
        if len(seen) % LOOKS_TO_ONE_READ == 0:
            number = len(read) % READERS
            read.append(
                attempt(readers[number].name, "reading a session", partial(_read, readers[number], sessions[number]))
            )
    tell_failed(stage, [*seen, *read])
    took = deadline.waited
    load = f"{len(seen) / took:.0f} looks and {len(read) / took:.0f} reads per second for {took:.0f} s"
    return Availability(seen, read, load)


def _healthy(api: Any) -> float:
    return float(api.ask("GET", "/api/health", within=LOOK_WITHIN).must_be(200).seconds)


def _read(reader: Any, session_id: str) -> float:
    return float(reader.api.ask("GET", f"/api/sessions/{session_id}", within=LOOK_WITHIN).must_be(200).seconds)


def measure_availability(stage: Any, seen: Availability, required: int) -> Availability:
    """Journal how many of the looks and reads succeeded."""
    for name, operations, least in (
        ("looks at the health", seen.looks, required),
        ("reads of a session", seen.reads, 1),
    ):
        fine = sum(not operation.failed for operation in operations)
        stage.measure(
            f"{name} that succeeded",
            100 * fine / max(1, len(operations)),
            "of 100",
            samples=len(operations),
            limit=99.9,
            relation="at least",
            required_samples=least,
            statistic="share",
            load=seen.load,
        )
    return seen
