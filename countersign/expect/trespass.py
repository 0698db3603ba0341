"""Matchers for closed doors: a chat that lets nobody in, an answer that refuses, a website that may not read."""

from dataclasses import dataclass
from typing import Any, Protocol

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

from countersign.transport.answer import Answer


class Knocked(Protocol):
    """How a system took somebody who knocked at one of its sockets: `way` says who came how, `answer` what it did."""

    @property
    def way(self) -> str:
        """Who came how."""

    @property
    def answer(self) -> str:
        """What the system did, in words."""

    @property
    def refused(self) -> bool:
        """Whether this was a refusal by the words of the system's contract."""


class TurnedAway(BaseMatcher[Knocked]):
    """Match somebody whom a socket refused, without a greeting."""

    def _matches(self, item: Knocked) -> bool:
        return item.refused

    def describe_to(self, description: Description) -> None:
        description.append_text("somebody whom the socket refuses")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(f"{item.way}: {item.answer}")


class Denied(BaseMatcher[Answer]):
    """Match an answer with one of the given statuses, all of which deny what was asked for."""

    def __init__(self, statuses: tuple[int, ...]) -> None:
        self.statuses = statuses

    def _matches(self, item: Answer) -> bool:
        return item.status in self.statuses

    def describe_to(self, description: Description) -> None:
        description.append_text(f"a denied request ({' or '.join(map(str, self.statuses))})")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(f"{item.what} was answered {item.status}")


@dataclass(frozen=True)
class CrossSite:
    """What a browser is told when a website at `origin` asked for something. `allowed` is who may read the answer."""

    origin: str
    asked: str
    allowed: str


class Unreadable(BaseMatcher[CrossSite]):
    """Match an answer that a browser keeps from the website which asked for it."""

    def _matches(self, item: CrossSite) -> bool:
        return item.allowed not in {"*", item.origin}

    def describe_to(self, description: Description) -> None:
        description.append_text("an answer that a browser does not let the foreign website read")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(f"{item.asked}, asked by {item.origin}, may be read by {item.allowed!r}")


def turned_away() -> TurnedAway:
    """Match somebody whom a socket refused, without a greeting."""
    return TurnedAway()


def denied(*statuses: int) -> Denied:
    """Match an answer that denies what was asked for with one of these statuses."""
    return Denied(statuses)


def unreadable() -> Unreadable:
    """Match an answer that a browser keeps from the website which asked for it."""
    return Unreadable()
