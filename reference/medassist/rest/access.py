"""What routes ask for before anything else: credentials 401, role 403, existence 404, ownership 403, state 409."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from reference.medassist.chat.sessions import Session
from reference.medassist.parts import Parts
from reference.medassist.people import Actor, Caller
from reference.medassist.refusals import forbidden, invalid, missing, unauthorized
from reference.medassist.reports.par import Par

NOT_COUNTED = frozenset({"/api/models/{model_id}/predict", "/api/models/{model_id}/route"})
RESOURCES = {"sessions": "session", "pars": "par", "models": "model", "users": "user", "auth": "user", "nurse": "par"}

Asks = Callable[..., Awaitable[Caller]]


def actor_of(request: Request) -> Actor:
    """Say where a request comes from."""
    return Actor(ip=request.client.host if request.client else None, agent=request.headers.get("user-agent"))


def uuid_of(value: str, name: str) -> str:
    """Read an id of a path. Raises Refused (422)."""
    try:
        return str(UUID(value))
    except ValueError:
        raise invalid(["path", name], "This is no UUID.", "uuid_parsing") from None


class Access:
    """Dependencies of routes."""

    def __init__(self, parts: Parts) -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self.member = self._for("patient", "nurse", "admin")
        self.patient = self._for("patient")
        self.nurse = self._for("nurse")
        self.staff = self._for("nurse", "admin")
        self.admin = self._for("admin")
        self.nurse_or_patient = self._for("nurse", "patient")

    async def caller(self, request: Request) -> Caller:
        """Say who asks."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise unauthorized()
        actor = actor_of(request)
        caller = await self._parts.sign_ins.caller(token.strip(), actor.ip, actor.agent)
        request.state.user_id = caller.account.id
        if _template(request) not in NOT_COUNTED:
            self._parts.guard.rate(caller)
        return caller

    async def somebody(self, request: Request) -> Caller | None:
        """Say who asks, None for a stranger without any credentials."""
        return await self.caller(request) if request.headers.get("authorization") else None

    def _for(self, *roles: str) -> Asks:
        async def dependency(request: Request) -> Caller:
            caller = await self.caller(request)
            resource, resource_id = resource_of(request)
            await self._parts.guard.role(caller, roles, resource, resource_id)
            return caller

        return dependency

    def session_for(self, asks: Asks) -> Callable[..., Awaitable[Session]]:
        """Ask for a session that the caller may reach."""

        async def dependency(session_id: str, caller: Annotated[Caller, Depends(asks)]) -> Session:
            named = uuid_of(session_id, "session_id")
            session = await self._parts.sessions.find(named)
            if session is None:
                raise missing("session")
            await self._parts.guard.owner(caller, session.patient_id, "session", named)
            return session

        return dependency

    def par_for(self, asks: Asks) -> Callable[..., Awaitable[Par]]:
        """Ask for a report that the caller may reach."""

        async def dependency(par_id: str, caller: Annotated[Caller, Depends(asks)]) -> Par:
            named = uuid_of(par_id, "par_id")
            par = await self._parts.pars.find(named)
            if par is None:
                raise missing("report")
            return await self.readable(par, caller)

        return dependency

    async def readable(self, par: Par, caller: Caller) -> Par:
        """Refuse patients reports that are not theirs, or not decided."""
        await self._parts.guard.owner(caller, par.patient_id, "par", par.id)
        if not caller.is_staff and not self._parts.patient_view.readable(par):
            await self._parts.guard.denied(caller, "par", par.id)
            raise forbidden("A nurse has not decided yet.")
        return par


def resource_of(request: Request) -> tuple[str, str | None]:
    """Name what a request is about, as the audit trail names it."""
    parts = _without_nul(request.scope["path"]).split("/")
    kind = parts[2] if len(parts) > 2 else "system"
    first = next(iter(request.path_params.values()), None)
    return RESOURCES.get(kind, kind), _without_nul(str(first))[:64] if first is not None else None


def _without_nul(text: str) -> str:
    # No text of a PostgreSQL database can hold it, and a refused request must still get into the trail.
    return text.replace("\0", "\ufffd")


def _template(request: Request) -> str:
    return str(getattr(request.scope.get("route"), "path", ""))
