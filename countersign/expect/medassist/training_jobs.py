"""Matchers for training jobs: how they go on, how they end, and what they leave behind."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.training import Job


class GoingUpToTheEnd(Lacking[Sequence[Job]]):
    """See `going_up_to_the_end`."""

    expected = "a training whose progress never falls and that is completed"

    def lack(self, item: Sequence[Job]) -> str:
        """Say where the progress fell, or how the training ended."""
        progress = [job.progress for job in item]
        for before, after in pairwise(progress):
            if after < before:
                return f"the progress fell from {before:g} to {after:g}"
        last = item[-1]
        if last.status != "completed":
            return f"it ended as {last.status}" + (f" ({last.error})" if last.error else "")
        return "" if last.progress == 1 else f"it was completed at a progress of {last.progress:g}"


def going_up_to_the_end() -> GoingUpToTheEnd:
    """Match all looks at a job, in their order."""
    return GoingUpToTheEnd()


class EndedAs(Lacking[Job]):
    """See `ended_as`."""

    def __init__(self, status: str) -> None:
        self.status = status
        self.expected = f"the training to be {status}"

    def lack(self, item: Job) -> str:
        """Say how it is."""
        return "" if item.status == self.status else f"it is {item.status}"


def ended_as(status: str) -> EndedAs:
    """Match a job in this state."""
    return EndedAs(status)


class VersionsLeft(Lacking[Mapping[str, str]]):
    """See `versions_left`."""

    def __init__(self, states: Mapping[str, str]) -> None:
        self.states = dict(states)
        self.expected = f"the versions {_told(self.states)} and no other"

    def lack(self, item: Mapping[str, str]) -> str:
        """Say which there are."""
        return "" if dict(item) == self.states else f"there are {_told(item)}"


def versions_left(states: Mapping[str, str]) -> VersionsLeft:
    """Match the versions of a model by their states."""
    return VersionsLeft(states)


def _told(states: Mapping[str, str]) -> str:
    return ", ".join(f"{version} ({state})" for version, state in sorted(states.items())) or "none"
