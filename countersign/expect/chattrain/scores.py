"""Matchers for scores: the band an answer belongs to, and what may not change a score."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from countersign.errors import SuiteError
from countersign.expect.stated import Stated, stated

Relation = Literal["at most", "below", "at least", "between"]
_BAND = re.compile(r"(?P<relation>at most|below|at least) (?P<limit>\d+)|(?P<low>\d+) to (?P<high>\d+)")


@dataclass(frozen=True)
class JudgedAnswer:
    """An answer and its score. `kind` says what sort of answer it is, `band` what it may earn ("at most 30")."""

    kind: str
    line: str
    band: str
    score: int


@dataclass(frozen=True)
class Ladder:
    """The scores of one answer to which keywords were added one by one; `added` has one item less than `scores`."""

    training: str
    added: tuple[str, ...]
    scores: tuple[int, ...]


def limit_of(band: str) -> tuple[Relation, int, int | None]:
    """Read a band of scores: "at most 30", "below 50", "at least 90", "40 to 70" (with both its ends).

    Raises SuiteError for any other wording.
    """
    found = _BAND.fullmatch(band.strip())
    if found is None:
        raise SuiteError(f'{band!r} is no band of scores; write "at most 30", "below 50", "at least 90" or "40 to 70"')
    if found["low"]:
        return "between", int(found["low"]), int(found["high"])
    relation: Relation = "at most" if found["relation"] == "at most" else "below"
    return "at least" if found["relation"] == "at least" else relation, int(found["limit"]), None


def in_band(score: float, band: str) -> bool:
    """Tell whether a score lies in a band. Raises SuiteError as `limit_of`."""
    relation, limit, limit_to = limit_of(band)
    if relation == "between":
        return limit <= score <= (limit_to or limit)
    return {"at most": score <= limit, "below": score < limit, "at least": score >= limit}[relation]


def in_its_band() -> Stated[JudgedAnswer]:
    """Match an answer whose score lies in its band."""

    def lack(item: JudgedAnswer) -> str:
        fine = in_band(item.score, item.band)
        return "" if fine else f"{item.kind} ({item.line[:60]!r}) earned {item.score} points, allowed is {item.band}"

    return stated("an answer with a score in its band", lack)


def never_falling() -> Stated[Ladder]:
    """Match scores that no added keyword lowered."""

    def lack(item: Ladder) -> str:
        for word, before, after in zip(item.added, item.scores, item.scores[1:], strict=False):
            if after < before:
                return f"{item.training}: adding {word!r} lowered the score from {before} to {after}"
        return ""

    return stated("a score that no added keyword lowers", lack)


def one_score(times: int) -> Stated[Sequence[int]]:
    """Match so many scores that are all the same."""

    def lack(scores: Sequence[int]) -> str:
        counted = Counter(scores)
        if len(counted) == 1 and len(scores) == times:
            return ""
        listed = ", ".join(f"{score} ({times} times)" for score, times in sorted(counted.items()))
        return f"given {len(scores)} times it got {len(counted)} different scores: {listed or 'none'}"

    return stated("one and the same score for the same answer", lack)


def averaging(band: str, what: str) -> Stated[Sequence[float]]:
    """Match scores whose average lies in a band; none at all never fit. `what` is whose scores they are."""

    def lack(scores: Sequence[float]) -> str:
        if not scores:
            return f"{what} brought no score at all"
        average = sum(scores) / len(scores)
        return "" if in_band(average, band) else f"the average is {average:.1f} over {len(scores)} scores"

    return stated(f"{what} to score {band} on average", lack)
