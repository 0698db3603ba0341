"""Matchers for refusals: the right status, the one error body, nothing of the program in it, and named beforehand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken
from countersign.expect.lacking import Lacking
from countersign.systems.description import ApiDescription
from countersign.transport.answer import Answer

PARTS = {"error", "status_code", "code", "details"}
UNAUTHORIZED, INVALID = 401, 422
COME_AGAIN = (429, 503)
VALIDATION = "Validation error"
OF_THE_PROGRAM = re.compile(
    r"Traceback|File \"|\w+\.py\b|sqlalchemy|sqlite|psycopg|asyncpg|\bSELECT\b.+\bFROM\b|\bINSERT INTO\b"
)


@dataclass(frozen=True)
class Refusal:
    """Something that was asked wrongly, the answer, and the status it is refused with.

    `described` is the route whose description must name that status; empty for what no description can name.
    """

    what: str
    answer: Answer
    status: int
    described: str = ""


class InTheCommonForm(Lacking[Refusal]):
    """See `refused_in_the_common_form`."""

    expected = "a refusal with its status and the one error body"

    def lack(self, item: Refusal) -> str:
        """Say what came instead."""
        answer = item.answer
        if answer.status != item.status:
            return f"{item.what} met {answer.status} instead of {item.status}: {answer.beginning()!r}"
        lack = _lack_of_body(answer) or _lack_of_headers(answer)
        return f"{item.what} ({answer.status}): {lack}" if lack else ""


def refused_in_the_common_form() -> InTheCommonForm:
    """Match a refusal with its status, `{error, status_code}`, a request number, and what its status asks for."""
    return InTheCommonForm()


class NamedBeforehand(Lacking[Refusal]):
    """See `named_in`."""

    expected = "a refusal that the published description names for its route"

    def __init__(self, description: ApiDescription) -> None:
        self.description = description

    def lack(self, item: Refusal) -> str:
        """Say what the description does not name."""
        method, path = item.described.split(" ", 1)
        service = self.description.service(method, path)
        if service is None:
            return f"{item.described} is not described"
        named = str(item.status) in service.answers
        return "" if named else f"the description of {item.described} does not name {item.status} ({item.what})"


def named_in(description: ApiDescription) -> NamedBeforehand:
    """Match a refusal whose status the description names for the route."""
    return NamedBeforehand(description)


def _lack_of_body(answer: Answer) -> str:
    try:
        body = answer.json()
    except ContractBroken:
        return f"the body is no JSON: {answer.beginning()!r}"
    if not isinstance(body, Mapping):
        return f"the body is no object: {answer.beginning()!r}"
    error = body.get("error")
    if not isinstance(error, str) or not error.strip():
        return f"the body has no sentence under error: {answer.beginning()!r}"
    if body.get("status_code") != answer.status:
        return f"the body says the status {body.get('status_code')!r}"
    foreign = sorted(set(body) - PARTS)
    if foreign:
        return f"the body has {', '.join(foreign)} beside error, status_code, code and details"
    if OF_THE_PROGRAM.search(answer.text):
        return f"the body shows something of the program: {answer.beginning()!r}"
    return _lack_of_details(body) if answer.status == INVALID else ""


def _lack_of_details(body: Mapping[str, Any]) -> str:
    if body["error"] != VALIDATION:
        return f"the body says {body['error']!r} instead of {VALIDATION!r}"
    details = body.get("details")
    if not isinstance(details, list) or not details:
        return "the body does not say what is wrong (details)"
    wrong = [item for item in details if not isinstance(item, Mapping) or set(item) != {"type", "loc", "msg"}]
    return f"a detail is {sorted(wrong[0])!r} instead of type, loc and msg" if wrong else ""


def _lack_of_headers(answer: Answer) -> str:
    if not answer.request_id:
        return "the answer has no number (X-Request-ID)"
    if answer.status == UNAUTHORIZED and not answer.headers.get("www-authenticate"):
        return "the answer does not say how to sign in (WWW-Authenticate)"
    if answer.status in COME_AGAIN and not answer.headers.get("retry-after"):
        return "the answer does not say when to come again (Retry-After)"
    return ""
