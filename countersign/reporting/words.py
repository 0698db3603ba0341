"""The words of the reports: one term for one thing, the same in page, terminal and CI."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from countersign.verdict.figures import number

STATUS: Final[Mapping[str, str]] = {"verified": "Verified", "refuted": "Refuted", "not_verified": "Not verified"}
OUTCOME: Final[Mapping[str, str]] = {
    "passed": "Verified",
    "failed": "Refuted",
    "not_verified": "Not verified",
    "broken": "The suite failed",
}
MARK: Final[Mapping[str, str]] = {"verified": "✓", "refuted": "✗", "not_verified": "○"}
OVERALL: Final[Mapping[str, str]] = {
    "green": "Green",
    "yellow": "Yellow",
    "red": "Red",
    "partial": "Partial run",
    "problem": "No verdict",
}
OVERALL_MARK: Final[Mapping[str, str]] = {"green": "✓", "yellow": "!", "red": "✗", "partial": "◐", "problem": "?"}
BAND: Final[Mapping[str, str]] = {"green": "Green", "yellow": "Yellow", "red": "Red", "partial": "No band (partial)"}
KIND: Final[Mapping[str, str]] = {
    "journey": "Journeys",
    "function": "Functions",
    "data": "Data",
    "load": "Load",
    "performance": "Performance",
    "resilience": "Resilience",
    "monitoring": "Monitoring",
    "security": "Security and privacy",
    "accessibility": "Accessibility",
    "reporting": "Reporting",
}


def moment(text: str) -> str:
    """Write an ISO-8601 time as "20 November 2026, 12:00:05 UTC"; text that is no time stays as it is."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    return f"{when.day} {when:%B %Y, %H:%M:%S} UTC"


def duration(begun: str, ended: str) -> str:
    """Write the time between two ISO-8601 times as "10 min 12 s"; empty when one of them is missing."""
    try:
        seconds = round((datetime.fromisoformat(ended) - datetime.fromisoformat(begun)).total_seconds())
    except (ValueError, TypeError):
        return ""
    minutes, seconds = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes or hours else "", f"{seconds} s"]
    return " ".join(part for part in parts if part)


def amount(value: float, unit: str) -> str:
    """Write a measured value with its unit. A short time is written in the unit that shows it: "41 ms", "0.04 s"."""
    if unit == "minutes" and 0 <= value < 1:
        return amount(value * 60, "s")
    if unit == "s" and 0 <= value < 0.1:
        return "below 1 ms" if value < 0.001 else f"{value * 1000:.0f} ms"
    return f"{number(value)} {unit}".rstrip()


def counted(count: int, one: str, many: str = "") -> str:
    """Write "1 criterion" or "3 criteria"; `many` is `one` with an s unless given."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """Write a reason as a sentence: a capital first letter and a full stop. Names of code keep their case."""
    text = text.strip()
    if not text:
        return ""
    first = text.split(maxsplit=1)[0]
    capital = text[0].upper() + text[1:] if first.isalpha() and first.islower() else text
    return capital if capital[-1] in ".!?" else capital + "."
