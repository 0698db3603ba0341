"""Matchers for input: what is wrong is refused as the caller's mistake by its name, what is right is used as sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken
from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

INVALID, SERVER_ERROR = 422, 500


@dataclass(frozen=True)
class Mistake:
    """Something wrong that was asked, the answer, its refusals, and the field that a 422 has to name.

    A 422 need not name a field where `named` is empty (the whole body is wrong).
    """

    what: str
    answer: Answer
    statuses: tuple[int, ...]
    named: str = ""


class RefusedByName(Lacking[Mistake]):
    """See `refused_by_name`."""

    expected = "wrong input to be refused as the caller's mistake, with the name of what is wrong"

    def lack(self, item: Mistake) -> str:
        """Say what came instead."""
        answer, wanted = item.answer, " or ".join(map(str, item.statuses))
        if answer.status not in item.statuses:
            kind = "a server error, " if answer.status >= SERVER_ERROR else ""
            return f"{item.what} met {kind}{answer.status} instead of {wanted}: {answer.beginning()!r}"
        if answer.status != INVALID:
            return ""
        places = _places(answer)
        if places is None:
            return f"{item.what} was refused without saying where it is wrong: {answer.beginning()!r}"
        named = not item.named or any(item.named in map(str, place) for place in places)
        return "" if named else f"{item.what} was refused without naming {item.named}: {places}"


def _places(answer: Answer) -> list[Any] | None:
    try:
        detail = answer.json().get("detail")
    except (ContractBroken, AttributeError):
        return None
    places = [item.get("loc") if isinstance(item, Mapping) else None for item in detail] if detail else []
    return places if places and all(isinstance(place, list) for place in places) else None


def refused_by_name() -> RefusedByName:
    """Match a mistake that met one of its refusals; a 422 names the field in its `detail`."""
    return RefusedByName()


@dataclass(frozen=True)
class Used:
    """A value that was accepted: what it is, how it was sent, and how it was found again."""

    what: str
    sent: Any
    found: Any


class UsedAsSent(Lacking[Used]):
    """See `used_as_sent`."""

    expected = "an accepted value to be used as it was sent"

    def lack(self, item: Used) -> str:
        """Say what became of it."""
        return "" if item.found == item.sent else f"{item.what} was sent as {item.sent!r} and became {item.found!r}"


def used_as_sent() -> UsedAsSent:
    """Match an accepted value that was found again as it was sent."""
    return UsedAsSent()
