"""Share the feature files of a run out to processes: nothing twice, the longest first, heavy load by itself."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from countersign.verdict.records import Planned

SECONDS_BY_TAG = {"soak": 1900.0, "patient": 160.0, "load": 12.0, "fault": 6.0, "browser": 4.0}
SECONDS = 1.5
HURTING = frozenset({"fault", "load", "serial"})
"""What does not bear company on a system that other lanes use too."""
LOADING = frozenset({"load"})
"""What does not bear company on a machine: its figures would be those of the neighbours."""
IDLE = "patient"

Durations = Mapping[tuple[str, str], float]
"""Seconds that scenarios took in an earlier run, by (file, name)."""


@dataclass(frozen=True)
class LanePlan:
    """The files of one process. `alone` ones start when nobody else is busy; an `idle` one is mostly silent."""

    files: tuple[str, ...]
    alone: bool = False
    idle: bool = False


def plan_lanes(
    planned: Sequence[Planned], jobs: int, *, shared: bool, durations: Durations, idle_beside: bool = False
) -> list[LanePlan]:
    """Plan at most `jobs` lanes at once. On a `shared` system everything that hurts it comes last and alone.

    What is mostly silent has a lane of its own: one of the `jobs`, or `idle_beside` them, as it takes next to nothing.
    """
    apart = HURTING if shared else LOADING
    last = _files(planned, lambda entry: bool(apart & set(entry.tags)))
    silent = [file for file in _files(planned, lambda entry: IDLE in entry.tags) if file not in last]
    silent = silent if jobs > 1 and not shared else []
    busy = [entry for entry in planned if entry.file not in last and entry.file not in silent]
    lanes = [LanePlan(tuple(silent), idle=True)] if silent else []
    busy_lanes = jobs if idle_beside else max(1, jobs - len(lanes))
    lanes += [LanePlan(tuple(files)) for files in share_out(busy, busy_lanes, durations)]
    return [*lanes, LanePlan(tuple(last), alone=True)] if last else lanes


def share_out(planned: Sequence[Planned], jobs: int, durations: Durations | None = None) -> list[list[str]]:
    """Share feature files out to at most `jobs` lanes, the longest first, each to the lane with the least to do.

    Files that need the browser stay together: one browser, with its driver, is what a machine is asked for.
    """
    seconds: dict[str, float] = {}
    for entry in planned:
        seconds[entry.file] = seconds.get(entry.file, 0.0) + expected_seconds(entry, durations)
    browsing = _files(planned, lambda entry: "browser" in entry.tags)
    bundles = [[file] for file in seconds if file not in browsing] + ([browsing] if browsing else [])
    sized = sorted(((sum(seconds[file] for file in files), files) for files in bundles), key=lambda each: -each[0])
    lanes: list[tuple[float, list[str]]] = [(0.0, []) for _ in range(min(jobs, len(bundles)) or 1)]
    for length, files in sized:
        lightest = min(range(len(lanes)), key=lambda index: lanes[index][0])
        spent, so_far = lanes[lightest]
        lanes[lightest] = (spent + length, [*so_far, *files])
    return [files for _, files in lanes if files]


def expected_seconds(planned: Planned, durations: Durations | None = None) -> float:
    """Say how long a scenario takes: as in an earlier run, or else guessed from its tags."""
    known = (durations or {}).get((planned.file, planned.name))
    if known is not None:
        return known
    return max([SECONDS_BY_TAG[tag] for tag in planned.tags if tag in SECONDS_BY_TAG], default=SECONDS)


def earlier_durations(signoff: Path) -> dict[tuple[str, str], float]:
    """Read what the scenarios of an earlier run took from its `signoff.json`; nothing if there is no such run."""
    try:
        scenarios = json.loads(signoff.read_text(encoding="utf-8"))["scenarios"]
        return {(each["file"], each["name"]): float(each["seconds"]) for each in scenarios if each["seconds"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _files(planned: Sequence[Planned], wanted: Callable[[Planned], bool]) -> list[str]:
    return sorted({entry.file for entry in planned if wanted(entry)})
