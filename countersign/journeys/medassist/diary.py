"""The suite's own diary of what people did, to hold the audit trail against."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from countersign.errors import SuiteError
from countersign.expect.medassist.trail import Deed, Traced
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.person import Person
from countersign.systems.medassist.audit import AuditEntry
from countersign.systems.moments import Span, timed

T = TypeVar("T")


class Diary:
    """What was done, in the order of the doing: `does` it first, then say what was `did`."""

    def __init__(self) -> None:
        self.began = datetime.now(UTC)
        self.deeds: list[Deed] = []
        self._span: Span | None = None

    def does(self, act: Callable[[], T]) -> T:
        """Do something, and note when."""
        result, self._span = timed(act)
        return result

    def did(
        self, action: str, by: Person | None, *records: str, outcome: str = "success", or_system: bool = False
    ) -> None:
        """Note that what was done last was this, by somebody (None: the system by itself, or a stranger)."""
        if self._span is None:
            raise SuiteError(f"the diary notes {action}, yet nothing was done; call does first")
        user_id, email = (by.id, by.account.email) if by else (None, None)
        who, role = (by.name, role_of(by)) if by else ("nobody with an account", None)
        deed = Deed(action, who, user_id, email, role, frozenset(records), outcome, self._span, or_system)
        self.deeds.append(deed)


@dataclass(frozen=True)
class Account:
    """The diary beside the trail: each deed with its entries, and all entries about these people and records."""

    deeds: tuple[Deed, ...]
    traced: tuple[Traced, ...]
    own: tuple[AuditEntry, ...]


def held_against_trail(diary: Diary, reader: Person) -> Account:
    """Read the trail since the diary began, as somebody who may read all of it, and lay it beside the diary."""
    trail = reader.api.audit.all_entries(start_date=f"{diary.began:%Y-%m-%dT%H:%M:%S}Z")
    people = {deed.user_id for deed in diary.deeds if deed.user_id}
    records = {record for deed in diary.deeds for record in deed.records}
    own = [each for each in trail if each.user_id in people or (each.user_id is None and each.resource_id in records)]
    counted = Counter(deed.key for deed in diary.deeds)
    first = {deed.key: deed for deed in reversed(diary.deeds)}
    traced = tuple(
        Traced(
            _whole(diary, deed), counted[key], tuple(each for each in trail if deed.is_told_by(each) and each in own)
        )
        for key, deed in first.items()
    )
    return Account(tuple(diary.deeds), traced, tuple(own))


def _whole(diary: Diary, deed: Deed) -> Deed:
    """Give a deed with the time from the first to the last deed like it."""
    alike = [each.span for each in diary.deeds if each.key == deed.key]
    return replace(deed, span=Span(alike[0].began, alike[-1].ended))


def role_of(person: Person) -> str:
    """Give the role of somebody's account."""
    if isinstance(person, Administrator):
        return "admin"
    return "nurse" if isinstance(person, Nurse) else "patient"
