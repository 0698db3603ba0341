"""Rate a trainee's line. No AI is involved: the same line at the same step always gets the same score."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from reference.chattrain import terms
from reference.chattrain.scenario import Scenario

KEYWORD_POINTS = 70
POINTS_PER_QUALITY = Fraction(15, 2)
TERMS_FOR_FULL_QUALITY = 2
HIGHEST_WITH_INSULT = 20

QUALITIES: Mapping[str, tuple[str, ...]] = {
    "politeness": ("please", "thank you", "sorry", "apologize", "appreciate"),
    "empathy": ("understand", "hear you", "frustrating", "concern", "help"),
    "clarity": ("explain", "clarify", "specifically", "detail", "step"),
    "solution": ("resolve", "fix", "solution", "assist", "support", "troubleshoot"),
}
INSULTS = ("idiot", "stupid", "moron", "shut up", "go away", "hate you", "useless")


@dataclass(frozen=True)
class Rating:
    """What a line is worth: score 0 to 100, keywords found and missed, a ratio 0 to 1 per quality."""

    score: int
    matched: tuple[str, ...]
    missed: tuple[str, ...]
    match_percentage: float
    qualities: Mapping[str, float]
    insulting: bool


class Scorer:
    """Rates lines against the keywords of the scenario and the four qualities."""

    def rate(self, scenario: Scenario, step: int, line: str) -> Rating:
        """Rate the masked `line`, the trainee's line number `step` (from 0) of a session of `scenario`."""
        return self.rate_against(scenario.keywords_at(step), line)

    def holds(self, text: str, term: str) -> bool:
        """Say whether the comparable `text` holds `term` as a whole word or phrase."""
        return terms.holds(text, term)

    def rate_against(self, expected: tuple[str, ...], line: str) -> Rating:
        """Rate the masked `line` against the `expected` keywords."""
        text = terms.comparable(line)
        matched = tuple(term for term in expected if self.holds(text, term))
        missed = tuple(term for term in expected if term not in matched)
        qualities = {name: self._ratio(text, words) for name, words in QUALITIES.items()}
        insulting = any(self.holds(text, insult) for insult in INSULTS)
        share = Fraction(len(matched), len(expected))
        points = KEYWORD_POINTS * share + POINTS_PER_QUALITY * sum(qualities.values(), Fraction(0))
        score = floor(points + Fraction(1, 2))
        return Rating(
            score=min(score, HIGHEST_WITH_INSULT) if insulting else score,
            matched=matched,
            missed=missed,
            match_percentage=round(float(100 * share), 2),
            qualities={name: float(ratio) for name, ratio in qualities.items()},
            insulting=insulting,
        )

    def _ratio(self, text: str, words: tuple[str, ...]) -> Fraction:
        found = sum(self.holds(text, word) for word in words)
        return min(Fraction(1), Fraction(found, TERMS_FOR_FULL_QUALITY))
