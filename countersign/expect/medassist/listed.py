"""Matchers for what a nurse finds in lists: by filters, page by page, by words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.model import Session
from countersign.systems.medassist.report_model import Waiting

OPEN = ("escalated", "active")
"""The states of open sessions, in the order staff see them."""


@dataclass(frozen=True)
class Filtered:
    """What came for some filters. `ours` are all reports of the scenario, `due` those of them that match."""

    wanted: Mapping[str, Any]
    came: Sequence[Waiting]
    ours: Collection[str]
    due: Collection[str]

    @property
    def what(self) -> str:
        """The filters in words."""
        return " and ".join(f"{name.replace('_', ' ')} {value}" for name, value in self.wanted.items())


class OnlyMatches(Lacking[Filtered]):
    """See `only_matches`."""

    expected = "every report that matches the filters and no other"

    def lack(self, item: Any) -> str:
        """Say which report came or stayed away wrongly."""
        for entry in item.came:
            wrong = [name for name, value in item.wanted.items() if getattr(entry, name, value) != value]
            if wrong:
                return f"for {item.what} a report came whose {wrong[0]} is {getattr(entry, wrong[0])}"
        found = [entry.id for entry in item.came if entry.id in item.ours]
        if len(found) != len(set(found)):
            return f"for {item.what} a report came twice"
        lost, extra = set(item.due) - set(found), set(found) - set(item.due)
        if lost or extra:
            return f"for {item.what} {len(lost)} reports that match are missing and {len(extra)} came that do not match"
        return ""


def only_matches() -> OnlyMatches:
    """Match what came for filters if it is exactly what matches them."""
    return OnlyMatches()


@dataclass(frozen=True)
class Paged:
    """The ids of a list read in small pages, and of the same list read at once."""

    size: int
    pages: Sequence[Sequence[str]]
    at_once: Sequence[str]


class PagedThrough(Lacking[Paged]):
    """See `paged_through`."""

    expected = "pages that hold every report of the list once, in its order"

    def lack(self, item: Any) -> str:
        """Say what is missing, double or in another order."""
        found = [each for page in item.pages for each in page]
        if not found:
            return "the pages are empty"
        if any(len(page) > item.size for page in item.pages):
            return f"a page holds more than the {item.size} asked for"
        missing, twice = set(item.at_once) - set(found), len(found) - len(set(found))
        if missing or twice:
            return f"{len(missing)} of {len(item.at_once)} are missing and {twice} came again"
        return "" if list(item.at_once) == found else "they come in another order than at once"


def paged_through() -> PagedThrough:
    """Match a list that small pages show whole."""
    return PagedThrough()


@dataclass(frozen=True)
class SessionList:
    """Sessions as staff list them. `wanted` is the state asked for, or empty; `due` are own ones that belong there."""

    wanted: str
    came: Sequence[Session]
    due: Collection[str]


class SessionsAsAsked(Lacking[SessionList]):
    """See `sessions_as_asked`."""

    expected = "the sessions of the state asked for, or all open ones with the escalated first"

    def lack(self, item: Any) -> str:
        """Say which session does not belong there, or where the order breaks."""
        states = [session.status for session in item.came]
        allowed = (item.wanted,) if item.wanted else OPEN
        strange = sorted(set(states) - set(allowed))
        if strange:
            return f"asked for {item.wanted or 'open'} sessions, {states.count(strange[0])} are {strange[0]}"
        if states != sorted(states, key=allowed.index):
            return "an active session stands before an escalated one"
        lost = set(item.due) - {session.id for session in item.came}
        return f"{len(lost)} of {len(item.due)} {item.wanted or 'open'} sessions are missing" if lost else ""


def sessions_as_asked() -> SessionsAsAsked:
    """Match a list of sessions that honours the state asked for."""
    return SessionsAsAsked()


@dataclass(frozen=True)
class Found:
    """What a search brought: the ids that came and those that had to come."""

    words: str
    came: Sequence[str]
    due: Collection[str]


class FoundAll(Lacking[Found]):
    """See `found_all`."""

    expected = "every report whose patient or complaint holds the words, and no other"

    def lack(self, item: Any) -> str:
        """Say what is missing or too much."""
        if sorted(item.came) == sorted(item.due):
            return ""
        return f"{item.words!r} brought {len(item.came)} reports, {len(set(item.came) & set(item.due))} of the " + (
            f"{len(item.due)} that hold it"
        )


def found_all() -> FoundAll:
    """Match a search that brought exactly what holds its words."""
    return FoundAll()
