"""Passwords: what a good one is."""

from reference.common.passwords import PasswordKeeper

__all__ = ["PasswordKeeper", "PasswordRule"]

LONGEST = 100


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
