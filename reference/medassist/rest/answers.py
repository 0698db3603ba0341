"""The common error body, and how routes describe it."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.medassist.refusals import Refused

RETRY_AFTER_SECONDS = "2"

_SENTENCES = {
    400: "The request cannot be carried out.",
    401: "Credentials are missing or not good.",
    403: "This is not allowed.",
    404: "There is nothing here under this name.",
    405: "This address does not take this method.",
    409: "The present state does not allow it.",
    413: "This is too large.",
    422: "The input breaks a rule.",
    429: "Too many calls; Retry-After says when to go on.",
    503: "This cannot be done at the moment; Retry-After says when to try again.",
}


class FieldProblem(BaseModel):
    """Where an input breaks which rule."""

    type: str
    loc: list[str | int]
    msg: str


class Problem(BaseModel):
    """The body of every error answer."""

    error: str
    status_code: int
    code: str | None = None
    details: list[FieldProblem] | dict[str, Any] | None = None


def problem(status: int, sentence: str, code: str | None = None, details: Any = None) -> dict[str, Any]:
    """Give the body of an error answer."""
    body: dict[str, Any] = {"error": sentence, "status_code": status}
    if code is not None:
        body["code"] = code
    if details is not None:
        body["details"] = details
    return body


def refusal_answer(refused: Refused) -> Response:
    """Give the answer of a refusal."""
    body = problem(refused.status, refused.sentence, refused.code, refused.details)
    return PlainJson(body, refused.status, refused.headers)


def unavailable_answer(sentence: str = "The service cannot do this at the moment.") -> Response:
    """Give the answer while the database cannot be used or the process is ending."""
    return PlainJson(problem(503, sentence, "STORAGE_UNAVAILABLE"), 503, {"Retry-After": RETRY_AFTER_SECONDS})


def refusals(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Describe the error answers of a route for `/openapi.json`."""
    return {code: {"model": Problem, "description": _SENTENCES[code]} for code in codes}


def guarded(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Describe the error answers of a route that needs a signed-in caller."""
    return refusals(*sorted({401, 403, 413, 422, 429, 503, *codes}))


def success(model: type[BaseModel] | Any, status: int = 200, **others: Any) -> dict[str, Any]:
    """Describe the answer of a route that builds it itself, without sending it through the model."""
    return {"response_model": model, "status_code": status, **others}


def field_problems(errors: Sequence[Any]) -> list[dict[str, Any]]:
    """Reduce pydantic's errors to `type`, `loc` and `msg`; what was submitted is never repeated."""
    return [
        {
            "type": str(error["type"]),
            "loc": [part if isinstance(part, int) else str(part) for part in error["loc"]],
            "msg": str(error["msg"]),
        }
        for error in errors
    ]
