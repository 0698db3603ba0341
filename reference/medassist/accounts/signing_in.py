"""Sign-ins: each is a chain of token pairs that ends at sign-out, at misuse, or with the account."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, insert, select, update

from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.common.limits import SlidingWindow
from reference.medassist import tables
from reference.medassist.accounts.passwords import PasswordKeeper
from reference.medassist.accounts.store import AccountStore, account_of, key_of
from reference.medassist.accounts.tokens import BadToken, Claims, TokenMint
from reference.medassist.audit import AuditTrail
from reference.medassist.people import Account, Actor, Caller
from reference.medassist.refusals import Refused, too_many, unauthorized

WRONG = "The e-mail address or the password is wrong."
ENDED = "These credentials are not good any more. Sign in again."

pairs = tables.refresh_tokens
users = tables.users

_HOLDER = (
    select(users, pairs.c.sign_in, pairs.c.ended_at)
    .join(pairs, (pairs.c.user_id == users.c.id) & (pairs.c.access_jti == bindparam("jti")))
    .where(users.c.id == bindparam("user_id"))
)


@dataclass(frozen=True)
class TokenPair:
    """An access token, good for `expires_in` seconds, and the refresh token that follows it."""

    access_token: str
    refresh_token: str
    expires_in: int

    def shown(self) -> dict[str, Any]:
        """Give the pair as it is shown over HTTP."""
        return {
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "token_type": "bearer",
            "expires_in": self.expires_in,
        }


class SignIns:
    """Lets people in and out. Every method raises DatabaseUnavailable and Refused."""

    def __init__(
        self,
        database: SqlDatabase,
        *,
        accounts: AccountStore,
        passwords: PasswordKeeper,
        mint: TokenMint,
        tries: SlidingWindow,
        audit: AuditTrail,
    ) -> None:
        """Count wrong passwords in `tries`."""
        self._database = database
        self._accounts = accounts
        self._passwords = passwords
        self._mint = mint
        self._tries = tries
        self._audit = audit

    async def sign_in(self, email: str, password: str, actor: Actor) -> TokenPair:
        """Sign in by address and password."""
        key = key_of(email)
        wait = self._tries.wait(key)
        if wait is not None:
            await self._failed(None, actor, "RATE_LIMITED")
            raise too_many("Too many wrong passwords. Try again later.", wait)
        found = await self._accounts.by_email(email)
        if not await self._passwords.matches(password, found[1] if found else None) or found is None:
            self._tries.note(key)
            await self._failed(found[0] if found else None, actor, "WRONG_CREDENTIALS")
            raise unauthorized(WRONG)
        account = found[0]
        if not account.is_active:
            await self._failed(account, actor, "ACCOUNT_DISABLED")
            raise disabled()
        who = Actor(account.id, account.email, account.role, actor.ip, actor.agent)

        def work(connection: Connection) -> TokenPair:
            connection.execute(update(users).where(users.c.id == account.id).values(last_login=iso_exact(now())))
            self._audit.write(connection, "user_login", who, "user", account.id, details={})
            return self._new_pair(connection, account.id, fresh_id())

        return await self._database.write(work)

    async def refresh(self, token: str) -> tuple[TokenPair | None, str]:
        """Give a fresh pair for a refresh token that was not used before, with the id of the sign-in.

        A used one ends the whole chain: the pair is then None.
        """
        claims = self._read(token, "refresh")

        def work(connection: Connection) -> tuple[TokenPair | None, str]:
            row = connection.execute(select(pairs).where(pairs.c.jti == claims.jti)).first()
            if row is None or row.ended_at is not None:
                raise unauthorized(ENDED)
            if row.used_at is not None:
                self._end(connection, row.sign_in)
                return None, row.sign_in
            account = connection.execute(select(users).where(users.c.id == row.user_id)).one()
            if not account.is_active:
                raise disabled()
            connection.execute(update(pairs).where(pairs.c.jti == claims.jti).values(used_at=iso_exact(now())))
            return self._new_pair(connection, row.user_id, row.sign_in), row.sign_in

        return await self._database.write(work)

    async def caller(self, token: str, ip: str | None, agent: str | None) -> Caller:
        """Say who shows an access token. The role is read from the account now."""
        claims = self._read(token, "access")
        shown = {"jti": claims.jti, "user_id": claims.user_id}
        row = await self._database.look(lambda connection: connection.execute(_HOLDER, shown).first())
        if row is None or row.ended_at is not None:
            raise unauthorized(ENDED)
        if not row.is_active:
            raise disabled()
        return Caller(account_of(row), row.sign_in, claims.expires, ip, agent)

    async def sign_out(self, caller: Caller) -> None:
        """End the caller's sign-in with all its tokens."""

        def work(connection: Connection) -> None:
            self._end(connection, caller.sign_in)
            self._audit.write(connection, "user_logout", caller.actor, "user", caller.account.id, details={})

        await self._database.write(work)

    def _read(self, token: str, kind: Literal["access", "refresh"]) -> Claims:
        try:
            return self._mint.read(token, kind)
        except BadToken:
            raise unauthorized("These credentials are not good.") from None

    def _new_pair(self, connection: Connection, user_id: str, sign_in: str) -> TokenPair:
        access, refresh = self._mint.new_id(), self._mint.new_id()
        connection.execute(
            insert(pairs).values(
                jti=refresh, sign_in=sign_in, user_id=user_id, access_jti=access, created_at=iso_exact(now())
            )
        )
        return TokenPair(
            self._mint.make(user_id, "access", access),
            self._mint.make(user_id, "refresh", refresh),
            round(self._mint.seconds["access"]),
        )

    def _end(self, connection: Connection, sign_in: str) -> None:
        connection.execute(update(pairs).where(pairs.c.sign_in == sign_in).values(ended_at=iso_exact(now())))

    async def _failed(self, account: Account | None, actor: Actor, why: str) -> None:
        who = Actor(account.id, account.email, account.role, actor.ip, actor.agent) if account else actor
        resource = account.id if account else None
        await self._audit.note("user_login", who, "user", resource, details={"reason": why}, outcome="failure")


def disabled() -> Refused:
    """Refuse an account that was deactivated."""
    return Refused(403, "This account is deactivated.", "ACCOUNT_DISABLED")
