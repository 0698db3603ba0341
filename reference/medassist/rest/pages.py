"""The pages of patients and nurses."""

import asyncio

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from reference.medassist.parts import Parts
from reference.medassist.refusals import missing
from reference.medassist.rest.answers import refusals


def page_routes(parts: Parts) -> APIRouter:
    """Give the routes of the pages."""
    router = APIRouter()

    @router.get("/patient", response_class=HTMLResponse, responses=refusals(404))
    async def patient() -> Response:
        return await _file(parts, "patient.html")

    @router.get("/nurse", response_class=HTMLResponse, responses=refusals(404))
    async def nurse() -> Response:
        return await _file(parts, "nurse.html")

    @router.get("/page/{name:path}", include_in_schema=False)
    async def file(name: str) -> Response:
        return await _file(parts, name)

    @router.get("/favicon.ico", include_in_schema=False)
    async def icon() -> Response:
        return await _file(parts, "icon.svg")

    return router


async def _file(parts: Parts, name: str) -> Response:
    found = await asyncio.to_thread(parts.page.find, name)
    if found is None:
        raise missing("page")
    headers = {
        "Content-Type": found.media_type,
        "Content-Security-Policy": parts.page.policy,
        "Cache-Control": "no-cache",
    }
    return Response(found.content, headers=headers)
