"""Matchers for the history of a conversation: is it what was said, in order, at its time, on every page?"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from countersign.errors import ContractBroken
from countersign.expect.lacking import Lacking
from countersign.systems.medassist.model import moment
from countersign.systems.medassist.sessions import History

SHOWN = 60


@dataclass(frozen=True)
class Line:
    """Something that was said in a conversation: by whom (user, system, assistant), and when it was seen (UTC)."""

    role: str
    content: str
    seen_at: datetime


@dataclass(frozen=True)
class ReadAgain:
    """A conversation as it was held, and as it was read after signing in again: whole, and page by page."""

    lines: tuple[Line, ...]
    whole: History
    pages: tuple[History, ...]


class ReadsAsSaid(Lacking[ReadAgain]):
    """See `reads_as_said`."""

    def __init__(self, turns: int) -> None:
        self.turns = turns
        self.expected = f"the {turns} turns as they were said, each text once, numbered from 1 without a gap"

    def lack(self, item: Any) -> str:
        """Say where the history differs from what was said."""
        turns = sum(line.role == "user" for line in item.lines)
        if turns != self.turns:
            return f"{turns} turns were held"
        found = item.whole.messages
        numbers = [message.sequence for message in found]
        if numbers != list(range(1, len(found) + 1)):
            return f"the {len(found)} texts read back are numbered {', '.join(map(str, numbers))}"
        for number, (read, line) in enumerate(zip(found, item.lines, strict=False), 1):
            if (read.role, read.content) != (line.role, line.content):
                return (
                    f"text {number} reads {_told(read.role, read.content)}, said was {_told(line.role, line.content)}"
                )
        return "" if len(found) == len(item.lines) else f"{len(found)} of {len(item.lines)} texts are read back"


def reads_as_said(turns: int) -> ReadsAsSaid:
    """Match a conversation of so many turns that reads back as it was held."""
    return ReadsAsSaid(turns)


class TimedAsSaid(Lacking[ReadAgain]):
    """See `timed_as_said`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expected = f"texts whose times are in UTC, do not run backwards and are within {seconds:g} s of the truth"

    def lack(self, item: Any) -> str:
        """Say which time is wrong."""
        try:
            times = [moment(message.created_at, "the time of a message") for message in item.whole.messages]
        except ContractBroken as fault:
            return str(fault)
        local = [message.created_at for message in item.whole.messages if not message.created_at.endswith("Z")]
        if local:
            return f"{local[0]} does not say that it is UTC"
        if any(before > after for before, after in pairwise(times)):
            return f"the times run backwards: {', '.join(message.created_at for message in item.whole.messages)}"
        for message, time, line in zip(item.whole.messages, times, item.lines, strict=False):
            off = abs((time - line.seen_at).total_seconds())
            if off > self.seconds:
                return f"{_told(message.role, message.content)} is {off:.0f} s off: {message.created_at}"
        return "" if times else "nothing was read back"


def timed_as_said(seconds: float) -> TimedAsSaid:
    """Match a conversation whose stored times are those at which it was held, give or take so many seconds."""
    return TimedAsSaid(seconds)


class SameInPages(Lacking[ReadAgain]):
    """See `same_in_pages_of`."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.expected = f"pages of {size} that make up the whole history, each with the true total"

    def lack(self, item: Any) -> str:
        """Say which page is wrong."""
        joined = [message.id for page in item.pages for message in page.messages]
        whole = [message.id for message in item.whole.messages]
        sizes = [len(page.messages) for page in item.pages]
        if joined != whole:
            return f"the pages hold {len(joined)} texts ({', '.join(map(str, sizes))}), the whole history {len(whole)}"
        if any(size != self.size for size in sizes[:-2]) or max(sizes) > self.size:
            return f"the pages hold {', '.join(map(str, sizes))} texts"
        totals = [page.total for page in (item.whole, *item.pages)]
        wrong = [total for total in totals if total != len(item.lines)]
        return f"a page tells of {wrong[0]} texts in all, there are {len(item.lines)}" if wrong else ""


def same_in_pages_of(size: int) -> SameInPages:
    """Match a history that is the same page by page."""
    return SameInPages(size)


def _told(role: str, content: str) -> str:
    return f"{content[:SHOWN]!r} ({role})"
