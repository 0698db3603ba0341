"""Matchers for a hub of which too much is asked: who is not served is told so, what runs goes on, all ends well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Progress, Task
from countersign.transport.answer import Answer
from countersign.transport.flight import Landed

TOO_MANY_LINES, QUEUE_FULL = 1013, 429
SERVED, TURNED_AWAY = (200, 202), (429, 503)
FEW_FILES = 10
"""Open files by which a process may differ from before: what it keeps for its next work."""


@dataclass(frozen=True)
class LineTry:
    """A line somebody tried to open. `code` is how it was closed at its opening, None if it was let in."""

    code: int | None
    told: str = ""


class LinesTurnedAway(Lacking[Sequence[LineTry]]):
    """See `lines_turned_away`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.expected = f"at most {most} lines to be let in and every other to be closed as one too many"

    def lack(self, item: Any) -> str:
        """Say how many were let in, or how another was treated."""
        let_in = [each for each in item if each.code is None]
        if len(item) <= self.most:
            return f"only {len(item)} were tried"
        if len(let_in) > self.most:
            return f"{len(let_in)} of {len(item)} were let in"
        rude = [each for each in item if each.code not in (None, TOO_MANY_LINES)]
        if rude:
            return f"{len(rude)} of {len(item)} were treated otherwise: {rude[0].told}"
        return "" if let_in else "nobody was let in"


def lines_turned_away(most: int) -> LinesTurnedAway:
    """Match lines of which at most so many were let in, and the others closed with the code for too many."""
    return LinesTurnedAway(most)


@dataclass(frozen=True)
class FullQueue:
    """A queue of generations that is full: how many waited before and after more came, and what these were told.

    `places` is how many may have left the queue meanwhile for the engine, or come back from it.
    """

    before: int
    after: int
    beyond: Sequence[Landed]
    places: int


class QueueKept(Lacking[FullQueue]):
    """See `queue_kept`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.expected = f"no more than {most} generations to wait, and those beyond to be refused with a time"

    def lack(self, item: Any) -> str:
        """Say how many wait, or how those beyond were treated."""
        if item.after > self.most + item.places:
            return f"{item.after} wait"
        if lost := [each for each in item.beyond if each.answer is None]:
            return f"one beyond was told nothing: {lost[0].fault}"
        taken = sum(each.answer.status in SERVED for each in item.beyond)
        if taken > item.places:
            return f"{taken} of {len(item.beyond)} beyond were taken though {item.before} waited"
        for each in item.beyond:
            if each.answer.status not in (*SERVED, QUEUE_FULL):
                return f"one beyond was answered with {each.answer.status}"
            if each.answer.status == QUEUE_FULL and not _says_when(each.answer):
                return "one beyond was refused without a time to come again"
        return ""


def queue_kept(most: int) -> QueueKept:
    """Match a queue of at most so many generations, which turned away politely whatever came beyond them."""
    return QueueKept(most)


class ServedOrTurnedAway(Lacking[Landed]):
    """Match a request that was served, or turned away with a time to come again."""

    expected = "a request served, or turned away with the time to come again"

    def lack(self, item: Any) -> str:
        """Say what came instead."""
        if item.answer is None:
            return f"nothing came: {item.fault}"
        if item.answer.status in SERVED:
            return ""
        if item.answer.status not in TURNED_AWAY:
            return f"{item.answer.what} was answered with {item.answer.status}: {item.answer.beginning()[:80]!r}"
        return "" if _says_when(item.answer) else "it was turned away without a time to come again"


def served_or_turned_away() -> ServedOrTurnedAway:
    """Match a request that was treated politely."""
    return ServedOrTurnedAway()


def _says_when(answer: Answer) -> bool:
    return answer.headers.get("retry-after", "").isdecimal()


@dataclass(frozen=True)
class Running:
    """What was running when too much was asked for: a download, and generations, as they were at last."""

    download: Progress
    is_valid: bool
    tasks: Sequence[Task]


class WentOn(Lacking[Running]):
    """Match running work that was brought to its end."""

    expected = "the running download to arrive whole and every generation that was taken to be completed"

    def lack(self, item: Any) -> str:
        """Name what was not."""
        if item.download.status != "completed" or not item.is_valid:
            return f"the download is {item.download.status} ({item.download.failure_reason})"
        lost = [task for task in item.tasks if task.status != "completed"]
        return f"{len(lost)} of {len(item.tasks)} generations are not, one is {lost[0].status}" if lost else ""


def went_on() -> WentOn:
    """Match running work that nothing was lost of."""
    return WentOn()


@dataclass(frozen=True)
class Afterwards:
    """How it was when the rush was over: seconds until all was normal (None: it was not), and what was not last."""

    after: float | None
    amiss: str = ""


class NormalWithin(Lacking[Afterwards]):
    """See `normal_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"everything to be as before within {limit:g} s after too much was asked for"

    def lack(self, item: Any) -> str:
        """Say what was still amiss."""
        if item.after is None:
            return f"after that time {item.amiss}"
        return f"it took {item.after:.1f} s" if item.after > self.limit else ""


def normal_within(limit: float) -> NormalWithin:
    """Match a hub that was normal again in time."""
    return NormalWithin(limit)


def more_files(before: Mapping[str, float], now: Mapping[str, float]) -> str:
    """Name the first process that holds more open files than before, empty if none does."""
    for process, count in before.items():
        if now.get(process, 0.0) > count + FEW_FILES:
            return f"the {process} holds {now[process]:.0f} open files, before it were {count:.0f}"
    return ""
