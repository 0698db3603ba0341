"""Matchers for the hub's credentials: what opens nothing and is told why, and what nobody can register with."""

from dataclasses import dataclass

from countersign.errors import ContractBroken
from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

UNAUTHORIZED = 401
CAUSES = ("missing", "expired", "invalid", "wrong", "too many attempts")
"""What a refusal of credentials may name as its cause (contract, section 3.1); a wrong password is told as wrong."""


@dataclass(frozen=True)
class FalseCredential:
    """Credentials that are no good, by what they are, the answer, and the causes that the refusal may name."""

    what: str
    answer: Answer
    causes: tuple[str, ...] = ("invalid",)


class OpensNothing(Lacking[FalseCredential]):
    """See `opens_nothing_and_says_why`."""

    expected = "credentials that open nothing, and a word on why"

    def lack(self, item: FalseCredential) -> str:
        """Say what they opened, or what was said instead."""
        answer = item.answer
        if answer.status != UNAUTHORIZED:
            return f"{item.what}, shown for {answer.what}, met {answer.status} instead of {UNAUTHORIZED}"
        try:
            words = str(answer.json().get("message", "")).lower()
        except (ContractBroken, AttributeError):
            return f"{item.what}, shown for {answer.what}, was told {answer.beginning()!r}"
        named = [cause for cause in CAUSES if cause in words]
        right = [cause for cause in named if cause in item.causes]
        wanted = " or ".join(item.causes)
        return (
            "" if right else f"{item.what}, shown for {answer.what}, was told {words!r}, which does not say: {wanted}"
        )


def opens_nothing_and_says_why() -> OpensNothing:
    """Match credentials that were answered with 401 and a message that names one of their causes."""
    return OpensNothing()


@dataclass(frozen=True)
class Wish:
    """Something wrong that was wished for, what it is, the answer, the statuses of a refusal, and the name to be told.

    `given` must not be repeated in the refusal (empty: it may).
    """

    what: str
    answer: Answer
    statuses: tuple[int, ...]
    named: str = ""
    given: str = ""


class Refused(Lacking[Wish]):
    """See `refused_in_words`."""

    expected = "a wish that is refused, with a sentence that says what is wrong"

    def lack(self, item: Wish) -> str:
        """Say what came instead."""
        answer, wanted = item.answer, " or ".join(map(str, item.statuses))
        if answer.status not in item.statuses:
            return f"{item.what} met {answer.status} instead of {wanted}: {answer.beginning()!r}"
        detail = answer.json().get("detail")
        if not detail:
            return f"{item.what} was refused without a word: {answer.beginning()!r}"
        if item.named and item.named not in str(detail):
            return f"{item.what} was refused without naming {item.named}: {answer.beginning()!r}"
        repeated = bool(item.given) and item.given in answer.text
        return f"the refusal of {item.what} repeats it" if repeated else ""


def refused_in_words() -> Refused:
    """Match a wish that was refused with one of its statuses, in words that name what is to be named."""
    return Refused()
