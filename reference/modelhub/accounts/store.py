"""Accounts, sign-ins and API keys in the database."""

import hashlib
import secrets
import time
from collections import OrderedDict
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from reference.common.clock import iso, moment
from reference.common.ids import fresh_id
from reference.common.limits import SlidingWindow
from reference.common.passwords import PasswordKeeper
from reference.common.tokens import BadToken, Claims, Expired, Kind, TokenMint
from reference.modelhub import tables
from reference.modelhub.accounts.people import Caller
from reference.modelhub.accounts.rules import AccountRules
from reference.modelhub.hubclock import HubClock
from reference.modelhub.refusals import Refused, missing, too_many, unauthorized
from reference.modelhub.store.ledger import Change, Ledger

KEY_PREFIX = "wan_"
KNOWN_SECONDS = 1.0
MOST_KNOWN = 5000

users, api_keys = tables.users, tables.api_keys


class AccountStore:
    """Lets people in. Every method raises DatabaseUnavailable and Refused."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        rules: AccountRules,
        passwords: PasswordKeeper,
        mint: TokenMint,
        tries: SlidingWindow,
        clock: HubClock,
    ) -> None:
        """Count wrong passwords in `tries`."""
        self._ledger = ledger
        self.rules = rules
        self._passwords = passwords
        self._mint = mint
        self._tries = tries
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, Caller]] = OrderedDict()

    async def register(self, username: str, email: str, password: str, role: str = "user") -> str:
        """Create an account and give its id."""
        problem = self.rules.problem(username, email, password)
        if problem is not None:
            raise Refused(400, problem, "BAD_REGISTRATION", "Change it and register again.")
        hashed = await self._passwords.hashed(password)

        def work(change: Change) -> str:
            taken = (users.c.username_key == username.casefold()) | (users.c.email_key == email.casefold())
            if change.connection.execute(select(users.c.id).where(taken)).first():
                sentence = "This user name or e-mail address is registered already."
                raise Refused(400, sentence, "DUPLICATE", "Sign in, or choose another name.")
            user_id = fresh_id()
            row = {
                "id": user_id,
                "username": username,
                "username_key": username.casefold(),
                "email": email,
                "email_key": email.casefold(),
                "password_hash": hashed,
                "role": role,
                "is_active": True,
                "created_at": iso(self._clock.now()),
            }
            change.connection.execute(insert(users).values(row))
            return user_id

        return await self._ledger.change(work)

    async def sign_in(self, name: str, password: str, address: str) -> dict[str, str]:
        """Give an access and a refresh token for the right password."""
        query = select(users).where((users.c.username_key == name.casefold()) | (users.c.email_key == name.casefold()))
        row = await self._ledger.look(lambda connection: connection.execute(query).first())
        # Whoever guesses by the user name and by the e-mail address in turn guesses at one account.
        account = row.id if row is not None else name.casefold()
        keys = (f"account {account}", f"address {address} {account}")
        wait = max((self._tries.wait(key) or 0 for key in keys), default=0)
        if wait:
            raise too_many("Too many attempts to sign in with a wrong password.", "RATE_LIMITED", wait)
        good = await self._passwords.matches(password, row.password_hash if row else None)
        if not good or row is None or not row.is_active:
            for key in keys:
                self._tries.note(key)
            raise unauthorized("invalid", "The user name or the password is wrong.")
        return {
            "access_token": self._mint.make(row.id, "access", self._mint.new_id()),
            "refresh_token": self._mint.make(row.id, "refresh", self._mint.new_id()),
            "token_type": "bearer",
        }

    async def refresh(self, token: str) -> dict[str, str]:
        """Give a fresh access token for a refresh token."""
        claims = self._claims(token, "refresh", "refresh token")
        await self._account(claims.user_id)
        access = self._mint.make(claims.user_id, "access", self._mint.new_id())
        return {"access_token": access, "token_type": "bearer"}

    async def caller(self, credential: str) -> Caller:
        """Say who shows an access token or an API key. The role is read from the account."""
        known = self._known.get(credential)
        if known is not None and time.monotonic() - known[0] < KNOWN_SECONDS:
            return known[1]
        caller = await self._caller(credential)
        self._known[credential] = (time.monotonic(), caller)
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return caller

    async def _caller(self, credential: str) -> Caller:
        if credential.startswith(KEY_PREFIX):
            return await self._account(await self._key_holder(credential))
        return await self._account(self._claims(credential, "access", "credential").user_id)

    def _claims(self, token: str, kind: Kind, what: str) -> Claims:
        try:
            return self._mint.read(token, kind)
        except Expired:
            raise unauthorized("expired", f"The {what} is expired. Sign in again.") from None
        except BadToken:
            raise unauthorized("invalid", f"The {what} is invalid. Sign in again.") from None

    async def _account(self, user_id: str) -> Caller:
        query = select(users).where(users.c.id == user_id)
        row = await self._ledger.look(lambda connection: connection.execute(query).first())
        if row is None or not row.is_active:
            raise unauthorized("invalid", "The account of this credential is not active.")
        return Caller(row.id, row.username, row.role)

    async def _key_holder(self, key: str) -> str:
        query = select(api_keys).where(api_keys.c.key_hash == _digest(key))
        row = await self._ledger.look(lambda connection: connection.execute(query).first())
        if row is None:
            raise unauthorized("invalid", "The API key is invalid.")
        if row.expires_at is not None and moment(row.expires_at) <= self._clock.now():
            raise unauthorized("expired", "The API key is expired. Make a new one.")
        return str(row.user_id)

    async def make_key(self, caller: Caller, name: str, expires_in_days: int | None) -> dict[str, Any]:
        """Make an API key; it is shown this one time."""
        key, made = f"{KEY_PREFIX}{secrets.token_urlsafe(32)}", self._clock.now()
        expires = iso(made + timedelta(days=expires_in_days)) if expires_in_days else None
        row = {
            "id": fresh_id(),
            "user_id": caller.user_id,
            "name": name,
            "created_at": iso(made),
            "expires_at": expires,
        }
        await self._ledger.change(
            lambda change: change.connection.execute(insert(api_keys).values(**row, key_hash=_digest(key)))
        )
        return {"api_key": key, **_shown(row)}

    async def keys(self, caller: Caller) -> list[dict[str, Any]]:
        """List a user's keys."""
        query = select(api_keys).where(api_keys.c.user_id == caller.user_id).order_by(api_keys.c.created_at)
        rows = await self._ledger.look(lambda connection: connection.execute(query).all())
        return [_shown(dict(row._mapping)) for row in rows]

    async def delete_key(self, caller: Caller, key_id: str) -> None:
        """Revoke a key; it stops working at once."""
        query = delete(api_keys).where((api_keys.c.id == key_id) & (api_keys.c.user_id == caller.user_id))
        deleted = await self._ledger.change(lambda change: change.connection.execute(query).rowcount)
        self._known.clear()
        if not deleted:
            raise missing("key")

    async def ensure_admin(self, username: str, password: str) -> None:
        """Create the first administrator unless there is one."""
        query = select(users.c.id).where(users.c.role == "admin").limit(1)
        if username and not await self._ledger.look(lambda connection: connection.execute(query).first()):
            await self.register(username, f"{username}@hub.example", password, "admin")

    def close(self) -> None:
        """End the threads that hash."""
        self._passwords.close()


class AuditTrail:
    """Writes down who changed what for everybody."""

    def write(self, connection: Connection, caller: Caller, action: str, about: str | None, at: str) -> None:
        """Add an entry inside the transaction of the change."""
        row = {"at": at, "user_id": caller.user_id, "role": caller.role, "action": action, "about": about}
        connection.execute(insert(tables.audit_log).values(row))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    told = {"key_id": row["id"], "name": row["name"]}
    return {**told, "expires_at": row["expires_at"], "created_at": row["created_at"]}
