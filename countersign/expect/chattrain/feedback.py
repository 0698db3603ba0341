"""Matchers for feedback: whole, fair to the keywords, and of one mind with the score."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.stated import Stated, stated
from countersign.expect.words import said
from countersign.systems.chattrain.model import Exchange

QUALITIES = ("politeness", "empathy", "clarity", "solution")
ROUNDING = 0.5
"""A percentage may be told rounded to a whole number."""


@dataclass(frozen=True)
class LabelledAnswer:
    """An answer, the keywords that a person finds in it, and those that the system found."""

    line: str
    expected: frozenset[str]
    found: frozenset[str]

    @property
    def right(self) -> bool:
        """Whether the system found just what a person finds."""
        return self.expected == self.found


def scored_and_commented() -> Stated[Exchange]:
    """Match an answer with a score from 0 to 100, a comment, its keywords, and all four qualities rated 0 to 1."""

    def lack(item: Exchange) -> str:
        told = item.feedback
        if not 0 <= told.score <= 100:
            return f"{item.line[:60]!r} earned {told.score} points"
        if not told.comment.strip():
            return f"the comment on {item.line[:60]!r} is empty"
        if not told.matched and not told.missed:
            return f"no keyword is named for {item.line[:60]!r}, neither found nor missed"
        off = [name for name in QUALITIES if not 0 <= told.quality.get(name, -1) <= 1]
        if off:
            return f"{item.line[:60]!r} has no rating from 0 to 1 for {', '.join(off)}"
        return ""

    return stated("a whole score from 0 to 100, a comment and the keywords found and missed", lack)


def fairly_counted() -> Stated[Exchange]:
    """Match an answer whose match percentage is that of the keywords listed, none of them both found and missed."""

    def lack(item: Exchange) -> str:
        told = item.feedback
        both = set(told.matched) & set(told.missed)
        if both:
            return f"{item.line[:60]!r}: {', '.join(sorted(both))} is both found and missed"
        share = 100 * len(told.matched) / max(1, len(told.matched) + len(told.missed))
        if abs(share - told.match_percentage) > ROUNDING:
            return (
                f"{item.line[:60]!r}: {len(told.matched)} keywords found and {len(told.missed)} missed make "
                f"{share:.2f} percent, told are {told.match_percentage:g}"
            )
        return ""

    return stated("a match percentage that fits the keywords found and missed", lack)


def advised(least: int, most: int) -> Stated[Exchange]:
    """Match an answer with `least` to `most` suggestions, all different and none empty."""

    def lack(item: Exchange) -> str:
        told = [text.strip() for text in item.feedback.suggestions]
        if not least <= len(told) <= most:
            return f"{item.line[:60]!r} brought {len(told)} suggestions"
        if "" in told:
            return f"{item.line[:60]!r} brought an empty suggestion"
        return "" if len(set(told)) == len(told) else f"{item.line[:60]!r} brought the same suggestion twice"

    return stated(f"{least} to {most} different suggestions", lack)


def not_told_to_improve(words: Sequence[str]) -> Stated[Exchange]:
    """Match feedback that names nothing to improve and asks for no other words (`words` are such phrases)."""

    def lack(item: Exchange) -> str:
        told = item.feedback
        texts = (told.comment, *told.suggestions)
        found = next((text for text in texts if said(text, words)), "")
        return f"at {told.score} points the trainee is told: {found!r}" if found else ""

    return stated("feedback without anything to improve", lack)


def not_praised(words: Sequence[str]) -> Stated[Exchange]:
    """Match a comment without praise (`words` are the words of praise)."""

    def lack(item: Exchange) -> str:
        told = item.feedback
        return f"at {told.score} points the comment praises: {told.comment!r}" if said(told.comment, words) else ""

    return stated("a comment without praise", lack)


def different_comments(least: int) -> Stated[Sequence[Exchange]]:
    """Match answers that brought at least so many different comments."""

    def lack(items: Sequence[Exchange]) -> str:
        comments = {item.feedback.comment for item in items}
        if len(comments) >= least:
            return ""
        example = next(iter(comments), "no comment at all")
        return f"{len(items)} answers brought {len(comments)} different comments, for example {example[:80]!r}"

    return stated(f"at least {least} different comments", lack)


def recognised_rightly(percent: float) -> Stated[Sequence[LabelledAnswer]]:
    """Match answers of which at least `percent` were recognised as a person does."""

    def lack(items: Sequence[LabelledAnswer]) -> str:
        wrong = [item for item in items if not item.right]
        right = len(items) - len(wrong)
        if items and 100 * right >= percent * len(items):
            return ""
        first = f"; {_told_apart(wrong[0])}" if wrong else ""
        return f"they were right for {right} of {len(items)} answers{first}"

    return stated(f"the keywords that a person finds, for at least {percent:g} percent of the answers", lack)


def holding_keyword(word: str) -> Stated[LabelledAnswer]:
    """Match an answer in which the system found a keyword."""
    return stated(
        f"the keyword {word!r} to be found", lambda item: "" if word in item.found else f"{_told_apart(item)}"
    )


def not_holding_keyword(word: str) -> Stated[LabelledAnswer]:
    """Match an answer in which the system did not find a keyword."""
    return stated(
        f"the keyword {word!r} not to be found", lambda item: f"{_told_apart(item)}" if word in item.found else ""
    )


def _told_apart(item: LabelledAnswer) -> str:
    expected, found = (", ".join(sorted(words)) or "none" for words in (item.expected, item.found))
    return f"in {item.line!r} a person finds {expected}, the system found {found}"
