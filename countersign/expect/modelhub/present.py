"""Matcher for how everything is now, as a listener is told on subscribing, next to what the hub answers when asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.socket import Frame

OF_FRAMES = frozenset({"snapshot", "timestamp"})
"""Facts of a message that tells how something is now, and of no answer."""

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Present:
    """What somebody was told on subscribing to a topic, and what the hub answered right before and right after.

    `named` is the fact that tells which thing a message is about; `facts` are those that have to be right, all that
    both tell if empty. `seconds` is how long the last message took from the wish.
    """

    who: str
    topic: str
    named: str
    told: Sequence[Frame]
    before: Mapping[str, Facts]
    after: Mapping[str, Facts]
    seconds: float
    facts: tuple[str, ...] = ()

    @property
    def due(self) -> set[str]:
        """The things of which one message is due: those that were there all the time."""
        return set(self.before) & set(self.after)


class KnowsThePresent(Lacking[Present]):
    """See `knows_the_present`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"to be told within {limit:g} s how everything is now, exactly as the hub answers"

    def lack(self, item: Present) -> str:
        """Say what was not told, or told wrongly."""
        names = [str(frame.data.get(item.named)) for frame in item.told]
        for name in sorted(item.due):
            if names.count(name) != 1:
                return f"{item.who} was told {names.count(name)} times how {name} is now ({item.topic})"
        for name, frame in zip(names, item.told, strict=True):
            if name not in item.before and name not in item.after:
                return f"{item.who} was told of {name} ({item.topic}), which the hub does not name"
            if wrong := self._wrong(item, name, frame):
                return f"{item.who} was told that {name} has {wrong}"
        return "" if item.seconds < self.limit else f"{item.who} was told after {item.seconds:.2f} s ({item.topic})"

    @staticmethod
    def _wrong(item: Present, name: str, frame: Frame) -> str:
        answers = [facts[name] for facts in (item.before, item.after) if name in facts]
        for fact in item.facts or [fact for fact in frame.data if fact not in OF_FRAMES]:
            told = frame.data.get(fact)
            if all(told != answer.get(fact) for answer in answers):
                return f"{fact.replace('_', ' ')} {told!r}, the hub answers {answers[-1].get(fact)!r}"
        return ""


def knows_the_present(limit: float) -> KnowsThePresent:
    """Match somebody who was told, once and within `limit` seconds, how each thing of a topic is now."""
    return KnowsThePresent(limit)
