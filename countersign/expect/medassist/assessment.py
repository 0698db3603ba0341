"""Matchers for an assessment report: complete, in the patient's words, with every symptom, and made once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.report_model import Report

URGENCIES = ("routine", "urgent", "immediate")
CREATED, RENEWED = 201, 200


@dataclass(frozen=True)
class Assessed:
    """A report that was asked for twice, as staff see it, and what the patient had told before.

    `statuses` are those of the two answers.
    """

    told: tuple[str, ...]
    symptoms: tuple[str, ...]
    report: Report
    again: Report
    statuses: tuple[int, int]
    waiting: int


class CompleteReport(Lacking[Assessed]):
    """See `complete_report`."""

    expected = "a report with complaint, symptoms, assessment, urgency, confidence from 0 to 1 and version of the model"

    def lack(self, item: Any) -> str:
        """Say what is missing."""
        found: Report = item.report
        parts = {
            "complaint": found.chief_complaint,
            "symptoms": "".join(found.symptoms),
            "assessment": found.assessment,
            "version of the model": found.model_version,
        }
        missing = [name for name, text in parts.items() if not text.strip()]
        if missing:
            return f"it has no {' and no '.join(missing)}"
        if found.urgency not in URGENCIES:
            return f"its urgency is {found.urgency!r}"
        return "" if 0 <= found.confidence <= 1 else f"its confidence is {found.confidence:g}"


def complete_report() -> CompleteReport:
    """Match a report in which nothing is left out."""
    return CompleteReport()


class InOwnWords(Lacking[Assessed]):
    """See `in_the_patients_words`."""

    expected = "a complaint in the patient's own words"

    def lack(self, item: Any) -> str:
        """Say what the complaint reads."""
        complaint = item.report.chief_complaint
        said = complaint.strip() and any(complaint in line or line in complaint for line in item.told)
        return "" if said else f"the complaint reads {complaint[:80]!r}, which the patient has not said"


def in_the_patients_words() -> InOwnWords:
    """Match a report whose complaint is something that the patient said."""
    return InOwnWords()


class NamesTheSymptoms(Lacking[Assessed]):
    """See `names_the_symptoms`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.expected = f"a report that names the {count} symptoms which were told in several turns"

    def lack(self, item: Any) -> str:
        """Name the symptoms that are missing."""
        named = " ".join(item.report.symptoms).lower()
        missing = [symptom for symptom in item.symptoms if symptom not in named]
        if missing:
            return f"{', '.join(missing)} is missing in {_short(item.report.symptoms)}"
        return "" if len(item.symptoms) == self.count else f"{len(item.symptoms)} symptoms were told"


def names_the_symptoms(count: int) -> NamesTheSymptoms:
    """Match a report that names all of so many symptoms told."""
    return NamesTheSymptoms(count)


class MadeOnce(Lacking[Assessed]):
    """See `made_once`."""

    expected = "one report for the session, the same one when it is asked for again"

    def lack(self, item: Any) -> str:
        """Say what is doubled."""
        if item.report.id != item.again.id:
            return f"asking again brought another report ({item.again.id} instead of {item.report.id})"
        if item.statuses != (CREATED, RENEWED):
            return f"the two requests were answered {item.statuses[0]} and {item.statuses[1]}"
        return "" if item.waiting == 1 else f"{item.waiting} reports of the session are in the queue"


def made_once() -> MadeOnce:
    """Match a report that is made at the first request and renewed at the second."""
    return MadeOnce()


class MadeWithoutAi(Lacking[Assessed]):
    """See `made_without_the_ai`."""

    expected = "a report by the rules alone, marked as made without the AI, with no confidence"

    def lack(self, item: Any) -> str:
        """Say what it claims."""
        if not item.report.degraded:
            return "it is not marked"
        return "" if item.report.confidence == 0 else f"its confidence is {item.report.confidence:g}"


def made_without_the_ai() -> MadeWithoutAi:
    """Match a report that says of itself that the AI had no part in it."""
    return MadeWithoutAi()


def _short(symptoms: Sequence[str]) -> str:
    return ", ".join(repr(each[:40]) for each in symptoms) or "nothing"
