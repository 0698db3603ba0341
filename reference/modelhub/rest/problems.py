"""Turn errors into the contract's answers, so that no route leaks anything else."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from reference.common.answers import PlainJson, validation_detail
from reference.common.database import DatabaseUnavailable
from reference.modelhub.refusals import Refused, Unreadable, database_down
from reference.modelhub.rest.answers import SENTENCES, TOO_LARGE, refusal_answer, request_id

_CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 413: "TOO_LARGE"}


class Problems:
    """Words the error answers of the API."""

    def refused(self, request: Request, refused: Refused) -> Response:
        """Word a refusal of ours."""
        return refusal_answer(refused, request_id(request))

    def routing(self, request: Request, error: HTTPException) -> Response:
        """Word a refusal of the framework."""
        if error.status_code == 400:
            return self.unreadable(Unreadable(["body"], "The body cannot be read as JSON.", None, "json_invalid"))
        sentence = TOO_LARGE if error.status_code == 413 else SENTENCES.get(error.status_code, SENTENCES[400])
        code = _CODES.get(error.status_code, "REFUSED")
        hint = "See /docs for the addresses and what they take."
        return refusal_answer(Refused(error.status_code, sentence, code, hint), request_id(request))

    def unreadable(self, error: Unreadable) -> Response:
        """Word input that breaks a rule of ours."""
        return PlainJson({"detail": error.detail}, 422)

    def invalid(self, error: RequestValidationError) -> Response:
        """Word input that breaks a rule of a shape."""
        return PlainJson({"detail": [_short(each) for each in validation_detail(error.errors())]}, 422)

    def unavailable(self, request: Request) -> Response:
        """Word that the database cannot be used."""
        return refusal_answer(database_down(), request_id(request))


def install(app: FastAPI, problems: Problems) -> None:
    """Let `problems` word the errors of `app`."""

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> Response:
        return problems.refused(request, error)

    @app.exception_handler(HTTPException)
    async def routing(request: Request, error: HTTPException) -> Response:
        return problems.routing(request, error)

    @app.exception_handler(Unreadable)
    async def unreadable(_: Request, error: Unreadable) -> Response:
        return problems.unreadable(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        return problems.invalid(error)

    @app.exception_handler(DatabaseUnavailable)
    async def unavailable(request: Request, _: DatabaseUnavailable) -> Response:
        return problems.unavailable(request)


def _short(problem: dict[str, object]) -> dict[str, object]:
    shown = problem.get("input")
    if "password" in str(problem["loc"]).lower() or len(str(shown)) > 200:
        return {**problem, "input": None}
    return problem
