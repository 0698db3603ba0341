"""Matchers for credentials: what lets nobody in, and how an end of access is told."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

UNAUTHORIZED, FORBIDDEN = 401, 403
DISABLED = "ACCOUNT_DISABLED"


@dataclass(frozen=True)
class Shown:
    """Credentials that were shown for something, by what they are ("a refresh token"), and the answer."""

    credentials: str
    answer: Answer


class OpensNothing(Lacking[Shown]):
    """See `opens_nothing`."""

    expected = "credentials that open nothing, and a word on how to sign in"

    def lack(self, item: Shown) -> str:
        """Say what the credentials opened."""
        answer = item.answer
        if answer.status != UNAUTHORIZED:
            return f"{item.credentials}, shown for {answer.what}, met {answer.status} instead of {UNAUTHORIZED}"
        scheme = answer.headers.get("www-authenticate", "")
        if scheme.split(" ")[0].lower() != "bearer":
            return f"{item.credentials}, shown for {answer.what}: WWW-Authenticate was {scheme!r}, expected Bearer"
        return ""


def opens_nothing() -> OpensNothing:
    """Match credentials that were answered with 401 and `WWW-Authenticate: Bearer`."""
    return OpensNothing()


class ToldDeactivated(Lacking[Shown]):
    """See `told_deactivated`."""

    expected = "a refusal that says that the account is deactivated"

    def lack(self, item: Shown) -> str:
        """Say what came instead."""
        answer = item.answer
        if answer.status != FORBIDDEN:
            return f"{item.credentials}, shown for {answer.what}, met {answer.status} instead of {FORBIDDEN}"
        code = answer.json().get("code")
        return "" if code == DISABLED else f"{item.credentials} met the reason {code!r} instead of {DISABLED}"


def told_deactivated() -> ToldDeactivated:
    """Match credentials of a deactivated account that were answered with 403 and its reason."""
    return ToldDeactivated()


class Accepted(Lacking[Shown]):
    """See `accepted`."""

    expected = "credentials that are good"

    def lack(self, item: Shown) -> str:
        """Say how they were refused."""
        answer = item.answer
        good = answer.status < 400
        return "" if good else f"{item.credentials}, shown for {answer.what}, met {answer.status}: {answer.beginning()}"


def accepted() -> Accepted:
    """Match credentials that were accepted."""
    return Accepted()
