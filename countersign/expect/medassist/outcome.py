"""Matchers for what a patient reads after the decision: the nurse's word, and nothing that is not for patients."""

import json
from collections.abc import Mapping
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.model import Session
from countersign.transport.answer import Answer

HIDDEN = (
    "override_reason",
    "override_assessment",
    "notes",
    "additional_notes",
    "assigned_nurse_id",
    "reviewed_by_id",
    "confidence",
    "rag_sources",
)
"""What a patient's view of a report never holds (contract, section 3)."""


class ReadsTheDecision(Lacking[tuple[Session, Answer]]):
    """See `reads_the_decision`."""

    def __init__(self, approved: bool, wording: str | None) -> None:
        self.approved, self.wording = approved, wording
        self.expected = (
            f"a completed session whose report the patient reads as {'approved' if approved else 'corrected'}"
        )

    def lack(self, item: Any) -> str:
        """Say what the patient sees instead."""
        session, answer = item
        if session.status != "completed":
            return f"the session is {session.status}"
        if not session.par or session.par.get("reviewed") is not True:
            return "the session does not show that its report has been reviewed"
        if answer.status != 200:
            return f"reading the report was answered with {answer.status}"
        told = answer.json()
        if not told.get("reviewed") or told.get("approved") is not self.approved:
            return f"the report says reviewed {told.get('reviewed')!r} and approved {told.get('approved')!r}"
        if self.wording is not None and told.get("assessment") != self.wording:
            return f"the assessment reads {str(told.get('assessment'))[:80]!r}"
        shown = sorted(set(HIDDEN) & set(told))
        return f"the patient is shown {', '.join(shown)}" if shown else ""


def reads_the_decision(*, approved: bool, wording: str | None = None) -> ReadsTheDecision:
    """Match a session and the patient's reading of its report; `wording` is the assessment that must stand there."""
    return ReadsTheDecision(approved, wording)


class WithoutWords(Lacking[Mapping[str, Any]]):
    """See `without_words`."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words
        self.expected = f"nothing of {', '.join(words)} in what the patient reads"

    def lack(self, item: Any) -> str:
        """Name what is there."""
        text = json.dumps(item, ensure_ascii=False)
        there = [name for name, word in self.words.items() if json.dumps(word, ensure_ascii=False)[1:-1] in text]
        return f"{' and '.join(there)} can be read" if there else ""


def without_words(words: Mapping[str, str]) -> WithoutWords:
    """Match what a patient reads if none of the named texts stands in it."""
    return WithoutWords(words)
