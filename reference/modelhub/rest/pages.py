"""The page, the description of the API, and the sockets."""

from fastapi import APIRouter, WebSocket
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from reference.common.page_answers import answer_with
from reference.modelhub.parts import Parts
from reference.modelhub.refusals import missing
from reference.modelhub.rest.answers import refusals


def page_routes(parts: Parts) -> APIRouter:
    """Give the routes of the pages."""
    router = APIRouter(tags=["pages"])

    async def file_of(name: str) -> Response:
        return await answer_with(parts.page, name, lambda: missing("page"))

    @router.get("/manage", response_class=HTMLResponse, responses=refusals(404))
    async def manage() -> Response:
        return await file_of("index.html")

    @router.get("/docs", response_class=HTMLResponse, responses=refusals(404))
    async def docs() -> Response:
        return await file_of("docs.html")

    @router.get("/page/{name:path}", include_in_schema=False)
    async def file(name: str) -> Response:
        return await file_of(name)

    @router.get("/favicon.ico", include_in_schema=False)
    async def icon() -> Response:
        return await file_of("icon.svg")

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
