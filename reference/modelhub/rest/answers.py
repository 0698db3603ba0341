"""Error answers in the contract's form, and how routes describe them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import HTTPConnection
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.modelhub.refusals import Refused

SENTENCES = {
    400: "The request cannot be carried out.",
    401: "The credential is missing or not good.",
    403: "This is not allowed.",
    404: "There is nothing here under this name.",
    405: "This address does not take this method.",
    409: "The present state does not allow it.",
    413: "This is too large.",
    422: "The input breaks a rule.",
    429: "Too much or too fast; Retry-After says when to go on.",
    500: "The server could not handle this request.",
    503: "This cannot be done at the moment; Retry-After says when to try again.",
    507: "There is not enough space.",
}
TOO_LARGE = "A request may hold at most 1 MiB of JSON, or an image of at most 10 MiB."


class Problem(BaseModel):
    """The body of an error answer."""

    model_config = ConfigDict(extra="allow")

    detail: str
    code: str
    hint: str
    request_id: str


class NoEntry(BaseModel):
    """The body of 401 and 429."""

    error: str
    message: str
    request_id: str


class FieldProblem(BaseModel):
    """Where an input breaks which rule."""

    type: str
    loc: list[str | int]
    msg: str
    input: Any = None


class Invalid(BaseModel):
    """The body of 422."""

    detail: list[FieldProblem] = Field(default_factory=list)


def request_id(connection: HTTPConnection) -> str:
    """Give the number of a request."""
    return str(connection.scope.get("state", {}).get("request_id", ""))


def refusal_answer(refused: Refused, number: str) -> Response:
    """Give the answer of a refusal."""
    if refused.status in (401, 429):
        code = "unauthorized" if refused.status == 401 else "too_many_requests"
        body: dict[str, Any] = {"error": code, "message": refused.sentence, "request_id": number}
        headers = {**refused.headers, **({"WWW-Authenticate": "Bearer"} if refused.status == 401 else {})}
        return PlainJson(body, refused.status, headers)
    body = {"detail": refused.sentence, "code": refused.code, "hint": refused.hint, "request_id": number}
    return PlainJson({**refused.more, **body}, refused.status, refused.headers)


def refusals(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Describe the error answers of a route for `/openapi.json`."""
    models: dict[int, Any] = {401: NoEntry, 429: NoEntry, 422: Invalid}
    return {code: {"model": models.get(code, Problem), "description": SENTENCES[code]} for code in codes}


def guarded(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Describe the error answers of a route that needs a credential."""
    return refusals(*sorted({401, 413, 422, 503, *codes}))
