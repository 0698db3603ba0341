"""What the system refuses, worded once for HTTP and sockets."""

from collections.abc import Mapping, Sequence
from typing import Any


class Refused(Exception):
    """A request is not carried out. `code` is a constant; `status` the HTTP status; `retry_after` seconds."""

    def __init__(
        self,
        status: int,
        sentence: str,
        code: str | None = None,
        *,
        details: Mapping[str, Any] | Sequence[Any] | None = None,
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.code = code
        self.details = details
        self.retry_after = retry_after
        self.headers = {**(headers or {}), **({"Retry-After": str(retry_after)} if retry_after is not None else {})}


def unauthorized(sentence: str = "Sign in first.") -> Refused:
    """Refuse credentials that are missing or not good."""
    return Refused(401, sentence, "UNAUTHORIZED", headers={"WWW-Authenticate": "Bearer"})


def forbidden(sentence: str = "This is not allowed for you.") -> Refused:
    """Refuse what the role or the ownership does not allow."""
    return Refused(403, sentence, "FORBIDDEN")


def missing(what: str) -> Refused:
    """Refuse what does not exist."""
    return Refused(404, f"There is no such {what}.", "NOT_FOUND")


def conflict(sentence: str, code: str = "CONFLICT") -> Refused:
    """Refuse what the present state does not allow."""
    return Refused(409, sentence, code)


def invalid(location: Sequence[str | int], message: str, kind: str = "value_error") -> Refused:
    """Refuse input that breaks a rule."""
    return Refused(422, "Validation error", details=[{"type": kind, "loc": list(location), "msg": message}])


def too_many(sentence: str, retry_after: int) -> Refused:
    """Refuse what comes too fast."""
    return Refused(429, sentence, "RATE_LIMITED", retry_after=retry_after)
