"""Passwords: what a good one is, and how it is kept (scrypt with a salt of its own)."""

import asyncio
import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from concurrent.futures import ThreadPoolExecutor

COST = 2**14
BLOCK = 8
LONGEST = 100
LANES = 1
"""Threads that hash; more would take the processor away from the conversations."""


class PasswordRule:
    """Says what is wrong with a password."""

    def __init__(self, least: int) -> None:
        """Ask for at least `least` characters."""
        self.least = least

    def problem(self, password: str) -> str | None:
        """Give the rule that `password` breaks, None for a good one. The sentence never holds the password."""
        if not self.least <= len(password) <= LONGEST:
            return f"A password has {self.least} to {LONGEST} characters."
        kinds = (str.isdigit, str.isupper, str.islower)
        if not all(any(kind(character) for character in password) for kind in kinds):
            return "A password holds a digit, an upper and a lower case letter."
        return None


class PasswordKeeper:
    """Hashes and compares passwords in threads of its own; every character counts."""

    def __init__(self) -> None:
        """Prepare the threads."""
        self.lanes = ThreadPoolExecutor(LANES, thread_name_prefix="passwords")
        self._nobodys = self.hashed_now(secrets.token_urlsafe(16))

    async def hashed(self, password: str) -> str:
        """Give what is stored of a password."""
        return await asyncio.get_running_loop().run_in_executor(self.lanes, self.hashed_now, password)

    async def matches(self, password: str, stored: str | None) -> bool:
        """Say whether `password` is the one of `stored`; without one it takes the same time and is False."""
        work = asyncio.get_running_loop().run_in_executor(self.lanes, _same, password, stored or self._nobodys)
        return await work and stored is not None

    def hashed_now(self, password: str) -> str:
        """Hash in this thread."""
        salt = secrets.token_bytes(16)
        return f"scrypt${b64encode(salt).decode()}${b64encode(_hash(password, salt)).decode()}"

    def close(self) -> None:
        """End the threads."""
        self.lanes.shutdown(wait=False, cancel_futures=True)


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK, p=1, maxmem=2**26)


def _same(password: str, stored: str) -> bool:
    _, salt, kept = stored.split("$")
    return hmac.compare_digest(_hash(password, b64decode(salt)), b64decode(kept))
