"""Accounts in the database."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.common.ids import fresh_id
from reference.medassist import tables
from reference.medassist.audit import AuditTrail
from reference.medassist.people import Account, Actor, Role
from reference.medassist.refusals import Refused, conflict, missing

users = tables.users


class AccountStore:
    """Creates accounts, finds and changes them. Every method raises DatabaseUnavailable."""

    def __init__(self, database: SqlDatabase, audit: AuditTrail) -> None:
        """Keep the accounts in `database`."""
        self._database = database
        self._audit = audit

    async def create(self, email: str, password_hash: str, full_name: str, role: Role, by: Actor) -> Account:
        """Create an account. Raises Refused (400) for an address that is taken, whatever its case."""

        def work(connection: Connection) -> Account:
            if connection.execute(select(users.c.id).where(users.c.email_key == key_of(email))).first():
                raise Refused(400, "This e-mail address is registered already.", "EMAIL_TAKEN")
            account = Account(fresh_id(), email, full_name, role, True, True, iso_exact(now()), None)
            values = {**account.shown(), "email_key": key_of(email), "password_hash": password_hash}
            connection.execute(insert(users).values(values))
            actor = by if by.user_id else Actor(account.id, email, role, by.ip, by.agent)
            self._audit.write(connection, "user_registered", actor, "user", account.id, details={"role": role})
            return account

        return await self._database.write(work)

    async def by_email(self, email: str) -> tuple[Account, str] | None:
        """Find an account with its password hash."""
        query = select(users).where(users.c.email_key == key_of(email))
        row = await self._database.look(lambda connection: connection.execute(query).first())
        return (account_of(row), row.password_hash) if row else None

    async def listing(self, limit: int, offset: int) -> list[Account]:
        """Give all accounts, the newest first."""
        query = select(users).order_by(users.c.created_at.desc(), users.c.id).limit(limit).offset(offset)
        rows = await self._database.look(lambda connection: connection.execute(query).all())
        return [account_of(row) for row in rows]

    async def exists(self, user_id: str) -> bool:
        """Say whether there is such an account."""
        query = select(users.c.id).where(users.c.id == user_id)
        return await self._database.look(lambda connection: connection.execute(query).first()) is not None

    async def set_active(self, user_id: str, is_active: bool, by: Actor) -> Account:
        """Activate or deactivate an account. Raises Refused."""
        return await self._changed(
            user_id, lambda connection: _set_active(connection, user_id, is_active), by, is_active
        )

    async def any_staff(self) -> bool:
        """Say whether a member of staff exists."""
        query = select(users.c.id).where(users.c.role != "patient").limit(1)
        return await self._database.look(lambda connection: connection.execute(query).first()) is not None

    async def _changed(self, user_id: str, change: Callable[[Connection], None], by: Actor, is_active: bool) -> Account:
        def work(connection: Connection) -> Account:
            change(connection)
            self._audit.write(connection, "user_updated", by, "user", user_id, details={"is_active": is_active})
            return account_of(connection.execute(select(users).where(users.c.id == user_id)).one())

        return await self._database.write(work)


def _set_active(connection: Connection, user_id: str, is_active: bool) -> None:
    row = connection.execute(select(users).where(users.c.id == user_id)).first()
    if row is None:
        raise missing("account")
    if row.role == "admin" and row.is_active and not is_active:
        admins = select(func.count()).select_from(users).where(users.c.role == "admin", users.c.is_active)
        if connection.execute(admins).scalar_one() <= 1:
            raise conflict("The last active administrator cannot be deactivated.", "LAST_ADMIN")
    connection.execute(update(users).where(users.c.id == user_id).values(is_active=is_active))


def key_of(email: str) -> str:
    """Give the form in which addresses are compared."""
    return email.casefold()


def account_of(row: Any) -> Account:
    """Read an account from a row."""
    return Account(
        row.id,
        row.email,
        row.full_name,
        row.role,
        bool(row.is_active),
        bool(row.is_verified),
        row.created_at,
        row.last_login,
    )
