"""Judge one message: its red flags and its urgency."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from reference.medassist.triage import measures
from reference.medassist.triage.denial import is_denied
from reference.medassist.triage.findings import COMBINATIONS, FINDINGS, URGENT, Measure, Part, Slot
from reference.medassist.triage.reading import Clause, normalised, sentences

Urgency = Literal["routine", "urgent", "immediate"]
URGENCIES: tuple[Urgency, ...] = ("routine", "urgent", "immediate")

MOST_WORDS_APART = 6

_PAST = re.compile(
    r"\b(?:years? ago|long ago|family history|history of|runs in (?:the|my|our|his|her) family"
    r"|as a (?:child|kid|teenager))\b"
)
_PRESENT = re.compile(r"\b(?:now|again|today|tonight|just|suddenly|currently|at the moment|this (?:morning|evening))\b")

Span = tuple[int, int]


@dataclass(frozen=True)
class Judgement:
    """What the rules say of a message. `red_flags` are in the order in which they appear."""

    urgency: Urgency
    red_flags: tuple[str, ...] = ()


@dataclass
class Seen:
    """A message as it was written, and its sentences and clauses in one spelling."""

    written: str
    sentences: list[list[Clause]] = field(default_factory=list)

    def clauses(self) -> Iterator[tuple[tuple[int, int], list[Clause], int]]:
        """Give every clause: its place in the message, its sentence, its index there."""
        for number, clauses in enumerate(self.sentences):
            for index in range(len(clauses)):
                yield (number, index), clauses, index


class Judge:
    """Judges messages by the fixed rules."""

    def judge(self, text: str) -> Judgement:
        """Judge a message."""
        seen = Seen(text, list(sentences(normalised(text))))
        flags = self.red_flags(seen)
        if flags:
            return Judgement("immediate", flags)
        return Judgement("urgent" if self.is_urgent(seen) else "routine")

    def red_flags(self, seen: Seen) -> tuple[str, ...]:
        """Give the categories of all findings, in the order of their places."""
        found: list[tuple[tuple[int, int, int], str]] = []
        for place, clauses, index in seen.clauses():
            for finding in FINDINGS:
                own = holds(clauses, index, finding.slots)
                if own is not None:
                    found.append(((*place, min(start for start, _ in own)), finding.category))
        for combination in COMBINATIONS:
            places = [self._place_of(seen, part) for part in combination.parts]
            if all(place is not None for place in places):
                found.append((max(place for place in places if place is not None), combination.category))
        return tuple(dict.fromkeys(category for _, category in sorted(found)))

    def is_urgent(self, seen: Seen) -> bool:
        """Say whether a message without red flags is urgent."""
        return any(
            any(holds(clauses, index, finding.slots) is not None for finding in URGENT)
            or _measures(clauses, index, measures.ratings, self.is_strong)
            or _told(clauses, index, measures.called_high)
            or _measures(clauses, index, measures.temperatures, self.is_high)
            for _, clauses, index in seen.clauses()
        )

    def is_strong(self, rating: float) -> bool:
        """Say whether a pain of so many out of 10 is urgent."""
        return rating >= measures.STRONG_PAIN

    def is_high(self, celsius: float) -> bool:
        """Say whether a fever is urgent."""
        return celsius >= measures.HIGH_FEVER

    def _place_of(self, seen: Seen, part: Part) -> tuple[int, int, int] | None:
        if isinstance(part, Measure):
            return _measured(seen, part)
        for place, clauses, index in seen.clauses():
            own = holds(clauses, index, part)
            if own is not None:
                return (*place, min(start for start, _ in own))
        return None


def holds(clauses: Sequence[Clause], index: int, slots: Sequence[Slot]) -> list[Span] | None:
    """Give the places of the key words `slots` in a clause where they make a finding that is not denied, else None."""
    clause = clauses[index]
    candidates = [[found.span() for found in slot.finditer(clause.text)] for slot in slots]
    if not all(candidates):
        return None
    if _is_past(clauses, index):
        return None
    words = [start for start, _ in clause.words()]
    for chosen in itertools.product(*candidates):
        if _near(chosen, words) and not is_denied(clauses, index, chosen):
            return list(chosen)
    return None


def _near(spans: Sequence[Span], words: Sequence[int]) -> bool:
    ordered = sorted(spans)
    for (_, ends), (begins, _) in itertools.pairwise(ordered):
        if begins < ends:
            return False
        if bisect_left(words, begins) - bisect_left(words, ends) > MOST_WORDS_APART:
            return False
    return True


def _is_past(clauses: Sequence[Clause], index: int) -> bool:
    text = clauses[index].text
    before = clauses[index - 1].text if index else ""
    is_past = _PAST.search(text) or (_PAST.search(before) and len(before.split()) <= 4)
    return bool(is_past) and not _PRESENT.search(text)


def _told(clauses: Sequence[Clause], index: int, places: Callable[[Clause], Iterator[Span]]) -> bool:
    return any(not is_denied(clauses, index, [span]) for span in places(clauses[index]))


def _measures(
    clauses: Sequence[Clause],
    index: int,
    told: Callable[[Clause], Iterator[tuple[float, Span]]],
    reaches: Callable[[float], bool],
) -> bool:
    return any(reaches(value) and not is_denied(clauses, index, [span]) for value, span in told(clauses[index]))


def _has_fever(clauses: Sequence[Clause], index: int, least: float) -> bool:
    return _measures(clauses, index, measures.temperatures, lambda celsius: celsius >= least)


def _measured(seen: Seen, measure: Measure) -> tuple[int, int, int] | None:
    numbers = [value for _, clauses, index in seen.clauses() for value, _ in measures.temperatures(clauses[index])]
    for place, clauses, index in seen.clauses():
        match measure:
            case Measure.YOUNG:
                met = any(True for _ in measures.young_age(clauses[index]))
            case Measure.FEVERISH:
                met = _has_fever(clauses, index, measures.FEVER) or (
                    not numbers and _told(clauses, index, measures.told_without_number)
                )
            case Measure.HIGH_FEVER:
                met = _has_fever(clauses, index, measures.HIGH_FEVER) or _told(clauses, index, measures.called_high)
        if met:
            return (*place, 0)
    return None


def highest(*urgencies: str) -> Urgency:
    """Give the highest of some urgencies; routine if there is none."""
    return cast(Urgency, max(urgencies, key=URGENCIES.index, default="routine"))  # type: ignore[arg-type]
