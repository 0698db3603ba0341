"""The page, the description of the API, and the sockets."""

import asyncio

from fastapi import APIRouter, WebSocket
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from reference.modelhub.parts import Parts
from reference.modelhub.refusals import missing
from reference.modelhub.rest.answers import refusals


def page_routes(parts: Parts) -> APIRouter:
    """Give the routes of the pages."""
    router = APIRouter(tags=["pages"])

    @router.get("/manage", response_class=HTMLResponse, responses=refusals(404))
    async def manage() -> Response:
        return await _file(parts, "index.html")

    @router.get("/docs", response_class=HTMLResponse, responses=refusals(404))
    async def docs() -> Response:
        return await _file(parts, "docs.html")

    @router.get("/page/{name:path}", include_in_schema=False)
    async def file(name: str) -> Response:
        return await _file(parts, name)

    @router.get("/favicon.ico", include_in_schema=False)
    async def icon() -> Response:
        return await _file(parts, "icon.svg")

    return router


def socket_routes(parts: Parts) -> APIRouter:
    """Give the two sockets."""
    router = APIRouter()

    @router.websocket("/ws")
    async def plain(socket: WebSocket) -> None:
        await parts.sockets.serve(socket, False, parts.plain_talk.talk)

    @router.websocket("/api/v1/ws")
    async def topics(socket: WebSocket) -> None:
        await parts.sockets.serve(socket, True, parts.topic_talk.talk)

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
