"""The pilot page and the metrics: what is served beside the API."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from reference.chattrain.metrics import CONTENT_TYPE
from reference.chattrain.parts import Parts
from reference.chattrain.rest.answers import refusals
from reference.common.page_answers import answer_with


def page_routes(parts: Parts) -> APIRouter:
    """Give the routes of the page and of the metrics."""
    router = APIRouter()

    async def file_of(name: str) -> Response:
        return await answer_with(parts.page, name, lambda: HTTPException(404, "There is no such page."))

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> Response:
        return Response(parts.metrics.exposition(), headers={"Content-Type": CONTENT_TYPE})

    @router.head("/", include_in_schema=False)
    @router.get("/", response_class=HTMLResponse, responses=refusals(404))
    async def page() -> Response:
        return await file_of("index.html")

    @router.get("/page/{name:path}", include_in_schema=False)
    async def file(name: str) -> Response:
        return await file_of(name)

    @router.get("/favicon.ico", include_in_schema=False)
    async def icon() -> Response:
        return await file_of("icon.svg")

    return router
