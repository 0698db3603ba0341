"""Matchers for what a page tells of things that go on: progress in time, events that are heard, errors."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from countersign.expect.lacking import Lacking
from countersign.systems.pages.model import BarLook, Control, Said

NAMED_AT_MOST = 3
PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s*(?:%|percent)")


@dataclass(frozen=True)
class ToldPercent:
    """What the system itself told of the progress: asked for and answered at these moments."""

    asked: float
    answered: float
    percent: float


@dataclass(frozen=True)
class ProgressSeen:
    """The progress of something, on the page and from the system, both looked at again and again."""

    what: str
    bar: tuple[BarLook, ...]
    told: tuple[ToldPercent, ...]

    def late(self, seconds: float) -> list[BarLook]:
        """Give the looks at which the page was further behind than so long, or ahead of the system."""
        return [look for look in self.bar if not self._least(look, seconds) <= look.value <= self._most(look)]

    def _least(self, look: BarLook, seconds: float) -> float:
        known = [each.percent for each in self.told if each.answered <= look.at - seconds]
        return max(known, default=0.0)

    def _most(self, look: BarLook) -> float:
        later = [each.percent for each in self.told if each.asked >= look.at]
        return min(later, default=100.0)


class InTime(Lacking[ProgressSeen]):
    """See `in_time`."""

    def __init__(self, seconds: float, looks: int) -> None:
        self.seconds, self.looks = seconds, looks
        self.expected = f"a progress bar that is at most {seconds:g} seconds behind"

    def lack(self, item: ProgressSeen) -> str:
        """Tell the first look that was wrong, or that there were too few."""
        late = item.late(self.seconds)
        if late:
            return f"{len(late)} of {len(item.bar)} looks were not: one showed {late[0].value:g} for {item.what}"
        wordless = [look for look in item.bar if not PERCENT.search(look.words)]
        if wordless:
            return f"the progress of {item.what} is no figure in {wordless[0].words[:60]!r}"
        values = {look.value for look in item.bar}
        return f"it was seen with {len(values)} values only" if len(values) < self.looks else ""


def in_time(seconds: float, looks: int) -> InTime:
    """Match a progress seen with at least so many different values, none of them older than `seconds`."""
    return InTime(seconds, looks)


@dataclass(frozen=True)
class Told:
    """Something that happened to a model, the words of which one is needed to tell it, and what was heard after it."""

    event: str
    model: str
    words: tuple[str, ...]
    heard: tuple[str, ...]

    @property
    def was(self) -> bool:
        """Whether one of the sentences names the model and says it."""
        return any(
            self.model in sentence and any(word in sentence.lower() for word in self.words) for sentence in self.heard
        )


@dataclass
class EventsTold:
    """All that happened and what was heard of it. `stopped` says why the rest could not come about."""

    told: list[Told] = field(default_factory=list)
    stopped: str = ""


class ToldOf(Lacking[EventsTold]):
    """See `told_of`."""

    def __init__(self, events: Sequence[str]) -> None:
        self.events = tuple(events)
        self.expected = f"a screen reader to be told of {', '.join(self.events)}, each with its model"

    def lack(self, item: EventsTold) -> str:
        """Name what was not told, with what was heard instead."""
        for event in self.events:
            told = [each for each in item.told if each.event == event]
            if not told:
                return f"{event} did not come about{f': {item.stopped}' if item.stopped else ''}"
            for each in told:
                if not each.was:
                    return f"{event} of {each.model} was not; heard: {' / '.join(each.heard)[:160] or 'nothing'}"
        return ""


def told_of(events: Sequence[str]) -> ToldOf:
    """Match what was heard if each of these events was told."""
    return ToldOf(events)


@dataclass(frozen=True)
class Complaint:
    """An error as the system words it, with what to do next (any of several ways), and the alerts of the page."""

    what: str
    sentence: str
    ways_on: tuple[str, ...]
    alerts: tuple[str, ...]


class Explained(Lacking[Sequence[Complaint]]):
    """See `explained`."""

    expected = "every error as an alert with what happened and what to do next"

    def lack(self, item: Sequence[Complaint]) -> str:
        """Tell the first error that lacks either."""
        for each in item:
            told = " ".join(each.alerts)
            if not each.sentence or each.sentence not in told:
                return f"the alert after {each.what} is {told[:120]!r}; it lacks {each.sentence!r}"
            if not any(way and way in told for way in each.ways_on):
                return f"the alert after {each.what} is {told[:120]!r}; it does not say what to do next"
        return "" if item else "there was no error"


def explained() -> Explained:
    """Match errors that the page tells as the system words them."""
    return Explained()


class NotChattering(Lacking[Sequence[Said]]):
    """See `not_chattering`."""

    def __init__(self, models: Sequence[str], seconds: float, least: int) -> None:
        self.models, self.seconds, self.least = tuple(models), seconds, least
        self.expected = f"the progress of a model to be told at most once in {seconds:g} seconds"

    def lack(self, item: Sequence[Said]) -> str:
        """Tell the shortest pause, or that there was too little to hear."""
        pauses = self.pauses(item)
        if len(pauses) + 1 < self.least:
            return f"progress was heard {len(pauses) + bool(pauses)} times only"
        hasty = [pause for pause in pauses if pause < self.seconds]
        return f"it was told again after {round(min(hasty), 3):g} seconds" if hasty else ""

    def pauses(self, item: Sequence[Said]) -> list[float]:
        """Give the seconds between one telling of the progress of a model and the next."""
        found: list[float] = []
        for model in self.models:
            moments = [said.at for said in item if model in said.text and PERCENT.search(said.text)]
            found += [later - earlier for earlier, later in pairwise(moments)]
        return found


def not_chattering(models: Sequence[str], seconds: float, least: int) -> NotChattering:
    """Match what was heard if progress came rarely enough, and at least so often that this could be seen."""
    return NotChattering(models, seconds, least)


@dataclass(frozen=True)
class PartTold:
    """The part of the page about one model, as a screen reader is told of it: its nodes, and the word of its state."""

    model: str
    state: str
    nodes: tuple[Control, ...]
    text: str


class ToldByName(Lacking[Sequence[PartTold]]):
    """See `told_by_name`."""

    def __init__(self, roles: Sequence[str]) -> None:
        self.roles = tuple(roles)
        self.expected = f"the name of the model on every {', '.join(self.roles)}, and its state in words"

    def lack(self, item: Sequence[PartTold]) -> str:
        """Name what is nameless, or what a screen reader does not find at all."""
        for part in item:
            nameless = [each for each in part.nodes if each.role in self.roles and part.model not in each.name]
            if nameless:
                return f"a {nameless[0].role} of {part.model} is named {nameless[0].name!r}"
            if part.state.lower() not in part.text.lower():
                return f"{part.model} is {part.state}, and it is told as {part.text[:100]!r}"
        missing = [role for role in self.roles if not any(each.role == role for part in item for each in part.nodes)]
        return f"no {missing[0]} was found for any model" if missing else "" if item else "no model was told"


def told_by_name(roles: Sequence[str]) -> ToldByName:
    """Match parts of the page in which everything with one of these roles names the model; each role has to occur."""
    return ToldByName(roles)
