"""What the system refuses, worded once for all routes."""

from collections.abc import Mapping, Sequence
from typing import Any


class Refused(Exception):
    """A request is not carried out. `code` is a constant; `hint` says what to do next; `more` are further fields."""

    def __init__(
        self,
        status: int,
        sentence: str,
        code: str,
        hint: str = "",
        *,
        more: Mapping[str, Any] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.code = code
        self.hint = hint
        self.more = dict(more or {})
        self.headers = {} if retry_after is None else {"Retry-After": str(retry_after)}


class Unreadable(Exception):
    """Input breaks a rule; answered with 422 that names the field."""

    def __init__(self, location: Sequence[str | int], message: str, value: Any = None, kind: str = "value_error"):
        super().__init__(message)
        self.detail = [{"type": kind, "loc": list(location), "msg": message, "input": value}]


def unauthorized(why: str, sentence: str) -> Refused:
    """Refuse credentials; `why` is missing, expired or invalid."""
    return Refused(401, sentence, why.upper())


def forbidden(sentence: str = "Only an administrator may do this.") -> Refused:
    """Refuse what the role or the ownership does not allow."""
    return Refused(403, sentence, "FORBIDDEN", "Ask an administrator to do it for you.")


def policy(sentence: str) -> Refused:
    """Refuse what a policy or a preference does not allow."""
    return Refused(403, sentence, "POLICY", "Change the preference, or ask an administrator to change the policy.")


def unknown_model() -> Refused:
    """Refuse a model that nobody knows."""
    return Refused(404, "There is no model of this name.", "MODEL_NOT_FOUND", "See the list of models for their names.")


def missing(what: str, code: str = "NOT_FOUND") -> Refused:
    """Refuse what does not exist, or is somebody else's."""
    return Refused(404, f"There is no such {what}.", code, f"See the list for the {what} that you mean.")


def conflict(sentence: str, code: str, hint: str, **more: Any) -> Refused:
    """Refuse what the present state does not allow."""
    return Refused(409, sentence, code, hint, more=more)


def too_many(sentence: str, code: str, retry_after: int) -> Refused:
    """Refuse what comes too fast or is too much."""
    return Refused(429, sentence, code, "Wait a little and try again.", retry_after=retry_after)


def no_room(needed: int, free: int) -> Refused:
    """Refuse what does not fit on the disk. Sizes are in bytes."""
    missing_mb = max(0, needed - free) / 1_048_576
    sentence = f"There is not enough space: {missing_mb:.1f} MB more are needed."
    return Refused(507, sentence, "INSUFFICIENT_STORAGE", "Delete a model or run a clean-up, then start again.")


def switched_off(what: str) -> Refused:
    """Refuse what an administrator has switched off."""
    hint = "Ask an administrator to switch it on."
    return Refused(503, f"{what} is switched off.", "FEATURE_OFF", hint, retry_after=60)


def source_unreachable() -> Refused:
    """Refuse what needs the source of models while it cannot be reached."""
    hint = "Installed models keep working. Check the network, and try again in a minute."
    return Refused(503, "The source of models cannot be reached.", "SOURCE_UNREACHABLE", hint, retry_after=5)


def database_down() -> Refused:
    """Refuse everything while the database cannot be used."""
    hint = "Nothing was changed. Try again in a few seconds."
    return Refused(503, "The database cannot be used at the moment.", "DEPENDENCY_DOWN", hint, retry_after=2)
