"""What names, addresses and passwords must look like."""

import re

_NAME = re.compile(r"[A-Za-z0-9._-]{3,50}")
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)+"
)
LONGEST_PASSWORD = 200


class AccountRules:
    """Says what is wrong with a registration."""

    def problem(self, username: str, email: str, password: str) -> str | None:
        """Give the first rule that is broken, None for a good registration. Nothing given is repeated."""
        if not _NAME.fullmatch(username):
            return "A user name has 3 to 50 letters, digits or the signs . _ -"
        if len(email) > 254 or not _EMAIL.fullmatch(email) or ".." in email:
            return "The e-mail address is not well formed."
        if not 8 <= len(password) <= LONGEST_PASSWORD:
            return "A password has at least 8 characters."
        if not (any(each.isupper() for each in password) and any(each.isdigit() for each in password)):
            return "A password has at least one upper-case letter and one digit."
        return None
