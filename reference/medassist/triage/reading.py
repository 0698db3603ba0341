"""Make a message comparable: one spelling, then sentences, clauses and words."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_APOSTROPHES = re.compile("[\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4`\uff07]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_HYPHENS = re.compile("[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_BREAKS = re.compile(r"[\r\n\u2028\u2029\u0085\v\f]+")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SENTENCE_END = re.compile(r"[!?;\n]|\.(?!\d)|(?<!\d)\.")
_CLAUSE_END = re.compile(r",|\b(?:but|however|although|though|yet|except)\b")
_WORD = re.compile(r"[\w'°%]+(?:[./:]\d+)*")
# A contracted denial reads like the long one, with or without its apostrophe. Inability is one word of its own.
_SPELLINGS = (
    (re.compile(r"\b(?:can't|cant|can not|could not|couldn't|couldnt|unable to|not able to)\b"), "cannot"),
    (re.compile(r"\b(?:won't|wont)\b"), "will not"),
    (re.compile(r"\b(do|does|did|is|are|was|were|has|have|had|would|should|ai)n'?t\b"), r"\1 not"),
)


def normalised(text: str) -> str:
    """Give `text` in one spelling: capitals, apostrophes, hyphens and blanks no longer differ; line breaks stay."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    text = _LINE_BREAKS.sub("\n", text)
    text = _BLANKS.sub(" ", _HYPHENS.sub(" ", _APOSTROPHES.sub("'", text)))
    for pattern, replacement in _SPELLINGS:
        text = pattern.sub(replacement, text)
    return _DECIMAL_COMMA.sub(".", text)


@dataclass(frozen=True)
class Clause:
    """Part of a sentence. `opened_by_comma` tells that nothing but a comma parts it from the clause before."""

    text: str
    opened_by_comma: bool = False

    def words(self) -> list[tuple[int, str]]:
        """Give the words with the places where they begin."""
        return [(found.start(), found.group()) for found in _WORD.finditer(self.text)]


def sentences(text: str) -> Iterator[list[Clause]]:
    """Give the sentences of a normalised text, each as its clauses."""
    for sentence in _SENTENCE_END.split(text):
        clauses: list[Clause] = []
        at, comma = 0, False
        for end in _CLAUSE_END.finditer(sentence):
            clauses.append(Clause(sentence[at : end.start()], comma))
            at, comma = end.end(), end.group() == ","
        clauses.append(Clause(sentence[at:], comma))
        kept = [clause for clause in clauses if clause.text.strip()]
        if kept:
            yield kept
