"""What a person finds on the pilot page, typed, as it is shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ScenarioCard:
    """An item of the list of scenarios. `text` is everything that stands on it, line by line."""

    title: str
    text: str

    @property
    def duration_minutes(self) -> int | None:
        """The duration that the card states, or None."""
        return _number(r"(\d+) minutes?\b", self.text)

    @property
    def document_count(self) -> int | None:
        """The number of documents that the card states, or None."""
        return _number(r"(\d+) documents?\b", self.text)


@dataclass(frozen=True)
class PageEntry:
    """An entry of the conversation. `speaker` is its label: You, Customer or System."""

    speaker: str
    text: str


@dataclass(frozen=True)
class PageFeedback:
    """The feedback on one answer. `detected` are the keywords as listed; `score` is None if none is shown."""

    score: int | None
    comment: str
    detected: tuple[str, ...]
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class PageSummary:
    """The summary at the end. `figures` maps a name ("Exchanges", "Average score") to what stands beside it."""

    text: str
    figures: Mapping[str, str]
    strengths: tuple[str, ...]
    improvements: tuple[str, ...]

    @property
    def exchanges(self) -> int | None:
        """The number of exchanges shown, or None."""
        return _number(r"^(\d+)$", self.figures.get("Exchanges", ""))

    @property
    def average_score(self) -> float | None:
        """The average score shown, or None."""
        found = re.fullmatch(r"\d+(\.\d+)?", self.figures.get("Average score", ""))
        return float(found.group()) if found else None


@dataclass(frozen=True)
class DocumentTab:
    """A tab of the reference documents."""

    name: str
    selected: bool


@dataclass(frozen=True)
class DocumentShown:
    """What the open tab shows: the text of the panel, and an embedded file.

    `embedded` is the file's address (empty if none), `status` what the page's own request for it was answered.
    """

    name: str
    text: str
    embedded: str = ""
    status: int = 0


def _number(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text)
    return int(found.group(1)) if found else None
