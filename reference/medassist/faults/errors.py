"""Faults of error answers: what bad input brings, and what the API description says about it."""

import json
from typing import Any

from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.common.around import AsgiApp, Message, Receive, Scope, Send
from reference.medassist.faults import fault
from reference.medassist.parts import Parts
from reference.medassist.rest.problems import Problems

DESCRIPTION = "/openapi.json"
FIRST_REFUSAL = 400
UNREADABLE = ("missing", "json_invalid")


@fault("bare-errors", "MA-API-01", "MA-API-02")
def bare_errors(parts: Parts) -> None:
    """Answer bad values in a body with 500, other bad input in the framework's own form, and describe no refusal."""
    parts.problems = _BareProblems()
    parts.layers.append(_without_refusals)


class _BareProblems(Problems):
    def routing(self, error: HTTPException) -> Response:
        return PlainJson({"detail": error.detail}, error.status_code, error.headers)

    def invalid(self, error: RequestValidationError) -> Response:
        if any(each["loc"][0] == "body" and each["type"] not in UNREADABLE for each in error.errors()):
            return self.unexpected()
        shown = [{key: each[key] for key in ("type", "loc", "msg")} for each in error.errors()]
        return PlainJson({"detail": jsonable_encoder(shown)}, 422)


def _without_refusals(app: AsgiApp) -> AsgiApp:
    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("path") != DESCRIPTION:
            await app(scope, receive, send)
            return
        body = b""

        async def collect(message: Message) -> None:
            nonlocal body
            body += message.get("body", b"")

        await app(scope, receive, collect)
        await PlainJson(_stripped(json.loads(body)))(scope, receive, send)

    return handle


def _stripped(description: dict[str, Any]) -> dict[str, Any]:
    for path in description["paths"].values():
        for operation in path.values():
            answers = operation["responses"]
            operation["responses"] = {code: about for code, about in answers.items() if int(code) < FIRST_REFUSAL}
    return description
