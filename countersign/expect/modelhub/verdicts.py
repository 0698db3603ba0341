"""Matchers for the verdict on a model: one on every route, under one spelling, and true."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking

READY, NOT_READY, UNKNOWN = "ready", "not ready", "unknown"


@dataclass(frozen=True)
class Said:
    """What one place says of a model: `verdict` is ready, not ready or unknown; `spelling` as the model was named.

    `asked` is the spelling that was asked with, `spelling` is empty where the place names no model.
    """

    place: str
    asked: str
    verdict: str
    spelling: str


class Unanimous(Lacking[Sequence[Said]]):
    """See `saying`."""

    def __init__(self, verdict: str) -> None:
        self.verdict = verdict
        self.expected = f"every place to say that the model is {verdict}"

    def lack(self, item: Any) -> str:
        """Name every place that says otherwise."""
        if not item:
            return "nothing was said"
        wrong = [f"{said.place} says {said.verdict}" for said in item if said.verdict != self.verdict]
        return "; ".join(dict.fromkeys(wrong))


def saying(verdict: str) -> Unanimous:
    """Match what several places say of a model if all say this: ready, not ready or unknown."""
    return Unanimous(verdict)


class OneSpelling(Lacking[Sequence[Said]]):
    """See `under_one_spelling`."""

    def __init__(self, canonical: str) -> None:
        self.canonical = canonical
        self.expected = f"{canonical} to be named so, however it was asked for"

    def lack(self, item: Any) -> str:
        """Say where it is named otherwise."""
        named = [said for said in item if said.spelling]
        if len({said.asked for said in item}) < 2:
            return "it was asked for in one spelling only"
        for said in named:
            if said.spelling != self.canonical:
                return f"{said.place}, asked for {said.asked}, names it {said.spelling}"
        return "" if named else "no place named it"


def under_one_spelling(canonical: str) -> OneSpelling:
    """Match what places say of a model if each that names it uses its one spelling."""
    return OneSpelling(canonical)
