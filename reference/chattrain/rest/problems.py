"""Turn every refusal and every trouble into a plain sentence."""

from fastapi import FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import Request

from reference.chattrain.database import DatabaseUnavailable
from reference.common.answers import PlainJson, detail, validation_detail

RETRY_AFTER_SECONDS = "2"
_ROUTING = {404: "There is nothing at this address.", 405: "This address does not take this method."}


class Problems:
    """Words the error answers of the API."""

    def refused(self, error: StarletteHTTPException) -> Response:
        """Word a refusal. Those of the router itself get a sentence of ours."""
        ours = isinstance(error, HTTPException) and error.status_code != 400
        sentence = str(error.detail) if ours else _ROUTING.get(error.status_code, "The request cannot be read.")
        return detail(error.status_code, sentence, error.headers)

    def invalid(self, error: RequestValidationError) -> Response:
        """Word input that breaks a rule."""
        return PlainJson({"detail": validation_detail(error.errors())}, 422)

    def unavailable(self) -> Response:
        """Word that the database cannot be used."""
        return detail(503, "The service cannot do this at the moment.", {"Retry-After": RETRY_AFTER_SECONDS})


def install(app: FastAPI, problems: Problems) -> None:
    """Let `problems` word the errors of `app`."""

    @app.exception_handler(StarletteHTTPException)
    async def refused(_: Request, error: StarletteHTTPException) -> Response:
        return problems.refused(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        return problems.invalid(error)

    @app.exception_handler(DatabaseUnavailable)
    async def unavailable(_: Request, __: DatabaseUnavailable) -> Response:
        return problems.unavailable()
