"""Matchers for the hub's refusals: the one form of each kind, the sentence, the hint, the number of the request."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken
from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

UNAUTHORIZED, INVALID, TOO_MANY, UNAVAILABLE = 401, 422, 429, 503
WITH_HINT = (409, 503, 507)
COME_AGAIN = (TOO_MANY, UNAVAILABLE)
PROBLEM = {"type", "loc", "msg", "input"}


@dataclass(frozen=True)
class Refusal:
    """Something that was asked wrongly, the answer, and the status and code that it is refused with.

    `code` is empty where the contract names none.
    """

    what: str
    answer: Answer
    status: int
    code: str = ""


class Explained(Lacking[Refusal]):
    """See `explained`."""

    expected = "a refusal in the hub's one form, with its sentence and what to do next"

    def lack(self, item: Refusal) -> str:
        """Say what is missing."""
        answer = item.answer
        if answer.status != item.status:
            return f"{item.what} met {answer.status} instead of {item.status}: {answer.beginning()!r}"
        lack = _lack(answer, item.code)
        return f"{item.what} ({answer.status}): {lack}" if lack else ""


def explained() -> Explained:
    """Match a refusal with its status whose body has the form that the contract gives it (section 3.1)."""
    return Explained()


class ToldTooMuch(Lacking[Answer]):
    """See `told_that_too_much`."""

    expected = "an answer that says that there were too many attempts, and how to find it again"

    def lack(self, item: Answer) -> str:
        """Say what is missing."""
        lack = _lack(item, "")
        if lack:
            return f"{item.what} ({item.status}): {lack}"
        return "" if "too many" in str(item.json()["message"]).lower() else f"it says {item.json()['message']!r}"


def told_that_too_much() -> ToldTooMuch:
    """Match an answer of 429 in its form whose message names too many attempts."""
    return ToldTooMuch()


def _lack(answer: Answer, code: str) -> str:
    try:
        body = answer.json()
    except ContractBroken:
        return f"the body is no JSON: {answer.beginning()!r}"
    if not isinstance(body, Mapping):
        return f"the body is no object: {answer.beginning()!r}"
    if not answer.request_id:
        return "the answer has no number (X-Request-ID)"
    if answer.status in COME_AGAIN and not answer.headers.get("retry-after", "").isdigit():
        return "the answer does not say when to come again (Retry-After)"
    if answer.status == INVALID:
        return _lack_of_problems(body)
    if answer.status in (UNAUTHORIZED, TOO_MANY):
        return _lack_of_texts(body, "error", "message") or _lack_of_number(body, answer)
    lack = _lack_of_texts(body, "detail", "code") or _lack_of_number(body, answer)
    if lack:
        return lack
    if not isinstance(body.get("hint"), str) or (answer.status in WITH_HINT and not body["hint"].strip()):
        return f"the body does not say what to do next (hint is {body.get('hint')!r})"
    if body["code"] != body["code"].upper() or (code and body["code"] != code):
        return f"its code is {body['code']!r}, expected {code or 'capitals'}"
    return ""


def _lack_of_texts(body: Mapping[str, Any], *names: str) -> str:
    wrong = [name for name in names if not isinstance(body.get(name), str) or not body[name].strip()]
    return f"the body has no sentence under {wrong[0]}" if wrong else ""


def _lack_of_number(body: Mapping[str, Any], answer: Answer) -> str:
    same = body.get("request_id") == answer.request_id
    return "" if same else f"the body tells the number {body.get('request_id')!r}, the answer {answer.request_id!r}"


def _lack_of_problems(body: Mapping[str, Any]) -> str:
    problems = body.get("detail")
    if not isinstance(problems, list) or not problems:
        return "the body does not say what is wrong (detail)"
    for problem in problems:
        if not isinstance(problem, Mapping) or set(problem) != PROBLEM:
            named = sorted(problem) if isinstance(problem, Mapping) else problem
            return f"a problem is told as {named!r} instead of type, loc, msg and input"
        if not problem["loc"] or not str(problem["msg"]).strip():
            return f"a problem has no place or no sentence: {dict(problem)!r}"
    return ""
