"""The consent text, and who has agreed to it."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, bindparam, insert, select

from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.medassist import tables
from reference.medassist.audit import AuditTrail
from reference.medassist.people import Caller

VERSION = "1.0"
CONSENT_ID = str(uuid5(NAMESPACE_URL, f"medassist-consent-{VERSION}"))
REQUIRED = ("ai_use", "preliminary_only", "shared_with_nurse", "limitations")
TEXT = {
    "id": CONSENT_ID,
    "version": VERSION,
    "title": "Before you describe your symptoms",
    "content": (
        "An artificial intelligence reads what you write and prepares a preliminary report. It does not diagnose and "
        "does not prescribe. A nurse reads your report and decides. In an emergency call the emergency number; do not "
        "wait for an answer here."
    ),
    "required_fields": list(REQUIRED),
    "is_active": True,
    "created_at": "2026-01-01T00:00:00.000000Z",
}

signed = tables.consents

_MINE = select(signed.c.id).where(signed.c.user_id == bindparam("user_id"), signed.c.consent_id == CONSENT_ID)


class Consents:
    """Shows the text and keeps the signatures, one for each account and version. Methods raise DatabaseUnavailable."""

    def __init__(self, database: SqlDatabase, audit: AuditTrail, required: bool) -> None:
        """Keep signatures in `database`; without `required` everybody counts as having agreed."""
        self._database = database
        self._audit = audit
        self._required = required

    def text(self) -> dict[str, Any]:
        """Give the text in force."""
        return TEXT

    async def sign(self, caller: Caller, responses: Mapping[str, bool]) -> dict[str, Any]:
        """Keep a signature; a second one gives the first."""

        def work(connection: Connection) -> dict[str, Any]:
            mine = select(signed).where(signed.c.user_id == caller.account.id, signed.c.consent_id == CONSENT_ID)
            if (kept := connection.execute(mine).first()) is not None:
                return _shown(kept)
            values = {
                "id": fresh_id(),
                "consent_id": CONSENT_ID,
                "user_id": caller.account.id,
                "responses_json": json.dumps(dict(responses)),
                "signed_at": iso_exact(now()),
            }
            connection.execute(insert(signed).values(values))
            details = {"version": VERSION}
            self._audit.write(connection, "consent_signed", caller.actor, "consent", CONSENT_ID, details=details)
            return _shown(connection.execute(mine).one())

        return await self._database.write(work)

    def given(self, connection: Connection, user_id: str) -> bool:
        """Say, inside a transaction, whether a patient may chat."""
        if not self._required:
            return True
        return connection.execute(_MINE, {"user_id": user_id}).first() is not None


def _shown(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "consent_id": row.consent_id,
        "user_id": row.user_id,
        "responses": json.loads(row.responses_json),
        "signed_at": row.signed_at,
    }
