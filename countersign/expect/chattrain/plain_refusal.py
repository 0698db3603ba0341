"""Matchers for refusals over HTTP: the caller's mistake is named, and nothing is broken by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken
from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

CREATED_OR_FOUND = (200, 201)


@dataclass(frozen=True)
class Attempt:
    """Something wrong that was asked, how it may be refused, and the answer to a correct request right after it."""

    mistake: str
    answer: Answer
    refused_with: tuple[int, ...]
    afterwards: Answer


class PlainlyRefused(Lacking[Attempt]):
    """See `plainly_refused`."""

    expected = "a refusal as the caller's mistake, in plain words"

    def lack(self, item: Attempt) -> str:
        """Say what came instead."""
        allowed = " or ".join(map(str, item.refused_with))
        if item.answer.status not in item.refused_with:
            kind = "a server error" if item.answer.status >= 500 else f"{item.answer.status}"
            return (
                f"{item.mistake!r} was answered with {kind} instead of {allowed}: "
                f"{item.answer.status} {item.answer.beginning()!r}"
            )
        try:
            words = said(item.answer.json())
        except ContractBroken as fault:
            return f"{item.mistake!r}: {fault}"
        return "" if words else f"{item.mistake!r} was refused without a word: {item.answer.beginning()!r}"


def plainly_refused() -> PlainlyRefused:
    """Match an attempt that got one of its refusals, with a sentence or a list of what is wrong."""
    return PlainlyRefused()


def said(body: Any) -> Sequence[str]:
    """Give the sentences of an error body: its `detail`, or the `msg` of every item of it."""
    detail = body.get("detail") if isinstance(body, dict) else None
    items = detail if isinstance(detail, list) else [detail]
    words = [item.get("msg") if isinstance(item, dict) else item for item in items]
    return [word for word in words if isinstance(word, str) and word.strip()]


class ForgottenAtOnce(Lacking[Attempt]):
    """See `forgotten_at_once`."""

    expected = "a correct request to succeed right after the mistake"

    def lack(self, item: Attempt) -> str:
        """Say what the correct request was answered."""
        answer = item.afterwards
        if answer.status in CREATED_OR_FOUND:
            return ""
        return f"after {item.mistake!r} it was answered {answer.status}: {answer.beginning()!r}"


def forgotten_at_once() -> ForgottenAtOnce:
    """Match an attempt after which a correct request succeeded."""
    return ForgottenAtOnce()
