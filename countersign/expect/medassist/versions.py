"""Matchers for the versions of a model: their order, their states, and what is refused."""

from collections.abc import Sequence
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.audit import AuditEntry
from countersign.systems.medassist.model import Message
from countersign.transport.answer import Answer

Listed = Sequence[tuple[str, str]]
"""Versions with their states, as listed."""


class NewestFirst(Lacking[Listed]):
    """See `newest_first`."""

    def __init__(self, versions: Sequence[str]) -> None:
        self.versions = list(versions)
        self.expected = f"the versions {', '.join(self.versions)}, newest first by number"

    def lack(self, item: Listed) -> str:
        """Give the order that was listed."""
        listed = [version for version, _ in item]
        return "" if listed == self.versions else f"the list reads {', '.join(listed) or 'nothing'}"


def newest_first(*versions: str) -> NewestFirst:
    """Match listed versions in exactly this order."""
    return NewestFirst(versions)


class RefusedAs(Lacking[Answer]):
    """See `refused_as`."""

    def __init__(self, what: str, status: int, code: str) -> None:
        self.status, self.code = status, code
        self.expected = f"{what} to be refused"

    def lack(self, item: Answer) -> str:
        """Say what was answered instead."""
        if item.status != self.status:
            return f"it was answered with {item.status}, not {self.status}"
        told = item.json().get("code")
        return f"the reason given was {told!r}, not {self.code}" if self.code and told != self.code else ""


def refused_as(what: str, status: int, code: str = "") -> RefusedAs:
    """Match a refusal with a status and, where one is named, a reason code; `what` was refused, for the message."""
    return RefusedAs(what, status, code)


class StillListed(Lacking[Any]):
    """See `still_listed`."""

    expected = "the same versions in the same states after the restart"

    def lack(self, item: tuple[Listed, Listed]) -> str:
        """Name what is gone or has changed."""
        before, after = (dict(each) for each in item)
        gone = [version for version in before if version not in after]
        if not before or gone:
            return f"{', '.join(gone)} gone" if gone else "there was none before it"
        return ", ".join(f"{version} is {after[version]}" for version in before if after[version] != before[version])


def still_listed() -> StillListed:
    """Match a pair of lists of versions: nothing of the first is missing or changed in the second."""
    return StillListed()


class OnRecord(Lacking[Sequence[AuditEntry]]):
    """See `on_record_with`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        self.expected = f"exactly one rollback on record, with the reason {reason!r}"

    def lack(self, item: Sequence[AuditEntry]) -> str:
        """Say what is on record."""
        told = [str((entry.raw.get("details") or {}).get("reason")) for entry in item]
        return "" if told == [self.reason] else f"there are {len(told)}: {', '.join(map(repr, told)) or 'none'}"


def on_record_with(reason: str) -> OnRecord:
    """Match the entries of a model's rollbacks in the audit trail: one, with this reason."""
    return OnRecord(reason)


class StoredAs(Lacking[str]):
    """See `stored_as`."""

    def __init__(self, status: str) -> None:
        self.status = status
        self.expected = f"the version to be stored as {status}"

    def lack(self, item: str) -> str:
        """Give the state it was stored in."""
        return "" if item == self.status else f"it is {item}"


def stored_as(status: str) -> StoredAs:
    """Match the state of a version."""
    return StoredAs(status)


class MadeBy(Lacking[Message]):
    """See `made_by`."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.expected = f"a chat answer made by version {version}"

    def lack(self, item: Message) -> str:
        """Say which version made it, or that it is a fallback."""
        made = item.metadata.get("model_version")
        if made != self.version:
            return f"version {made} made it"
        return "it is the sentence that stands in for a failed answer" if item.metadata.get("fallback") else ""


def made_by(version: str) -> MadeBy:
    """Match a stored chat answer of the AI that this version made."""
    return MadeBy(version)
