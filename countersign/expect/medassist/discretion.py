"""Matchers for what a patient may see: the patient's view of a report, and not a word that is for nurses."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.medassist.outcome import HIDDEN
from countersign.systems.medassist.model import Session
from countersign.transport.answer import Answer

FOR_PATIENTS = frozenset(
    {
        "id",
        "session_id",
        "chief_complaint",
        "symptoms",
        "urgency",
        "red_flags",
        "has_red_flags",
        "reviewed",
        "reviewed_at",
        "approved",
        "assessment",
    }
)
"""All that a patient's view of a report holds (contract, section 3)."""

NAMES_FOR_NURSES = frozenset(HIDDEN) - {"notes"}
"""Names that nothing a patient gets may have. A session has notes of its own, so that name alone says nothing."""

FORBIDDEN = 403


@dataclass(frozen=True)
class Sighting:
    """Something a patient got: where, and what it holds. `secret` maps what must not stand in it to the words."""

    where: str
    data: Any
    secret: Mapping[str, str]


class TellsNothing(Lacking[Sighting]):
    """Match something a patient got that holds nothing which is for nurses."""

    expected = "nothing that is for nurses in what a patient gets"

    def lack(self, item: Any) -> str:
        """Say what is told, and where."""
        text = json.dumps(item.data, ensure_ascii=False)
        told = [what for what, words in item.secret.items() if json.dumps(words, ensure_ascii=False)[1:-1] in text]
        named = sorted(NAMES_FOR_NURSES & set(_names(item.data)))
        return f"{item.where} tells {', '.join([*told, *named])}" if told or named else ""


def tells_nothing_for_nurses() -> TellsNothing:
    """Match something a patient got that holds nothing which is for nurses."""
    return TellsNothing()


class ViewOf(Lacking[Answer]):
    """See `patients_view`."""

    def __init__(self, assessment: str) -> None:
        self.assessment = assessment
        self.expected = "the patient's view of a decided report with the assessment that is for the patient"

    def lack(self, item: Any) -> str:
        """Say what is shown too much, is missing, or reads otherwise."""
        if item.status != 200:
            return f"{item.what} was answered {item.status}"
        shown = item.json()
        names = set(shown)
        if names != FOR_PATIENTS:
            extra, lost = sorted(names - FOR_PATIENTS), sorted(FOR_PATIENTS - names)
            parts = (f"shows {', '.join(extra)} too" if extra else "", f"lacks {', '.join(lost)}" if lost else "")
            return f"it {' and '.join(part for part in parts if part)}"
        return (
            "" if shown["assessment"] == self.assessment else f"the assessment reads {str(shown['assessment'])[:80]!r}"
        )


def patients_view(assessment: str) -> ViewOf:
    """Match a patient's reading of a decided report: its parts, no more, and this assessment."""
    return ViewOf(assessment)


class Withheld(Lacking[Answer | Session]):
    """Match a reading that is refused to a patient, or a session that shows no report."""

    expected = "a report that is withheld from the patient"

    def lack(self, item: Any) -> str:
        """Say what the patient can see."""
        if isinstance(item, Session):
            return f"a session shows its report as {dict(item.par)}" if item.par else ""
        return "" if item.status == FORBIDDEN else f"{item.what} was answered {item.status}"


def withheld() -> Withheld:
    """Match a reading that is refused to a patient, or a session that shows no report."""
    return Withheld()


def _names(data: Any) -> Sequence[str]:
    if isinstance(data, Mapping):
        return [*data, *(name for value in data.values() for name in _names(value))]
    if isinstance(data, list):
        return [name for value in data for name in _names(value)]
    return []
