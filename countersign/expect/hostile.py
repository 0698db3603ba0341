"""Matchers for hostile input: refused as the caller's mistake, and nothing is changed by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

HEALTHY = 200
NOT_LOOKED_AT = (401, 403, 429)
"""Refusals of the caller and not of the input: whoever is signed in and in time must not meet them."""


@dataclass(frozen=True)
class Hostility:
    """Hostile input for a route, and the answer. A `stranger` may also be refused for who they are."""

    what: str
    asked: str
    answer: Answer
    stranger: bool = False


class Withstood(Lacking[Hostility]):
    """See `withstood`."""

    expected = "hostile input that is refused as the caller's mistake"

    def lack(self, item: Hostility) -> str:
        """Say what was answered instead."""
        status, tried = item.answer.status, f"{item.what} for {item.asked}"
        if status >= 500:
            return f"{tried} met a server error, {status}: {item.answer.beginning()!r}"
        if status < 400:
            return f"{tried} was taken ({status})"
        if status == 429 or (status in NOT_LOOKED_AT and not item.stranger):
            return f"{tried} met {status}, so it was not looked at"
        return ""


def withstood() -> Withstood:
    """Match hostile input that was answered with a 4xx which is about the input."""
    return Withstood()


class StillHealthy(Lacking[Answer]):
    """See `still_healthy`."""

    expected = "a system that is healthy"

    def lack(self, item: Answer) -> str:
        """Say how it is."""
        return "" if item.status == HEALTHY else f"its health was answered with {item.status}: {item.beginning()!r}"


def still_healthy() -> StillHealthy:
    """Match an answer about health of 200."""
    return StillHealthy()


class LeftAsItWas(Lacking[Sequence[Mapping[str, Any]]]):
    """See `left_as_it_was`."""

    expected = "everything that can be read to be the same as before"

    def lack(self, item: Any) -> str:
        """Name what changed."""
        before, after = item
        if not before:
            return "nothing was looked at"
        changed = [name for name in before if before[name] != after.get(name)]
        return f"{', '.join(changed)} changed" if changed else ""


def left_as_it_was() -> LeftAsItWas:
    """Match two looks at the same things, before and after, that found the same."""
    return LeftAsItWas()
