"""Matchers for settings at work: what is refused while a rule is set, and what is seen before and after a change."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Ruled:
    """A rule that was set and taken back while somebody asked for something again and again.

    `before` is what was answered at first, `refused_after` and `given_after` are the seconds from each change until it
    was obeyed, None if it was not; `last` is what was answered last.
    """

    rule: str
    asked_for: str
    before: str
    refused_after: float | None
    given_after: float | None
    last: str

    @property
    def seconds(self) -> list[float]:
        """The seconds that are known."""
        return [each for each in (self.refused_after, self.given_after) if each is not None]


class ObeyedWithin(Lacking[Ruled]):
    """See `obeyed_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a rule that is obeyed within {limit:g} s of being set, and of being taken back"

    def lack(self, item: Any) -> str:
        """Say what was answered."""
        if item.before:
            return f"'{item.rule}': {item.asked_for} was not given before the rule was set ({item.before})"
        for seconds, what in ((item.refused_after, "set"), (item.given_after, "taken back")):
            if seconds is None:
                told = f"was still answered with {item.last or 'what was asked for'}"
                return f"'{item.rule}' was {what}, and {item.asked_for} {told} {self.limit:g} s later"
            if seconds > self.limit:
                return f"'{item.rule}' was obeyed {seconds:.2f} s after it was {what}"
        return ""


def obeyed_within(limit: float) -> ObeyedWithin:
    """Match a rule that was obeyed so many seconds after each change at the latest."""
    return ObeyedWithin(limit)


@dataclass(frozen=True)
class Seen:
    """A number that was seen, and the least and the most that it may be."""

    least: float
    most: float
    number: float

    @property
    def fits(self) -> bool:
        """Say whether it is as it has to be."""
        return self.least <= self.number <= self.most

    @property
    def due(self) -> str:
        """Say what it has to be."""
        if self.least == self.most:
            return f"{self.least:g}"
        if self.most == float("inf"):
            return f"at least {self.least:g}"
        return f"{self.least:g} to {self.most:g}"


@dataclass(frozen=True)
class Effect:
    """What a setting decides, in `unit`, seen before and after its change."""

    setting: str
    unit: str
    before: Seen
    after: Seen


class FollowsChange(Lacking[Effect]):
    """See `follows_change`."""

    expected = "what is seen to be as the setting says, before its change and after it"

    def lack(self, item: Any) -> str:
        """Say what was seen instead."""
        for when, seen in (("before", item.before), ("after", item.after)):
            if not seen.fits:
                return f"{when} the change of '{item.setting}' {item.unit} were {seen.number:.3g} instead of {seen.due}"
        return ""


def follows_change() -> FollowsChange:
    """Match a setting at work: what is seen changes with it."""
    return FollowsChange()
