"""Which words of a clause are denied: "no chest pain" is no chest pain, "the chest pain is not going away" is one."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from reference.medassist.triage.reading import Clause

_DENIAL = re.compile(r"\b(?:no|not|never|without|den(?:y|ies|ied)|nor|neither|none|negative for|free of)\b")
# A denial reaches to the end of its clause, but not past a new thought.
_NEW_THOUGHT = re.compile(
    r"\b(?:because|due to|so|since|when|while"
    r"|and (?:i|he|she|my|his|her|we|they|it|now|then|suddenly|have|has|am|is|are|do|feel))\b"
)
_DOUBT_AND_IDIOMS = re.compile(
    r"\b(?:"
    r"not (?:\w+ )?(?:sure|certain|convinced)|unsure|(?:do|does|did|could) not know"
    r"|cannot (?:rule out|exclude|tell|say)"
    r"|not (?:rule|ruled) out|no (?:idea|doubt|wonder|change|improvement|relief|better)|not (?:only|just)"
    r"|not (?:feel|feeling|doing|been|being|so|very|too|at all)? ?(?:well|good|great|right|ok|okay|better)"
    r"|without (?:warning|a doubt)|never (?:had|felt|known|experienced) (?:such|anything like|this|pain like|so)"
    r"|no one|not (?:sleep|sleeping|slept|eat|eating|eaten)"
    r")\b"
)
_CLOSES_A_LIST = re.compile(r"\b(?:or|nor)\b")
_OWN_STATEMENT = re.compile(
    r"\b(?:i|i'm|i've|my|he|she|it|we|they|is|are|was|were|have|has|had|am|feel|feels|do|does|just|only|still)\b"
)

Span = tuple[int, int]


def denials(clause: Clause, own: Sequence[Span] = ()) -> list[int]:
    """Give the places of the words that deny what follows them; words in `own` belong to a symptom and do not."""
    return [place for place in _denial_words(clause.text) if not any(start <= place < end for start, end in own)]


@lru_cache(maxsize=256)
def _denial_words(text: str) -> tuple[int, ...]:
    idioms = [found.span() for found in _DOUBT_AND_IDIOMS.finditer(text)]
    places = (found.start() for found in _DENIAL.finditer(text))
    return tuple(place for place in places if not any(start <= place < end for start, end in idioms))


@lru_cache(maxsize=256)
def _new_thoughts(text: str) -> tuple[int, ...]:
    return tuple(found.start() for found in _NEW_THOUGHT.finditer(text))


def _thought_begins(clause: Clause, after: int, before: int) -> bool:
    thoughts = _new_thoughts(clause.text)
    place = bisect_left(thoughts, after)
    return place < len(thoughts) and thoughts[place] < before


def is_denied(clauses: Sequence[Clause], index: int, own: Sequence[Span]) -> bool:
    """Say whether the finding with the words `own` in the clause `index` is denied."""
    clause, ends = clauses[index], max(end for _, end in own)
    before = [place for place in denials(clause, own) if place < ends]
    if any(not _thought_begins(clause, place, ends) for place in before):
        return True
    return not before and _denied_by_its_list(clauses, index)


def _denied_by_its_list(clauses: Sequence[Clause], index: int) -> bool:
    """Say whether the clause belongs to a list that was begun with a denial and is closed with "or" or "nor"."""
    first = index
    while first > 0 and _goes_on(clauses[first]):
        first -= 1
    if first == index:
        return False
    last = index
    while not _CLOSES_A_LIST.search(clauses[last].text):
        last += 1
        if last >= len(clauses) or not _goes_on(clauses[last]):
            return False
    opening = clauses[first]
    return any(not _thought_begins(opening, place, len(opening.text)) for place in denials(opening))


def _goes_on(clause: Clause) -> bool:
    return clause.opened_by_comma and not _OWN_STATEMENT.search(clause.text)
