"""Accounts: registering, refreshing, signing out, and what an administrator may do with them."""

from typing import Any

from countersign.systems.asking import Ask
from countersign.systems.medassist.model import Tokens, User, read_tokens, read_user
from countersign.transport.answer import Answer


class Accounts:
    """The routes of accounts."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def register(self, email: str, password: str, full_name: str, role: str = "patient") -> User:
        """Make an account (a role of staff needs an administrator)."""
        body = {"email": email, "password": password, "full_name": full_name, "role": role}
        return read_user(self.try_register(body).must_be(201).json())

    def try_register(self, body: Any, **details: Any) -> Answer:
        """Try to make an account with any body and give the answer, whatever its status."""
        return self._ask("POST", "/api/auth/register", json=body, **details)

    def refresh(self, refresh_token: str) -> Tokens:
        """Get a fresh pair of tokens; the refresh token is used up by it."""
        return read_tokens(self.try_refresh(refresh_token).must_be(200).json())

    def try_refresh(self, refresh_token: Any) -> Answer:
        """Try to refresh and give the answer, whatever its status."""
        return self._ask("POST", "/api/auth/refresh", token="", json={"refresh_token": refresh_token})

    def sign_out(self, refresh_token: str = "") -> Answer:
        """End a sign-in; give the answer."""
        return self._ask("POST", "/api/auth/logout", json={"refresh_token": refresh_token} if refresh_token else {})

    def all(self) -> list[User]:
        """List the accounts (administrator)."""
        data = self._ask("GET", "/api/users").must_be(200).json()
        return [read_user(item) for item in (data if isinstance(data, list) else data["users"])]

    def set_active(self, user_id: str, active: bool) -> User:
        """Activate or deactivate an account (administrator)."""
        answer = self._ask("PATCH", f"/api/users/{user_id}", json={"is_active": active})
        return read_user(answer.must_be(200).json())
