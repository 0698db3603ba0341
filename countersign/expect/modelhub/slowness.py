"""Matchers for what the hub tells of a model that became slower."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from countersign.expect.lacking import Lacking

POINTS = 20.0
"""By how many points of percent the told change may differ from what the runs took."""


@dataclass(frozen=True)
class Slowness:
    """The last runs of a model and those before (seconds, as the queue tells them), and what is told of its speed.

    `scripted_percent` is by how much longer the engine was told to take; what the hub adds to each run makes it less.
    """

    before: Sequence[float]
    last: Sequence[float]
    trend: str
    issues: Sequence[Mapping[str, Any]]
    recommendations: Sequence[Mapping[str, Any]]
    scripted_percent: float = 0.0

    @property
    def change_percent(self) -> float:
        """By how much slower the last runs were, by the rule of the contract (6.5)."""
        usual = median(self.before)
        return (mean(self.last) - usual) / usual * 100

    @property
    def least_percent(self) -> float:
        """The least change that may be told."""
        return min(self.change_percent, self.scripted_percent or self.change_percent) - POINTS

    @property
    def most_percent(self) -> float:
        """The largest change that may be told."""
        return max(self.change_percent, self.scripted_percent) + POINTS


class Slower(Lacking[Slowness]):
    """See `slower_with`."""

    def __init__(self, cause: str) -> None:
        self.cause = cause
        self.expected = f"the model to be told as slower, together with the {cause}, and something to do about it"

    def lack(self, item: Any) -> str:
        """Say what is not told, or told wrongly."""
        took = f"the runs became {item.change_percent:.0f} % slower"
        if item.trend != "degrading":
            return f"{took}, and its speed is told as {item.trend}"
        issue = next((each for each in item.issues if each.get("kind") == "slower"), None)
        if issue is None:
            return f"{took}, and nothing is told of it in the figures of use"
        if not item.least_percent <= float(issue["change_percent"]) <= item.most_percent:
            return f"{took}, told are {issue['change_percent']:.0f} %"
        if issue.get("correlated_with") != self.cause:
            return f"the slowness is said to go together with: {issue.get('correlated_with')}"
        if not issue.get("suggestion"):
            return f"{took}, and no improvement is suggested"
        advised = [each for each in item.recommendations if each.get("message") and each.get("action")]
        return "" if advised else f"{took}, and nothing is recommended"


def slower_with(cause: str) -> Slower:
    """Match a model whose slowness is told, with what it goes together with (resolution, load or version)."""
    return Slower(cause)


class AsFastAsBefore(Lacking[Slowness]):
    """Match a model that runs as before and is told so."""

    expected = "a stable speed, and nothing to improve"

    def lack(self, item: Any) -> str:
        """Say what is told instead."""
        if item.trend != "stable":
            return f"the runs changed by {item.change_percent:.0f} %, and the speed is told as {item.trend}"
        if item.issues or item.recommendations:
            return f"{len(item.issues)} troubles and {len(item.recommendations)} recommendations of speed are told"
        return ""


def as_fast_as_before() -> AsFastAsBefore:
    """Match a model that runs as before and is told so."""
    return AsFastAsBefore()
