"""Matchers for settings: changed alone, held to their limits, kept apart, kept for good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken
from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.settings import Document, differences
from countersign.transport.answer import Answer

TAKEN, NOT_ALLOWED, SENSELESS = 200, 403, 422


@dataclass(frozen=True)
class Change:
    """One setting that was changed (in words, and its place), with all settings before and after."""

    setting: str
    path: str
    value: Any
    before: Document
    after: Document


class ChangedAlone(Lacking[Change]):
    """See `changed_alone`."""

    expected = "the changed setting to have its new value, and every other one the value it had"

    def lack(self, item: Any) -> str:
        """Name the setting that changed too, or that it did not change."""
        changed = differences(item.before, item.after)
        own = changed.pop(item.path, None)
        if changed:
            path, (was, now) = next(iter(changed.items()))
            return f"when '{item.setting}' was changed, {path} became {now!r} instead of {was!r} too"
        if own is None or own[1] != item.value:
            return f"'{item.setting}' was set to {item.value!r} and is {own[1] if own else 'as before'!r}"
        return ""


def changed_alone() -> ChangedAlone:
    """Match a change that altered one setting and no other."""
    return ChangedAlone()


@dataclass(frozen=True)
class Tried:
    """A document that was looked over and then set: both answers, and all settings before, between and after.

    `due` is what the settings have to be afterwards; `names` is what a refusal has to name, empty for a document that
    is good.
    """

    what: str
    names: str
    checked: Mapping[str, Any]
    answer: Answer
    before: Document
    between: Document
    after: Document
    due: Document


class DecidedAsDue(Lacking[Tried]):
    """See `decided_as_due`."""

    expected = "what is within the limits to be taken and kept, and what is not to be refused by name, nothing kept"

    def lack(self, item: Any) -> str:
        """Say what was decided instead."""
        if not item.names and item.answer.status != TAKEN:
            return f"{item.what} was refused with {item.answer.status}"
        if item.names:
            if item.answer.status != SENSELESS:
                return f"{item.what} was answered with {item.answer.status} instead of refused"
            named = [".".join(map(str, each.get("loc", ()))) for each in _details(item.answer)]
            if not any(item.names in name for name in named):
                return f"{item.what} was refused naming {', '.join(named) or 'nothing'} instead of {item.names}"
        wrong = differences(item.due, item.after)
        if wrong:
            path, (due, now) = next(iter(wrong.items()))
            return f"after {item.what} was {'refused' if item.names else 'taken'}, {path} is {now!r} instead of {due!r}"
        return ""


def decided_as_due() -> DecidedAsDue:
    """Match a document that was set if it is good and refused if it is not."""
    return DecidedAsDue()


class LookedOverAsDue(Lacking[Tried]):
    """See `looked_over_as_due`."""

    expected = "looking over to say whether it would be taken, to name what is wrong, and to keep nothing"

    def lack(self, item: Any) -> str:
        """Say what it says or keeps."""
        told, good = item.checked, not item.names
        if told.get("is_valid") is not good:
            return f"{item.what} is told to be {'good' if told.get('is_valid') else 'wrong'} beforehand"
        named = [f"{each.get('field')}: {each.get('message')}" for each in told.get("errors") or []]
        if good and named:
            return f"{item.what} is told to be good, with {named[0]!r} as wrong"
        if not good and not any(item.names in name.split(":")[0] and name.split(":")[1].strip() for name in named):
            return f"{item.what} is told to be wrong, naming {', '.join(named) or 'nothing'} instead of {item.names}"
        kept = differences(item.before, item.between)
        return f"{item.what} was only looked over, and {next(iter(kept))} has changed" if kept else ""


def looked_over_as_due() -> LookedOverAsDue:
    """Match a document that was looked over as what it is, and of which nothing was kept by that."""
    return LookedOverAsDue()


@dataclass(frozen=True)
class Kept:
    """A whole document as it has to be and as it is; `whose` names it ("Rosa's settings")."""

    whose: str
    due: Document
    now: Document


class KeptWhole(Lacking[Kept]):
    """See `kept_whole`."""

    def __init__(self, when: str) -> None:
        self.when = when
        self.expected = "everything to be as it was set, and nothing else to have changed"

    def lack(self, item: Any) -> str:
        """Name the first setting that is not."""
        wrong = differences(item.due, item.now)
        if not wrong:
            return ""
        path, (due, now) = next(iter(wrong.items()))
        return f"{self.when} {len(wrong)} of {item.whose} differ, {path} is {now!r} instead of {due!r}"


def kept_whole(when: str) -> KeptWhole:
    """Match a document that is as it has to be; `when` begins the sentence of a mismatch."""
    return KeptWhole(when)


class KeptFromUsers(Lacking[tuple[str, Answer]]):
    """See `kept_from_users`."""

    expected = "what holds for the whole installation to be refused to users, with a sentence"

    def lack(self, item: Any) -> str:
        """Say what was answered."""
        what, answer = item
        if answer.status != NOT_ALLOWED:
            return f"{what} was answered with {answer.status} instead of refused"
        return "" if answer.json().get("detail") else f"{what} was refused without a sentence"


def kept_from_users() -> KeptFromUsers:
    """Match what was tried, in words, with an answer that refuses it as not allowed (403)."""
    return KeptFromUsers()


@dataclass(frozen=True)
class InForce:
    """Something that a setting decides: what it has to be, and what was seen."""

    what: str
    due: Any
    seen: Any


class Obeyed(Lacking[InForce]):
    """See `obeyed`."""

    expected = "what was set to decide what happens"

    def lack(self, item: Any) -> str:
        """Say what happened instead."""
        return "" if item.seen == item.due else f"{item.what} is not in force: {item.seen!r} instead of {item.due!r}"


def obeyed() -> Obeyed:
    """Match a setting that decides what happens."""
    return Obeyed()


def _details(answer: Answer) -> Sequence[Mapping[str, Any]]:
    details = answer.json().get("detail")
    if not isinstance(details, list):
        raise ContractBroken(f"{answer.what}: refused without naming what is wrong: {answer.beginning()!r}")
    return details
