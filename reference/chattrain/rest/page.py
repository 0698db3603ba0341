"""The pilot page and the metrics: what is served beside the API."""

import asyncio

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from reference.chattrain.metrics import CONTENT_TYPE
from reference.chattrain.parts import Parts
from reference.chattrain.rest.answers import refusals


def page_routes(parts: Parts) -> APIRouter:
    """Give the routes of the page and of the metrics."""
    router = APIRouter()

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> Response:
        return Response(parts.metrics.exposition(), headers={"Content-Type": CONTENT_TYPE})

    @router.head("/", include_in_schema=False)
    @router.get("/", response_class=HTMLResponse, responses=refusals(404))
    async def page() -> Response:
        return await _file(parts, "index.html")

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
        raise HTTPException(404, "There is no such page.")
    return Response(
        found.content,
        headers={
            "Content-Type": found.media_type,
            "Content-Security-Policy": parts.page.policy,
            "Cache-Control": "no-cache",
        },
    )
