"""Who acts: an account, and where a request came from."""

from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["patient", "nurse", "admin"]
STAFF: tuple[Role, ...] = ("nurse", "admin")


@dataclass(frozen=True)
class Account:
    """An account as it is stored, without its password."""

    id: str
    email: str
    full_name: str
    role: Role
    is_active: bool
    is_verified: bool
    created_at: str
    last_login: str | None

    def shown(self) -> dict[str, Any]:
        """Give the account as it is shown over HTTP."""
        return {
            "id": self.id,
            "email": self.email,
            "full_name": self.full_name,
            "role": self.role,
            "is_active": self.is_active,
            "is_verified": self.is_verified,
            "created_at": self.created_at,
            "last_login": self.last_login,
        }


@dataclass(frozen=True)
class Actor:
    """Whoever causes something, as the audit trail names them. The system itself has no account."""

    user_id: str | None = None
    email: str | None = None
    role: str | None = None
    ip: str | None = None
    agent: str | None = None


SYSTEM = Actor(role="system")


@dataclass(frozen=True)
class Caller:
    """An account that showed a good access token. `expires` is the token's end in seconds since 1970."""

    account: Account
    sign_in: str
    expires: float
    ip: str | None = None
    agent: str | None = None

    @property
    def actor(self) -> Actor:
        """Give the caller as the audit trail names them."""
        return Actor(self.account.id, self.account.email, self.account.role, self.ip, self.agent)

    @property
    def is_staff(self) -> bool:
        """Say whether the caller is a nurse or an administrator."""
        return self.account.role in STAFF
