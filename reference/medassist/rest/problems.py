"""Turn every refusal and every trouble into the common error body."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.common.database import DatabaseUnavailable
from reference.medassist.refusals import Refused
from reference.medassist.rest.answers import field_problems, problem, refusal_answer, unavailable_answer

_WORDS = {
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    413: "The body of a request may hold at most 1 MiB.",
}


class Problems:
    """Words the error answers of the API."""

    def refused(self, refused: Refused) -> Response:
        """Word a refusal of ours."""
        return refusal_answer(refused)

    def routing(self, error: HTTPException) -> Response:
        """Word a refusal of the framework."""
        if error.status_code == 400:
            details = [{"type": "json_invalid", "loc": ["body"], "msg": "The body cannot be read as JSON."}]
            return PlainJson(problem(422, "Validation error", details=details), 422)
        sentence = _WORDS.get(error.status_code, "The request cannot be carried out.")
        return PlainJson(problem(error.status_code, sentence), error.status_code, error.headers)

    def invalid(self, error: RequestValidationError) -> Response:
        """Word input that breaks a rule."""
        return PlainJson(problem(422, "Validation error", details=field_problems(error.errors())), 422)

    def unavailable(self) -> Response:
        """Word that the database cannot be used."""
        return unavailable_answer()

    def unexpected(self) -> Response:
        """Word an error of ours."""
        return PlainJson(problem(500, "The server could not handle this request."), 500)


def install(app: FastAPI, problems: Problems) -> None:
    """Let `problems` word the errors of `app`."""

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> Response:
        return problems.refused(error)

    @app.exception_handler(HTTPException)
    async def routing(_: Request, error: HTTPException) -> Response:
        return problems.routing(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        return problems.invalid(error)

    @app.exception_handler(DatabaseUnavailable)
    async def unavailable(_: Request, __: DatabaseUnavailable) -> Response:
        return problems.unavailable()

    @app.exception_handler(Exception)
    async def unexpected(_: Request, __: Exception) -> Response:
        # Without this the framework answers in plain text, before the last resort around it sees the error.
        return problems.unexpected()
