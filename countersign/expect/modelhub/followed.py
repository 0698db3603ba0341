"""Matchers for what a listener was told of one download: the whole story, in order, often enough and not too often."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import moment
from countersign.systems.modelhub.socket import Frame

CHANGE, RETRY, PROGRESS = "download_status_change", "download_retry", "download_progress_update"
FINAL = frozenset({"completed", "failed", "cancelled"})


@dataclass(frozen=True)
class Listener:
    """Somebody who listened to a download from its start to its end, and what was told, as it came."""

    name: str
    frames: Sequence[Frame]

    def told(self, kind: str) -> list[Frame]:
        """Give the messages of a kind."""
        return [frame for frame in self.frames if frame.type == kind]

    @property
    def stretches(self) -> list[list[float]]:
        """Give the moments (seconds by the hub's clock) of what was told while it was downloading.

        One list for each time it was downloading: from the message that it began to that of the next state.
        """
        found, flowing = list[list[float]](), False
        for frame in self.frames:
            at = moment(frame.data.get("timestamp"), f"the timestamp of a {frame.type}").timestamp()
            if flowing:
                found[-1].append(at)
            if frame.type == CHANGE:
                flowing = frame.data.get("new_status") == "downloading"
                if flowing:
                    found.append([at])
        return found

    @property
    def gaps(self) -> list[float]:
        """Give the seconds between each two messages while it was downloading."""
        return [later - earlier for stretch in self.stretches for earlier, later in pairwise(stretch)]


class ToldTheStory(Lacking[Listener]):
    """See `told_the_story`."""

    def __init__(self, states: Sequence[str]) -> None:
        self.states = list(states)
        self.expected = f"messages that lead through the states {', '.join(states)}, each from the one before"

    def lack(self, item: Listener) -> str:
        """Say which state was told out of turn, or the end more than once."""
        changes = item.told(CHANGE)
        told = [str(frame.data.get("new_status")) for frame in changes]
        for earlier, later in pairwise(changes):
            if later.data.get("old_status") != earlier.data.get("new_status"):
                return (
                    f"{item.name} was told that it went from {later.data.get('old_status')} to "
                    f"{later.data.get('new_status')} when it was {earlier.data.get('new_status')}"
                )
        if sum(state in FINAL for state in told) != 1:
            return f"{item.name} was told of {sum(state in FINAL for state in told)} ends: {', '.join(told)}"
        if told != self.states:
            return f"{item.name} was told of {', '.join(told)}"
        return "" if item.frames[-1] is changes[-1] else f"{item.name} was told of it after its end"


def told_the_story(states: Sequence[str]) -> ToldTheStory:
    """Match a listener who was told of exactly these states in this order, of one end, and of nothing after it."""
    return ToldTheStory(states)


class NeverFell(Lacking[Listener]):
    """See `percentage_never_fell`."""

    expected = "a percentage that never falls and ends at 100"

    def lack(self, item: Listener) -> str:
        """Say where it fell."""
        told = [float(frame.data["progress_percent"]) for frame in item.frames if "progress_percent" in frame.data]
        for earlier, later in pairwise(told):
            if later < earlier:
                return f"to {item.name} it fell from {earlier:g} to {later:g} percent"
        return "" if told and told[-1] == 100 else f"to {item.name} the last was {told[-1] if told else 'nothing'}"


def percentage_never_fell() -> NeverFell:
    """Match a listener to whom the percentage was told rising."""
    return NeverFell()


class ToldOfRetries(Lacking[Listener]):
    """See `told_of_retries`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.expected = f"each of {count} retries told once, with its number, its wait and a sentence"

    def lack(self, item: Listener) -> str:
        """Say which retries were told."""
        frames = item.told(RETRY)
        numbers = [frame.data.get("retry_count") for frame in frames]
        if numbers != list(range(1, self.count + 1)):
            return f"{item.name} was told of the retries {numbers}"
        for frame in frames:
            waits, words = frame.data.get("next_retry_in_seconds"), str(frame.data.get("error_message") or "")
            if not isinstance(waits, int | float) or not words.strip():
                return f"{item.name} was told of a retry with the wait {waits!r} and the sentence {words!r}"
        return ""


def told_of_retries(count: int) -> ToldOfRetries:
    """Match a listener who was told of so many retries, each once and in order."""
    return ToldOfRetries(count)


class SteadyNews(Lacking[Listener]):
    """See `steady_news`."""

    def __init__(self, longest: float, most: int) -> None:
        self.longest, self.most = longest, most
        self.expected = f"news at least every {longest:g} s while it was downloading, and at most {most} in a second"

    def lack(self, item: Listener) -> str:
        """Say how long nothing was told, or how much in a second."""
        if not item.gaps:
            return f"{item.name} was told nothing while it was downloading"
        if max(item.gaps) > self.longest:
            return f"{item.name} was told nothing for {max(item.gaps):.2f} s"
        most = _most_in_a_second(item.told(PROGRESS))
        return "" if most <= self.most else f"{item.name} was told {most} times in a second"


def steady_news(longest: float, most: int) -> SteadyNews:
    """Match a listener who was told something every so many seconds, by the clock of the hub, and not too often."""
    return SteadyNews(longest, most)


def _most_in_a_second(frames: Sequence[Any]) -> int:
    times = [moment(frame.data["timestamp"], "a timestamp").timestamp() for frame in frames]
    return max((sum(at <= other < at + 1 for other in times) for at in times), default=0)
