"""Numbers that decide: how strong a pain is, how high a fever, how old a baby."""

import re
from collections.abc import Iterator

from reference.medassist.triage.reading import Clause

FEVER = 38.0
HIGH_FEVER = 39.0
STRONG_PAIN, MOST_OF_TEN = 7.0, 10.0
YOUNG_DAYS, YOUNG_WEEKS, YOUNG_MONTHS = 90, 13, 3

_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
_COUNTED = {"a": 1.0, **{word: float(number) for number, word in enumerate(_WORDS)}}
_NUMBER_WORDS = "|".join(_COUNTED)
_OF_TEN = re.compile(rf"(?<![\w/.])(?P<n>\d+(?:\.\d+)?|{_NUMBER_WORDS}) ?(?:/|out of) ?(?:10|ten)(?![\w/])")
_DEGREES = re.compile(
    r"(?<![\w/.])(?P<n>\d{2,3}(?:\.\d+)?) ?(?:°|o|degrees?|deg)? ?(?P<unit>c|celsius|centigrade|f|fahrenheit)?(?![\w/])"
)
_ABOUT_FEVER = re.compile(r"\b(?:fever\w*|temperature|temp|thermometer|hot)\b")
_OLD = re.compile(
    rf"(?<![\w/.])(?P<n>\d+|{_NUMBER_WORDS}) (?P<unit>day|week|month)s? (?:old|of age)\b"
    r"|\b(?:baby|infant|newborn|son|daughter) is (?:only |just )?"
    rf"(?P<m>\d+|{_NUMBER_WORDS}) (?P<other>day|week|month)s?\b"
)
_NEWBORN = re.compile(r"\b(?:newborn|neonate)\b")
_SIMPLE_FEVER = re.compile(r"\b(?:fever\w*|very hot|burning up|boiling hot)\b")
_CALLED_HIGH = re.compile(r"\bhigh (?:fever|temperature)\b")

Span = tuple[int, int]


def ratings(clause: Clause) -> Iterator[tuple[float, Span]]:
    """Give the ratings "so many out of 10" told in a clause, with their places."""
    for found in _OF_TEN.finditer(clause.text):
        if _number(found["n"]) <= MOST_OF_TEN:
            yield _number(found["n"]), found.span()


def temperatures(clause: Clause) -> Iterator[tuple[float, Span]]:
    """Give the body temperatures told in a clause, in degrees Celsius to the tenth, with their places."""
    in_context = bool(_ABOUT_FEVER.search(clause.text))
    for found in _DEGREES.finditer(clause.text):
        value, unit = float(found["n"]), (found["unit"] or " ")[0]
        if unit == " " and not in_context:
            continue
        if unit == "f" or (unit == " " and value >= 90):
            yield round((value - 32) / 1.8, 1), found.span()
        elif unit == "c" or 34 <= value <= 43:
            yield value, found.span()


def called_high(clause: Clause) -> Iterator[Span]:
    """Give the places where a fever is called high."""
    yield from (found.span() for found in _CALLED_HIGH.finditer(clause.text))


def told_without_number(clause: Clause) -> Iterator[Span]:
    """Give the places where a fever is told."""
    yield from (found.span() for found in _SIMPLE_FEVER.finditer(clause.text))


def young_age(clause: Clause) -> Iterator[Span]:
    """Give the places of ages under three months."""
    yield from (found.span() for found in _NEWBORN.finditer(clause.text))
    limits = {"day": YOUNG_DAYS, "week": YOUNG_WEEKS, "month": YOUNG_MONTHS}
    for found in _OLD.finditer(clause.text):
        if _number(found["n"] or found["m"]) < limits[found["unit"] or found["other"]]:
            yield found.span()


def _number(written: str) -> float:
    return _COUNTED[written] if written in _COUNTED else float(written)
