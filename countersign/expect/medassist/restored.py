"""Matcher for a system that was restored: everything that existed at the moment of the backup is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from countersign.expect.lacking import Lacking

TOLD_AT_MOST = 3


@dataclass(frozen=True)
class Inventory:
    """What the system held at one moment, each thing under its kind and id, with what is told of it.

    Kinds are "report", "decision" and "audit entry"; messages are compared one by one (`Restored.messages_missing`).
    """

    things: Mapping[tuple[str, str], str]

    def count(self, kind: str) -> int:
        """How many there are of a kind."""
        return sum(named == kind for named, _ in self.things)


@dataclass(frozen=True)
class Restored:
    """What there was before a backup, what is found after the restore, and which confirmed messages are not."""

    before: Inventory
    after: Inventory
    messages: int
    messages_missing: Sequence[str] = field(default_factory=tuple)

    @property
    def missing(self) -> list[str]:
        """Say what is missing or told otherwise."""
        found = list(self.messages_missing)
        for (kind, identity), told in self.before.things.items():
            now = self.after.things.get((kind, identity))
            if now != told:
                found.append(f"{kind} {identity} is {'gone' if now is None else f'told as {now}, it was {told}'}")
        return found


class Whole(Lacking[Restored]):
    """See `wholly_restored`."""

    expected = "everything that was acknowledged before the backup to be there after the restore"

    def lack(self, item: Any) -> str:
        """Say how much of what is missing, the first by name; or that there was nothing to lose."""
        for kind in ("report", "decision", "audit entry"):
            if not item.before.count(kind):
                return f"there was no {kind} before the backup, so nothing can be said of it"
        if not item.messages:
            return "no message was confirmed before the backup, so nothing can be said of them"
        missing = item.missing
        more = f" and {len(missing) - TOLD_AT_MOST} more" if len(missing) > TOLD_AT_MOST else ""
        return f"{len(missing)} are missing: {'; '.join(missing[:TOLD_AT_MOST])}{more}" if missing else ""


def wholly_restored() -> Whole:
    """Match a restore that brought back every message, report, decision and audit entry as it was."""
    return Whole()
