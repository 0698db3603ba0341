"""The audit trail over HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.systems.asking import Ask
from countersign.systems.medassist.model import need
from countersign.transport.answer import Answer

LONGEST_PAGE = 500
"""The most entries of one page (contract, section 3)."""


@dataclass(frozen=True)
class AuditEntry:
    """One entry of the trail. `outcome` is success, failure or blocked."""

    id: str
    action: str
    user_id: str | None
    user_email: str | None
    role: str | None
    resource_type: str | None
    resource_id: str | None
    ip_address: str | None
    user_agent: str | None
    outcome: str
    created_at: str
    raw: Mapping[str, Any]


class AuditTrail:
    """The routes of the audit trail (capability audit-read)."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def entries(self, **filters: Any) -> list[AuditEntry]:
        """Read entries, newest first (`user_id`, `action`, `resource_type`, `resource_id`, `limit`, `offset` ...)."""
        data = self.try_entries(**filters).must_be(200).json()
        return [_entry(item) for item in need(data, "logs", list, "the audit trail")]

    def all_entries(self, **filters: Any) -> list[AuditEntry]:
        """Read entries page by page, newest first. Entries that come meanwhile may show one twice; it is given once."""
        found: dict[str, AuditEntry] = {}
        offset = 0
        while True:
            page = self.entries(limit=LONGEST_PAGE, offset=offset, **filters)
            found.update({entry.id: entry for entry in page})
            offset += len(page)
            if len(page) < LONGEST_PAGE:
                return list(found.values())

    def try_entries(self, **filters: Any) -> Answer:
        """Try to read the trail and give the answer, whatever its status."""
        return self._ask("GET", "/api/audit/logs", params=filters)


def _entry(data: Any) -> AuditEntry:
    where = "an entry of the audit trail"
    return AuditEntry(
        id=str(need(data, "id", (str, int), where)),
        action=need(data, "action", str, where),
        user_id=data.get("user_id"),
        user_email=data.get("user_email"),
        role=data.get("role"),
        resource_type=data.get("resource_type"),
        resource_id=data.get("resource_id"),
        ip_address=data.get("ip_address"),
        user_agent=data.get("user_agent"),
        outcome=need(data, "outcome", str, where),
        created_at=need(data, "created_at", str, where),
        raw=data,
    )
