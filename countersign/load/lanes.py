"""Many small jobs, some at a time: a state to begin with, not load."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from countersign.load.together import together

T = TypeVar("T")


def in_lanes(jobs: Sequence[Callable[[], object]], *, lanes: int, within: float) -> None:
    """Do all jobs, so many at a time. Raises the first error."""
    parts = [jobs[number::lanes] for number in range(lanes)]
    for outcome in together([partial(_one_by_one, part) for part in parts if part], within=within):
        outcome.get()


def shared_out(people: Sequence[T], act: Callable[[T], object], *, lanes: int, within: float) -> None:
    """Let everybody do something, so many at a time. Raises the first error."""
    in_lanes([partial(act, person) for person in people], lanes=lanes, within=within)


def _one_by_one(jobs: Sequence[Callable[[], object]]) -> None:
    for job in jobs:
        job()
