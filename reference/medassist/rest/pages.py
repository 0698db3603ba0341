"""The pages of patients and nurses."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from reference.common.page_answers import answer_with
from reference.medassist.parts import Parts
from reference.medassist.refusals import missing
from reference.medassist.rest.answers import refusals


def page_routes(parts: Parts) -> APIRouter:
    """Give the routes of the pages."""
    router = APIRouter()

    async def file_of(name: str) -> Response:
        return await answer_with(parts.page, name, lambda: missing("page"))

    @router.get("/patient", response_class=HTMLResponse, responses=refusals(404))
    async def patient() -> Response:
        return await file_of("patient.html")

    @router.get("/nurse", response_class=HTMLResponse, responses=refusals(404))
    async def nurse() -> Response:
        return await file_of("nurse.html")

    @router.get("/page/{name:path}", include_in_schema=False)
    async def file(name: str) -> Response:
        return await file_of(name)

    @router.get("/favicon.ico", include_in_schema=False)
    async def icon() -> Response:
        return await file_of("icon.svg")

    return router
