"""Faults of the audit trail and of the clock behind it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete
from starlette.responses import Response

from reference.common.around import AsgiApp, Layer, Receive, Scope, Send
from reference.common.clock import iso_exact, now
from reference.medassist import tables
from reference.medassist.audit import Outcome
from reference.medassist.faults import fault
from reference.medassist.parts import Parts
from reference.medassist.people import Actor
from reference.medassist.refusals import Refused

AHEAD = timedelta(hours=2)
UNLOGGED = frozenset({"access_denied", "par_viewed", "messages_viewed"})
TRAIL = "/api/audit/logs"

logs = tables.audit_logs


@fault("local-clock", "MA-NURSE-03", "MA-AUDIT-01")
def local_clock(parts: Parts) -> None:
    """Write decisions and audit entries two hours ahead and yet marked Z, and entries without an address."""
    parts.nurse_desk.at = _local_time  # type: ignore[method-assign]
    parts.audit.at = _local_time  # type: ignore[method-assign]
    write = parts.audit.write

    def write_from_nowhere(
        connection: Connection,
        action: str,
        actor: Actor,
        resource_type: str,
        resource_id: str | None,
        *,
        details: Mapping[str, Any],
        outcome: Outcome = "success",
    ) -> None:
        nowhere = replace(actor, ip=None)
        write(connection, action, nowhere, resource_type, resource_id, details=details, outcome=outcome)

    parts.audit.write = write_from_nowhere  # type: ignore[method-assign]


def _local_time() -> str:
    return iso_exact(now() + AHEAD)


@fault("denials-unlogged", "MA-AUDIT-02")
def denials_unlogged(parts: Parts) -> None:
    """Leave no trace of refusals, failed sign-ins and reads, and let an administrator empty the trail by DELETE."""
    write = parts.audit.write

    def write_successes(
        connection: Connection,
        action: str,
        actor: Actor,
        resource_type: str,
        resource_id: str | None,
        *,
        details: Mapping[str, Any],
        outcome: Outcome = "success",
    ) -> None:
        if outcome == "success" and action not in UNLOGGED:
            write(connection, action, actor, resource_type, resource_id, details=details, outcome=outcome)

    parts.audit.write = write_successes  # type: ignore[method-assign]
    parts.layers.append(_emptying(parts))


def _emptying(parts: Parts) -> Layer:
    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            asked = scope["type"] == "http" and scope["method"] == "DELETE"
            path, _, entry = scope["path"].partition(f"{TRAIL}/") if asked else ("", "", "")
            if not (path == TRAIL or entry) or not await _is_admin(parts, scope):
                await app(scope, receive, send)
                return
            unwanted = delete(logs).where(logs.c.id == entry) if entry else delete(logs)
            await parts.database.write(lambda connection: connection.execute(unwanted))
            await Response(status_code=204)(scope, receive, send)

        return around

    return layer


async def _is_admin(parts: Parts, scope: Scope) -> bool:
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    token = headers.get("authorization", "").partition(" ")[2].strip()
    try:
        caller = await parts.sign_ins.caller(token, None, None)
    except Refused:
        return False
    return caller.account.role == "admin"
