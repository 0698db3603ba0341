"""Matchers for the audit trail: one entry for each deed, nothing else, nobody's words, nothing lost."""

import ipaddress
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.medassist.decided import not_utc
from countersign.systems.medassist.audit import AuditEntry
from countersign.systems.moments import Span

OF_THE_SYSTEM = (None, "system")
"""The role of an entry about what the system did by itself."""


@dataclass(frozen=True)
class Deed:
    """Something that was done: by whom, to which record, and how it ended.

    `user_id` is None for what the system did by itself. `records` are the ids by which the record may be named (none:
    any). With `or_system` the system may stand for the person: what follows from a deed by itself, and a registration,
    before which there is no account.
    """

    action: str
    who: str
    user_id: str | None
    email: str | None
    role: str | None
    records: frozenset[str]
    outcome: str
    span: Span
    or_system: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """What deeds have in common that cannot be told apart in the trail."""
        return (self.action, self.user_id, self.records, self.outcome)

    def is_told_by(self, entry: AuditEntry) -> bool:
        """Say whether an entry is about a deed of this kind."""
        by_system = entry.user_id is None and (self.or_system or self.user_id is None)
        return (
            entry.action == self.action
            and entry.outcome == self.outcome
            and (entry.user_id == self.user_id or by_system)
            and (not self.records or entry.resource_id in self.records)
        )


@dataclass(frozen=True)
class Traced:
    """A deed, how often it was done, and the entries about it."""

    deed: Deed
    times: int
    entries: Sequence[AuditEntry]


class RecordedOnce(Lacking[Traced]):
    """Match a deed that has one entry for each time it was done, with everything that belongs to it."""

    expected = "exactly one entry for each action, with who, what, when, from where and how it ended"

    def lack(self, item: Any) -> str:
        """Say how many entries there are, or what one of them lacks."""
        deed, named = item.deed, f"{item.deed.action} ({item.deed.outcome}) by {item.deed.who}"
        if len(item.entries) != item.times:
            return f"{named}, done {_times(item.times)}, is there {_times(len(item.entries))}"
        lacking = next((lack for entry in item.entries if (lack := _lack(deed, entry))), "")
        return f"{named}: {lacking}" if lacking else ""


def recorded_once() -> RecordedOnce:
    """Match a deed that has one whole entry for each time it was done."""
    return RecordedOnce()


def _lack(deed: Deed, entry: AuditEntry) -> str:
    if not entry.resource_type:
        return "the kind of the record is missing"
    if entry.user_id is not None:
        if entry.role != deed.role or (entry.user_email or "").casefold() != (deed.email or "").casefold():
            return f"it is told of {entry.user_email} as {entry.role}"
    elif deed.user_id is None and deed.role is None and entry.role not in OF_THE_SYSTEM:
        return f"it is told of somebody unknown as {entry.role}"
    if entry.role not in OF_THE_SYSTEM and not _is_address(entry.ip_address):
        return f"the address it came from is {entry.ip_address!r}"
    if entry.role not in OF_THE_SYSTEM and not entry.user_agent:
        return "the program it came from is missing"
    return not_utc(entry.created_at, deed.span, "its time")


def _is_address(text: str | None) -> bool:
    try:
        ipaddress.ip_address(text or "")
    except ValueError:
        return False
    return True


def _times(count: int) -> str:
    return {0: "not at all", 1: "once"}.get(count, f"{count} times")


class ToldOf(Lacking[Sequence[AuditEntry]]):
    """See `telling_only_of`."""

    def __init__(self, deeds: Sequence[Deed]) -> None:
        self.deeds = deeds
        self.expected = "a trail that tells of nothing that was not done"

    def lack(self, item: Any) -> str:
        """Name the entries about what was not done."""
        if not item:
            return "there is no entry at all"
        strays = [entry for entry in item if not any(deed.is_told_by(entry) for deed in self.deeds)]
        told = ", ".join(f"{entry.action} ({entry.outcome}) by a {entry.role}" for entry in strays[:3])
        return f"{len(strays)} entries do: {told}" if strays else ""


def telling_only_of(deeds: Sequence[Deed]) -> ToldOf:
    """Match entries every one of which tells of one of these deeds."""
    return ToldOf(deeds)


class WithoutWordsOf(Lacking[Sequence[AuditEntry]]):
    """See `without_words_of`."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        self.words = words
        self.expected = f"entries without a word that {name} wrote"

    def lack(self, item: Any) -> str:
        """Say which entry holds words."""
        for entry in item:
            text = json.dumps(dict(entry.raw), ensure_ascii=False)
            found = next((word for word in self.words if word in text), None)
            if found is not None:
                return f"an entry of {entry.action} holds {found[:60]!r}"
        return "" if item and self.words else "there was nothing to compare"


def without_words_of(name: str, words: Sequence[str]) -> WithoutWordsOf:
    """Match entries that hold none of the texts somebody wrote."""
    return WithoutWordsOf(name, words)


class KeptUnchanged(Lacking[Sequence[AuditEntry]]):
    """See `kept_unchanged`."""

    def __init__(self, before: Sequence[AuditEntry]) -> None:
        self.before = before
        self.expected = f"the {len(before)} entries from before, unchanged"

    def lack(self, item: Any) -> str:
        """Say what is gone or changed."""
        if not self.before:
            return "there was no entry before"
        now = {entry.id: entry for entry in item}
        gone = [entry for entry in self.before if entry.id not in now]
        changed = [entry for entry in self.before if entry.id in now and dict(now[entry.id].raw) != dict(entry.raw)]
        return f"{len(gone)} are gone and {len(changed)} changed" if gone or changed else ""


def kept_unchanged(before: Sequence[AuditEntry]) -> KeptUnchanged:
    """Match a trail that still holds every entry it held before, as it was."""
    return KeptUnchanged(before)


class OwnActions(Lacking[Sequence[AuditEntry]]):
    """See `own_actions`."""

    def __init__(self, name: str, user_id: str) -> None:
        self.user_id = user_id
        self.expected = f"entries about what {name} did, and no others"

    def lack(self, item: Any) -> str:
        """Say how many are of others."""
        others = [entry for entry in item if entry.user_id != self.user_id]
        if others:
            return f"{len(others)} of {len(item)} are about others, the first is {others[0].action}"
        return "" if item else "there are none at all"


def own_actions(name: str, user_id: str) -> OwnActions:
    """Match entries that are all about what this account did; there has to be one."""
    return OwnActions(name, user_id)
