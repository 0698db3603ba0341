"""Matchers for the queue and the reports on the nurses' page."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Narrowed:
    """The queue under a filter: whether a patient's row was to be there, and whether it was."""

    filter: str
    patient: str
    wanted: bool
    shown: bool


class LeavingWhatMatches(Lacking[Narrowed]):
    """See `leaving_what_matches`."""

    expected = "a queue that holds what matches the filter and nothing else"

    def lack(self, item: Narrowed) -> str:
        """Say whose report was missing or too much."""
        if item.shown == item.wanted:
            return ""
        return f"with {item.filter} the report of {item.patient} is {'missing' if item.wanted else 'still shown'}"


def leaving_what_matches() -> LeavingWhatMatches:
    """Match a queue under a filter in which a patient's row is there as it was wanted."""
    return LeavingWhatMatches()


@dataclass(frozen=True)
class ShownAsTyped:
    """A name and a complaint as they were typed, and as row and report show them."""

    name: str
    complaint: str
    name_in_row: str
    complaint_in_row: str
    report: str


class ShowingAsTyped(Lacking[ShownAsTyped]):
    """See `showing_as_typed`."""

    expected = "a page that shows name and complaint word by word as they were typed"

    def lack(self, item: ShownAsTyped) -> str:
        """Tell the first place where something else stands."""
        places = (
            ("the name in the queue", item.name, item.name_in_row),
            ("the complaint in the queue", item.complaint, item.complaint_in_row),
            ("the name in the report", item.name, item.report),
            ("the complaint in the report", item.complaint, item.report),
        )
        for place, typed, shown in places:
            if _folded(typed) not in _folded(shown):
                return f"{place} is not as it was typed: {_folded(shown)[:80]!r}"
        return ""


def showing_as_typed() -> ShowingAsTyped:
    """Match what a page shows of a name and a complaint that hold markup."""
    return ShowingAsTyped()


class RefusingWithoutTexts(Lacking[Any]):
    """See `refusing_without_texts`."""

    expected = "an override without reason and assessment to be refused on the page"

    def lack(self, item: Any) -> str:
        """Say what happened instead."""
        if not item.still_waiting:
            return "the report was decided"
        return "" if item.dialog_stayed else "the dialog was closed as if it had been taken"


def refusing_without_texts() -> RefusingWithoutTexts:
    """Match an override on the page whose first try, without texts, left the report waiting and the dialog open."""
    return RefusingWithoutTexts()


class HoldingTheTexts(Lacking[Any]):
    """See `holding_the_texts`."""

    def __init__(self, reason: str, assessment: str) -> None:
        self.reason, self.assessment = reason, assessment
        self.expected = "a decided report that holds the nurse's reason and assessment"

    def lack(self, item: Any) -> str:
        """Say what it holds instead."""
        if not item.reviewed or item.approved is not False:
            return f"it is reviewed {item.reviewed} and approved {item.approved}"
        if item.override_reason != self.reason:
            return f"its reason reads {str(item.override_reason)[:80]!r}"
        return "" if item.override_assessment == self.assessment else "its assessment is another one"


def holding_the_texts(reason: str, assessment: str) -> HoldingTheTexts:
    """Match a report that was overridden with these texts."""
    return HoldingTheTexts(reason, assessment)


class StayingInView(Lacking[tuple[str, str]]):
    """See `staying_in_view`."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.expected = f"an alert that names {words} and stays in view"

    def lack(self, item: Any) -> str:
        """Say whether it was wrong from the beginning or gone in the end."""
        first, last = item
        if self.words not in first:
            return f"the alert says {first[:80]!r}"
        return "" if self.words in last else "it is gone in the end"


def staying_in_view(words: str) -> StayingInView:
    """Match what an alert says at first and in the end, if both hold these words."""
    return StayingInView(words)


class Telling(Lacking[str]):
    """See `telling`."""

    def __init__(self, words: str, what: str) -> None:
        self.words = words
        self.expected = f"{what} to be shown to the patient"

    def lack(self, item: str) -> str:
        """Say what stands there."""
        return (
            "" if _folded(self.words) and _folded(self.words) in _folded(item) else f"it says {_folded(item)[:120]!r}"
        )


def telling(words: str, what: str) -> Telling:
    """Match a text on a page that holds these words."""
    return Telling(words, what)


def _folded(text: str) -> str:
    return " ".join(text.split())
