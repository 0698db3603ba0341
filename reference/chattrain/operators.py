"""Keep strangers out of content care."""

import hmac
from typing import Literal


class OperatorGuard:
    """Compares the key a caller shows with the operator's."""

    def __init__(self, key: str) -> None:
        """Let in who shows `key`; with an empty key nobody gets in."""
        self._key = key.encode()

    def verdict(self, shown: str | None) -> Literal["in", "no key", "wrong key"]:
        """Judge the key a caller showed, None when there was none."""
        if not shown:
            return "no key"
        right = bool(self._key) and hmac.compare_digest(shown.encode("utf-8", "replace"), self._key)
        return "in" if right else "wrong key"
