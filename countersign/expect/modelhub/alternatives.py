"""Matchers for alternatives: only what is installed, best first, scored and described by the owner's table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking

ROUNDED = 0.0006
SIMILAR, SLIGHTLY = 0.9, 0.7


@dataclass(frozen=True)
class Advice:
    """What was advised about a model that was `asked` for with a `wish`, while exactly `installed` were there."""

    asked: str
    wish: str
    installed: frozenset[str]
    told: Mapping[str, Any]

    @property
    def suggested(self) -> list[str]:
        """The models that were suggested, in their order."""
        return [each["suggested_model"] for each in self.told["suggestions"]]


@dataclass(frozen=True)
class ScoreTable:
    """The owner's table: (asked, candidate) -> wish -> score; the difference in time; whether an image is needed."""

    scores: Mapping[tuple[str, str], Mapping[str, float]]
    times: Mapping[tuple[str, str], float]
    images: Mapping[str, bool]

    def due(self, advice: Advice) -> list[str]:
        """Give the models that have to be suggested, in their order."""
        others = advice.installed - {advice.asked}
        return sorted(others, key=lambda each: -self.scores[advice.asked, each][advice.wish])


class AsInTable(Lacking[Advice]):
    """See `as_in_table`."""

    def __init__(self, table: ScoreTable) -> None:
        self.table = table
        self.expected = "only installed models, best first, scored and described as in the table"

    def lack(self, item: Any) -> str:
        """Say what is otherwise."""
        there = ", ".join(sorted(item.installed)) or "nothing"
        asked = f"asked for {item.asked} ({item.wish}) with {there} installed"
        absent = [name for name in item.suggested if name not in item.installed]
        if absent:
            return f"{asked}, {', '.join(absent)} was suggested, which is not installed"
        due = self.table.due(item)
        if item.suggested != due:
            return f"{asked}, suggested were {item.suggested or 'none'} instead of {due or 'none'}, in this order"
        best = item.told["alternative_suggestion"]
        if (best or {}).get("suggested_model") != (due[0] if due else None):
            return f"{asked}, the one alternative is {best and best['suggested_model']}"
        wrong = [text for each in item.told["suggestions"] if (text := self._wrong(item, each))]
        return f"{asked}, {wrong[0]}" if wrong else ""

    def _wrong(self, advice: Advice, told: Mapping[str, Any]) -> str:
        name = told["suggested_model"]
        score = self.table.scores[advice.asked, name][advice.wish]
        time = self.table.times[advice.asked, name]
        if abs(told["compatibility_score"] - score) > ROUNDED:
            return f"{name} is scored {told['compatibility_score']} instead of {score}"
        if abs(told["performance_difference"] - time) > ROUNDED:
            return f"{name} differs in time by {told['performance_difference']} instead of {time}"
        if told["estimated_quality_difference"] != label(score):
            return f"{name} is called {told['estimated_quality_difference']} instead of {label(score)}"
        if told["requires_image"] is not self.table.images[name]:
            return f"{name} is said {'' if told['requires_image'] else 'not '}to need an image"
        if told["availability_status"] != "available" or name not in (told["reason"] or ""):
            return f"{name} is {told['availability_status']}, and the reason is {told['reason']!r}"
        return ""


def label(score: float) -> str:
    """Name the difference in quality that a score stands for (contract, section 6.6)."""
    if score >= SIMILAR:
        return "similar"
    return "slightly_lower" if score >= SLIGHTLY else "significantly_lower"


def as_in_table(table: ScoreTable) -> AsInTable:
    """Match advice whose suggestions are those of a table of scores."""
    return AsInTable(table)


class SameAnswer(Lacking[Sequence[Mapping[str, Any]]]):
    """See `always_the_same`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.expected = f"the same answer {count} times"

    def lack(self, item: Any) -> str:
        """Say what differed."""
        if len(item) != self.count:
            return f"{len(item)} answers came"
        first = {name: value for name, value in item[0].items() if name != "timestamp"}
        for number, each in enumerate(item, 1):
            changed = [name for name, value in first.items() if each.get(name) != value]
            if changed:
                return f"answer {number} differs from the first in {', '.join(changed)}"
        return ""


def always_the_same(count: int) -> SameAnswer:
    """Match `count` answers that differ in nothing but the moment they were given."""
    return SameAnswer(count)


class Without(Lacking[Advice]):
    """See `without`."""

    def __init__(self, model_id: str) -> None:
        self.model_id = model_id
        self.expected = f"advice in which {model_id} does not appear, and the other installed models do"

    def lack(self, item: Any) -> str:
        """Say who is suggested."""
        due = item.installed - {item.asked, self.model_id}
        if set(item.suggested) != due:
            return f"asked for {item.asked} ({item.wish}), suggested were {item.suggested or 'none'}"
        best = item.told["fallback_strategy"]["alternative_model"]
        return f"asked for {item.asked}, {best} is recommended" if best == self.model_id else ""


def without(model_id: str) -> Without:
    """Match advice that leaves out this one model alone."""
    return Without(model_id)


@dataclass(frozen=True)
class Situation:
    """What is due in a situation of the owner's table, and what was advised in it."""

    there: str
    asked: str
    due: Mapping[str, str]
    strategy: Mapping[str, Any]


STRATEGIES = {
    "use it": "use_requested",
    "take the alternative": "alternative_model",
    "let the request wait": "queue_and_wait",
    "download it": "download_and_retry",
    "a mock result": "mock_generation",
}
"""The owner's words for the ways that are recommended."""


class AdvisedAsDue(Lacking[Situation]):
    """See `advised_as_due`."""

    expected = "the way that the table recommends, with words for it"

    def lack(self, item: Any) -> str:
        """Say what was recommended instead."""
        due, told = item.due, item.strategy
        where = f"with {item.there}, asked for {item.asked}"
        if told["strategy_type"] != STRATEGIES[due["advice"]]:
            return f"{where}, the advice is {told['strategy_type']} instead of {STRATEGIES[due['advice']]}"
        if (told["alternative_model"] or "none") != due["instead"]:
            return f"{where}, the alternative is {told['alternative_model']} instead of {due['instead']}"
        if told["can_queue_request"] is not (due["may wait"] == "yes"):
            return f"{where}, it is {'' if told['can_queue_request'] else 'not '}said that the request may wait"
        if not (told["recommended_action"] and told["user_message"]):
            return f"{where}, the words are {told['recommended_action']!r} and {told['user_message']!r}"
        return ""


def advised_as_due() -> AdvisedAsDue:
    """Match a situation in which the advice is that of the owner's table."""
    return AdvisedAsDue()
