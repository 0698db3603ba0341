"""Matchers for downloads that are paused or cancelled: the traffic stops, and nothing is left behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import MB, Progress, Status
from countersign.systems.modelhub.seen import Look, Seen

LEAST_LOOKS = 5
TELLING = 0.001
"""Megabytes that may be rounded away."""


@dataclass(frozen=True)
class Paused:
    """A download that was paused for a while and resumed. `paused_at` is the moment of the answer (monotonic)."""

    paused_at: float
    meanwhile: tuple[Look, ...]
    seen: Seen


@dataclass(frozen=True)
class Cancelled:
    """What is left of a download that was cancelled: its last state, the model's, files on disk, frames."""

    before: Progress
    seen: Seen
    status: Status
    unfinished: tuple[str, ...]
    used_mb: float | None


class StandsStill(Lacking[Paused]):
    """See `stands_still`."""

    def __init__(self, after: float, seconds: float) -> None:
        self.after, self.seconds = after, seconds
        self.expected = f"nothing to arrive or leave the source for {seconds:g} s, from {after:g} s after the pause on"

    def lack(self, item: Any) -> str:
        """Say what moved."""
        looks = [look for look in item.meanwhile if look.asked >= item.paused_at + self.after]
        if len(looks) < LEAST_LOOKS or looks[-1].told - looks[0].asked < 0.9 * self.seconds:
            return f"there were only {len(looks)} looks"
        states = {look.progress.status for look in looks}
        if states != {"paused"}:
            return f"the paused download was {', '.join(sorted(states))}"
        arrived = looks[-1].progress.downloaded_mb - looks[0].progress.downloaded_mb
        if abs(arrived) > TELLING:
            return f"{arrived:.3f} MB arrived at the hub during the pause"
        return _left_the_source(looks)


def stands_still(after: float, seconds: float) -> StandsStill:
    """Match a paused download of which nothing moves for so long, from `after` seconds after the pause on."""
    return StandsStill(after, seconds)


class GoesOn(Lacking[Paused]):
    """See `goes_on_when_resumed`."""

    expected = "a download that goes on from its bytes when it is resumed, and arrives"

    def lack(self, item: Any) -> str:
        """Say what was lost."""
        last, sent = item.seen.last, item.seen.sent
        if last.status != "completed":
            return f"it is {last.status} ({last.failure_reason})"
        held = item.meanwhile[-1].progress.downloaded_mb
        later = [look.progress for look in item.seen.looks if look.asked > item.meanwhile[-1].told]
        lost = held - min(progress.downloaded_mb for progress in later)
        if lost > TELLING:
            return f"{lost:.2f} MB were lost by the pause"
        twice = 0 if sent is None else sent.size - item.seen.size
        return f"{twice / MB:.2f} MB were transferred twice" if twice > MB else ""


def goes_on_when_resumed() -> GoesOn:
    """Match a paused download that lost nothing."""
    return GoesOn()


class ToldOfStates(Lacking[Seen]):
    """See `told_of_states`."""

    def __init__(self, states: Sequence[str]) -> None:
        self.states = list(states)
        self.expected = f"notices of the states {', '.join(states)}, in this order"

    def lack(self, item: Any) -> str:
        """Say what was told instead."""
        told = [str(frame.data.get("new_status")) for frame in item.told("download_status_change")]
        wanted = iter(told)
        if all(state in wanted for state in self.states) and told[-1] == self.states[-1]:
            return ""
        return f"the notices were of {', '.join(told) or 'nothing'}"


def told_of_states(states: Sequence[str]) -> ToldOfStates:
    """Match a transfer whose status change frames lead through these states in this order and end with the last."""
    return ToldOfStates(states)


class LeavesNothing(Lacking[Cancelled]):
    """See `leaves_nothing`."""

    expected = "a cancelled download of which no file and no used space is left, and a missing model"

    def lack(self, item: Any) -> str:
        """Say what is left."""
        if item.seen.last.status != "cancelled":
            return f"the download is {item.seen.last.status}"
        if item.unfinished:
            return f"{', '.join(item.unfinished)} is left of the cancelled download"
        if item.status.size_mb or item.used_mb:
            return f"{item.status.size_mb or item.used_mb:.2f} MB are still in use"
        if item.status.availability != "missing" or item.status.is_available:
            return f"the model is called {item.status.availability}"
        return "" if "download" in item.status.actions else "the model cannot be downloaded again"


def leaves_nothing() -> LeavesNothing:
    """Match a cancelled download that left no partial file, no used space, and a model that is missing again."""
    return LeavesNothing()


def _left_the_source(looks: Sequence[Look]) -> str:
    first, last = looks[0].sent_after, looks[-1].sent_before
    if first is None or last is None or last <= first:
        return ""
    return f"{(last - first) / MB:.3f} MB left the source during the pause"
