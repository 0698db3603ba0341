"""Who asks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Caller:
    """An account that showed a good credential."""

    user_id: str
    username: str
    role: str

    @property
    def is_admin(self) -> bool:
        """Say whether the account is an administrator's."""
        return self.role == "admin"
