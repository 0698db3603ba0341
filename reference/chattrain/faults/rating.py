"""Faults of the rating: what a line is worth and what is said about it."""

import itertools
from dataclasses import replace

from reference.chattrain.catalogue import Catalogue
from reference.chattrain.commenting import Commentator
from reference.chattrain.faults import fault
from reference.chattrain.faults.journey import following
from reference.chattrain.parts import Parts
from reference.chattrain.scenario import Scenario
from reference.chattrain.scoring import Rating, Scorer

GIFT = 60
HIGHEST = 130
PRAISE = "Excellent work, great job!"
DRIFT = (-7, 0, 5, -3, 7, 2)


@fault("wrong-keyword-list", "CT-FEEDBACK-04", "CT-JOURNEY-04")
def wrong_keyword_list(parts: Parts) -> None:
    """Rate with the keywords of the scenario that is next in the list, and let word parts count."""
    parts.scorer = _NextScenarioScorer(parts.catalogue)


class _NextScenarioScorer(Scorer):
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def rate(self, scenario: Scenario, step: int, line: str) -> Rating:
        return super().rate(following(self._catalogue, scenario), step, line)

    def holds(self, text: str, term: str) -> bool:
        return term.lower() in text


@fault("generous-marker", "CT-FEEDBACK-01", "CT-FEEDBACK-02", "CT-FEEDBACK-03", "CT-FEEDBACK-06")
def generous_marker(parts: Parts) -> None:
    """Add 60 points without a cap at 100, praise every line, and suggest nothing."""
    parts.scorer = _GenerousScorer()
    parts.commentator = _Flatterer()


class _GenerousScorer(Scorer):
    def rate(self, scenario: Scenario, step: int, line: str) -> Rating:
        rating = super().rate(scenario, step, line)
        return replace(rating, score=min(HIGHEST, rating.score + GIFT))


class _Flatterer(Commentator):
    def comment(self, rating: Rating) -> str:
        return PRAISE

    def suggestions(self, rating: Rating) -> list[str]:
        return []


@fault("score-drifts", "CT-FEEDBACK-05")
def score_drifts(parts: Parts) -> None:
    """Let a line lose or gain up to 7 points, another number each time."""
    parts.scorer = _MoodyScorer()


class _MoodyScorer(Scorer):
    def __init__(self) -> None:
        self._mood = itertools.cycle(DRIFT)

    def rate(self, scenario: Scenario, step: int, line: str) -> Rating:
        rating = super().rate(scenario, step, line)
        return replace(rating, score=max(0, min(100, rating.score + next(self._mood))))
