"""Matchers for everything that the hub keeps, compared before and after a process was killed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Entry:
    """One thing that is kept: what of it must stay as it is, and its end if it has come to one."""

    fixed: str
    end: str = ""


Lists = Mapping[str, Mapping[str, Entry]]
"""What is kept, by kind ("waiting request") and id."""


@dataclass(frozen=True)
class Killed:
    """The lists around the killing of a process. `unconfirmed` are words of wishes that were under way in that moment:
    each may have been taken once, or not at all."""

    process: str
    round: int
    before: Lists
    after: Lists
    unconfirmed: Collection[str] = ()

    @property
    def what(self) -> str:
        """The killing in words."""
        return f"after the {self.process} was killed (round {self.round})"


class NothingLost(Lacking[Killed]):
    """See `nothing_lost`."""

    expected = "every list as it was before a process was killed"

    def lack(self, item: Any) -> str:
        """Name what is lost, changed or there that was not."""
        for kind, before in item.before.items():
            wrong = _differs(kind, before, item.after.get(kind, {}), item.unconfirmed)
            if wrong:
                return f"{item.what} {wrong}"
        return ""


def nothing_lost() -> NothingLost:
    """Match a killing after which every list holds what it held, and nothing more."""
    return NothingLost()


def _differs(kind: str, before: Mapping[str, Entry], after: Mapping[str, Entry], unconfirmed: Collection[str]) -> str:
    lost = [name for name in before if name not in after]
    if lost:
        return f"{len(lost)} of {len(before)} {kind}s were gone, one was {before[lost[0]].fixed!r}"
    for name, entry in before.items():
        now = after[name]
        if now.fixed != entry.fixed:
            return f"a {kind} was changed from {entry.fixed!r} to {now.fixed!r}"
        if entry.end and now.end != entry.end:
            return f"a {kind} that had ended ({entry.end}) was {now.end or 'open again'}: {entry.fixed!r}"
    new = [after[name].fixed for name in after if name not in before]
    strange = [fixed for fixed in new if not any(words in fixed for words in unconfirmed)]
    if strange:
        return f"there was a {kind} that nobody had asked for: {strange[0]!r}"
    doubled = [words for words in unconfirmed if sum(words in fixed for fixed in new) > 1]
    return f"a {kind} that was asked for once was there several times: {doubled[0]!r}" if doubled else ""
