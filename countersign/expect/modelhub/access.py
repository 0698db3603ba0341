"""Matchers for the hub's doors: what a stranger is told, what is reserved, and what is somebody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken
from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

UNAUTHORIZED, FORBIDDEN, GONE = 401, 403, 404
TOLD = {"error", "message", "request_id"}
FIRST_SERVER_ERROR = 500


@dataclass(frozen=True)
class Tried:
    """Something that somebody tried: who showed what, what it was, and the answer."""

    who: str
    what: str
    answer: Answer


class ToldToSignIn(Lacking[Tried]):
    """See `told_to_sign_in`."""

    expected = "somebody who is told to sign in, and nothing else"

    def lack(self, item: Tried) -> str:
        """Say what came instead."""
        status = item.answer.status
        if status != UNAUTHORIZED:
            return f"{item.who} who {item.what} met {status} instead of {UNAUTHORIZED}"
        try:
            body = item.answer.json()
        except ContractBroken as broken:
            return f"{item.who} who {item.what}: {broken}"
        if not isinstance(body, Mapping) or set(body) != TOLD or not str(body["message"]).strip():
            return (
                f"{item.who} who {item.what} was told {item.answer.beginning()!r}, expected error, message, request_id"
            )
        return ""


def told_to_sign_in() -> ToldToSignIn:
    """Match an answer of 401 with `{error, message, request_id}` and nothing else."""
    return ToldToSignIn()


class OpenToAll(Lacking[Tried]):
    """See `open_to_all`."""

    expected = "what is public to answer without a sign-in"

    def lack(self, item: Tried) -> str:
        """Say how it was refused."""
        status = item.answer.status
        refused = status in (UNAUTHORIZED, FORBIDDEN, GONE) or status >= FIRST_SERVER_ERROR
        return f"{item.who} who {item.what} met {status}: {item.answer.beginning()!r}" if refused else ""


def open_to_all() -> OpenToAll:
    """Match an answer that neither asks for a credential nor fails (what was asked wrongly is told so)."""
    return OpenToAll()


class Reserved(Lacking[Tried]):
    """See `refused_as_reserved`."""

    expected = "somebody who is told that only administrators may do it"

    def lack(self, item: Tried) -> str:
        """Say what came instead."""
        status = item.answer.status
        return "" if status == FORBIDDEN else f"{item.who} who {item.what} met {status} instead of {FORBIDDEN}"


def refused_as_reserved() -> Reserved:
    """Match an answer of 403."""
    return Reserved()


class LikeAnUnknownOne(Lacking[Sequence[Answer]]):
    """See `like_an_unknown_one`."""

    expected = "another person's thing to be answered exactly like one that does not exist"

    def lack(self, item: Sequence[Answer]) -> str:
        """Say how the two answers differ."""
        others, unknown = item
        if others.status != GONE:
            return f"{others.what}, which is somebody else's, met {others.status} instead of {GONE}"
        told, wanted = _said(others.json()), _said(unknown.json())
        if others.status != unknown.status or told != wanted:
            return f"{others.what} was told {told}, an unknown one {unknown.status} {wanted}"
        return ""


def like_an_unknown_one() -> LikeAnUnknownOne:
    """Match the answers to another person's id and to an unknown one: 404 both, in the same words."""
    return LikeAnUnknownOne()


def _said(body: Any) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "request_id"}


class WrittenAsTheirs(Lacking[Sequence[Mapping[str, Any]]]):
    """See `written_down_as`."""

    def __init__(self, person: str, role: str, deeds: Mapping[str, str]) -> None:
        self.person, self.role, self.deeds = person, role, deeds
        self.expected = f"the trail of changes to hold what was done, as done by the {role}"

    def lack(self, item: Sequence[Mapping[str, Any]]) -> str:
        """Name the first deed that is not written down, or not as theirs."""
        for deed, word in self.deeds.items():
            about = [entry for entry in item if word in " ".join(map(str, entry.values())).lower()]
            if not about:
                return f"{deed} is not written down"
            if not any(entry.get("user_id") == self.person and entry.get("role") == self.role for entry in about):
                return f"{deed} is written down as done by somebody in the role {about[0].get('role')!r}"
        return ""


def written_down_as(person: str, role: str, deeds: Mapping[str, str]) -> WrittenAsTheirs:
    """Match entries of the trail that hold each deed (what a message calls it: a word of the entry) of this person."""
    return WrittenAsTheirs(person, role, deeds)
