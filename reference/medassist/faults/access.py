"""Faults of access: tokens that never end, roles that reach too far, and a door that holds nobody up."""

import json
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, or_, select, update

from reference.common.around import AsgiApp, Message, Receive, Scope, Send
from reference.common.clock import iso_exact, now
from reference.medassist import tables
from reference.medassist.accounts.passwords import PasswordRule
from reference.medassist.accounts.signing_in import ENDED, SignIns, TokenPair, disabled
from reference.medassist.accounts.store import account_of
from reference.medassist.accounts.tokens import BadToken, Claims
from reference.medassist.faults import fault
from reference.medassist.guard import Guard
from reference.medassist.parts import Parts
from reference.medassist.people import Caller, Role
from reference.medassist.refusals import unauthorized

CUT_AT_BYTES = 72

pairs, users = tables.refresh_tokens, tables.users


@fault("tokens-never-die", "MA-SEC-01", "MA-SEC-09")
def tokens_never_die(parts: Parts) -> None:
    """Take refresh tokens as access tokens, used and signed-out ones too, and keep sockets of ended accounts open."""
    parts.sign_ins = _EndlessSignIns(parts)
    parts.rooms.end_account = lambda user_id: None  # type: ignore[method-assign]


class _EndlessSignIns(SignIns):
    def __init__(self, parts: Parts) -> None:
        super().__init__(
            parts.database,
            accounts=parts.accounts,
            passwords=parts.passwords,
            mint=parts.mint,
            tries=parts.sign_in_tries,
            audit=parts.audit,
        )
        self._parts = parts

    async def caller(self, token: str, ip: str | None, agent: str | None) -> Caller:
        claims = self._of_any_kind(token)
        named = or_(pairs.c.access_jti == claims.jti, pairs.c.jti == claims.jti)
        query = select(users, pairs.c.sign_in).join(pairs, pairs.c.user_id == users.c.id)
        mine = query.where(named, users.c.id == claims.user_id)
        row = await self._parts.database.look(lambda connection: connection.execute(mine).first())
        if row is None:
            raise unauthorized(ENDED)
        if not row.is_active:
            raise disabled()
        return Caller(account_of(row), row.sign_in, claims.expires, ip, agent)

    async def refresh(self, token: str) -> tuple[TokenPair | None, str]:
        claims = self._read(token, "refresh")

        def work(connection: Connection) -> tuple[TokenPair | None, str]:
            named = pairs.c.jti == claims.jti
            row = connection.execute(select(users.c.is_active, pairs).join(pairs).where(named)).first()
            if row is None:
                raise unauthorized(ENDED)
            if not row.is_active:
                raise disabled()
            connection.execute(update(pairs).where(named).values(used_at=iso_exact(now())))
            return self._new_pair(connection, row.user_id, row.sign_in), row.sign_in

        return await self._parts.database.write(work)

    def _of_any_kind(self, token: str) -> Claims:
        try:
            return self._parts.mint.read(token, "refresh")
        except BadToken:
            return self._read(token, "access")


@fault("roles-leak", "MA-SEC-02", "MA-SEC-03")
def roles_leak(parts: Parts) -> None:
    """Let a nurse roll models back, and let anybody become a nurse who asks for the role in capitals."""
    leak = _Leak(parts.guard)
    parts.layers.append(leak.around)
    parts.guard.role = leak.role  # type: ignore[method-assign]
    parts.guard.may_create = leak.may_create  # type: ignore[method-assign]


class _Leak:
    def __init__(self, guard: Guard) -> None:
        self._role, self._may_create = guard.role, guard.may_create
        self._rolls_back: ContextVar[bool] = ContextVar("rolls back", default=False)
        self._in_capitals: ContextVar[bool] = ContextVar("role in capitals", default=False)

    def around(self, app: AsgiApp) -> AsgiApp:
        async def handle(scope: Scope, receive: Receive, send: Send) -> None:
            path = str(scope.get("path", ""))
            self._rolls_back.set(path.startswith("/api/models/") and path.endswith("/rollback"))
            self._in_capitals.set(False)
            asked = self._listening(receive) if path == "/api/auth/register" else receive
            await app(scope, asked, send)

        return handle

    async def role(self, caller: Caller, allowed: tuple[str, ...], resource: str, resource_id: str | None) -> None:
        widened = (*allowed, "nurse") if self._rolls_back.get() else allowed
        await self._role(caller, widened, resource, resource_id)

    def may_create(self, role: Role, caller: Caller | None) -> bool:
        return self._in_capitals.get() or self._may_create(role, caller)

    def _listening(self, receive: Receive) -> Receive:
        async def lowered() -> Message:
            message = await receive()
            body = message.get("body", b"")
            role = _role_in(body)
            if role != role.lower():
                self._in_capitals.set(True)
                message = {
                    **message,
                    "body": body.replace(json.dumps(role).encode(), json.dumps(role.lower()).encode()),
                }
            return message

        return lowered


def _role_in(body: bytes) -> str:
    try:
        given: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    role = given.get("role") if isinstance(given, dict) else None
    return role if isinstance(role, str) and role.lower() in ("nurse", "admin") else ""


@fault("weak-door", "MA-SEC-04", "MA-SEC-05")
def weak_door(parts: Parts) -> None:
    """Cut passwords at 72 bytes, repeat weak ones in the refusal, and limit neither tries nor messages nor requests."""
    hashed, matches = parts.passwords.hashed, parts.passwords.matches

    async def hashed_in_part(password: str) -> str:
        return await hashed(_cut(password))

    async def matches_in_part(password: str, stored: str | None) -> bool:
        return await matches(_cut(password), stored)

    parts.passwords.hashed = hashed_in_part  # type: ignore[method-assign]
    parts.passwords.matches = matches_in_part  # type: ignore[method-assign]
    parts.password_rule = _TalkativeRule(parts.password_rule.least)
    parts.sign_in_tries.wait = lambda user_id: None  # type: ignore[method-assign]
    parts.chat_limits.wait = lambda user_id: None  # type: ignore[method-assign]
    parts.guard.rate = lambda caller: None  # type: ignore[method-assign]


def _cut(password: str) -> str:
    return password.encode()[:CUT_AT_BYTES].decode(errors="ignore")


class _TalkativeRule(PasswordRule):
    def problem(self, password: str) -> str | None:
        problem = super().problem(password)
        return problem and f"{problem} {password!r} does not follow that."
