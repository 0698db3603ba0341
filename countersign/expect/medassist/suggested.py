"""Matchers for a report whose urgency the rules and the AI decide together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.medassist.triage import as_taken
from countersign.systems.medassist.report_model import Report


@dataclass(frozen=True)
class Suggested:
    """A report for which the AI suggested an urgency, with a confidence that shows whether this was read."""

    told: str
    suggestion: str
    confidence: float
    report: Report


class SettledAs(Lacking[Suggested]):
    """See `settled_as`."""

    def __init__(self, urgency: str, red_flags: Sequence[str]) -> None:
        self.urgency, self.red_flags = urgency, tuple(red_flags)
        self.expected = f"a report that is {as_taken(urgency, self.red_flags)}"

    def lack(self, item: Any) -> str:
        """Say how the report was settled instead."""
        found = item.report
        if found.urgency == self.urgency and set(found.red_flags) == set(self.red_flags):
            return ""
        return (
            f"the report on {item.told}, for which the AI suggested {item.suggestion}, is "
            f"{as_taken(found.urgency, found.red_flags)}"
        )


def settled_as(urgency: str, red_flags: Sequence[str]) -> SettledAs:
    """Match a report of this urgency with exactly these red flags."""
    return SettledAs(urgency, red_flags)


class SuggestionRead(Lacking[Suggested]):
    """See `with_the_suggestion_read`."""

    expected = "a report that holds the AI's part"

    def lack(self, item: Any) -> str:
        """Say what shows that the AI was not heard."""
        if item.report.degraded:
            return "the report is marked as made without the AI"
        if item.report.confidence != item.confidence:
            return f"its confidence is {item.report.confidence:g}, the AI's was {item.confidence:g}"
        return ""


def with_the_suggestion_read() -> SuggestionRead:
    """Match a report that the AI's suggestion has reached."""
    return SuggestionRead()
