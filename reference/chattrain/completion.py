"""Decide when a session is completed, and sum the whole training up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reference.chattrain import terms
from reference.chattrain.scenario import Scenario
from reference.chattrain.scoring import QUALITIES, Rating

STRONG = 0.6
WEAK = 0.4


@dataclass(frozen=True)
class RatedLine:
    """A trainee line of the session, masked, with what it was worth."""

    text: str
    rating: Rating


class CompletionRule:
    """A session is completed when enough lines were sent and every required keyword occurred in one of them."""

    def met(self, scenario: Scenario, lines: Sequence[RatedLine]) -> bool:
        """Say whether the session with these trainee lines is completed."""
        if len(lines) < scenario.completion.min_exchanges:
            return False
        texts = [terms.comparable(line.text) for line in lines]
        return all(any(terms.holds(text, word) for text in texts) for word in scenario.completion.required_keywords)


class SummaryMaker:
    """Sums a session up for its trainee."""

    def summary(self, lines: Sequence[RatedLine], began: datetime, ended: datetime) -> dict[str, Any]:
        """Give the summary: exchanges, average score and minutes to one decimal, strengths and improvements."""
        average = round(mean([line.rating.score for line in lines]), 1)
        means = {name: mean([line.rating.qualities[name] for line in lines]) for name in QUALITIES}
        return {
            "total_exchanges": len(lines),
            "average_score": average,
            "completion_time_minutes": round((ended - began).total_seconds() / 60, 1),
            "overall_feedback": _overall(average, len(lines)),
            "strengths": [name for name, ratio in means.items() if ratio >= STRONG],
            "improvements": [name for name, ratio in means.items() if ratio < WEAK] if lines else [],
        }


def mean(values: Sequence[float]) -> float:
    """Give the mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def _overall(average: float, exchanges: int) -> str:
    if average >= 85:
        opening = "Excellent: you handled this customer with confidence."
    elif average >= 75:
        opening = "Good: most of what this customer needed was there."
    else:
        opening = "Needs practice: read the documents beside the chat again and try the scenario once more."
    return f"{opening} You held {exchanges} {'exchange' if exchanges == 1 else 'exchanges'}."
