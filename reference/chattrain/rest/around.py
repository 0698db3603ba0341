"""What stands around every HTTP request: accounting, the last resort, headers, and a limit on bodies."""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware

from reference.chattrain.logbook import Logbook
from reference.chattrain.metrics import Metrics
from reference.chattrain.settings import Settings
from reference.common.answers import detail

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Layer = Callable[[AsgiApp], AsgiApp]
"""Puts something around an application."""

LARGEST_BODY = 2**20
TOO_LARGE = "The body of a request may hold at most 1 MiB."
UNMATCHED = "unmatched"


def accounting(metrics: Metrics, logbook: Logbook) -> Layer:
    """Count and log every answer under the template of its route."""

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            began, code = time.monotonic(), 500

            async def watch(message: Message) -> None:
                nonlocal code
                if message["type"] == "http.response.start":
                    code = message["status"]
                await send(message)

            try:
                await app(scope, receive, watch)
            finally:
                route = getattr(scope.get("route"), "path", UNMATCHED)
                session = (scope.get("path_params") or {}).get("id")
                metrics.request(route, code)
                logbook.request(scope["method"], route, code, time.monotonic() - began, session)

        return around

    return layer


def last_resort(logbook: Logbook) -> Layer:
    """Answer an unexpected error with one sentence, and log its kind and place but never its text."""

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            begun = False

            async def watch(message: Message) -> None:
                nonlocal begun
                begun = True
                await send(message)

            try:
                await app(scope, receive, watch)
            except Exception as error:  # noqa: BLE001 - nothing of an error may reach the outside
                logbook.trouble("error", error)
                if scope["type"] == "http" and not begun:
                    await detail(500, "The server could not handle this request.")(scope, receive, send)

        return around

    return layer


def safe_headers(app: AsgiApp) -> AsgiApp:
    """Forbid browsers to guess types and to tell other sites where they came from."""

    async def around(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
            await send(message)

        await app(scope, receive, with_headers if scope["type"] == "http" else send)

    return around


def own_origins_only(settings: Settings) -> Layer:
    """Let pages of the allowed origins, and of no others, read the API; never with credentials."""

    def layer(app: AsgiApp) -> AsgiApp:
        return CORSMiddleware(
            app,
            allow_origins=sorted(settings.origins),
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Content-Type", "X-Session-Token", "X-Operator-Key"],
            expose_headers=["ETag", "Retry-After"],
        )

    return layer


def limited_bodies(app: AsgiApp) -> AsgiApp:
    """Refuse bodies above 1 MiB, announced or not, with 413."""

    async def around(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdigit() or int(announced) > LARGEST_BODY:
            await detail(413, TOO_LARGE)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > LARGEST_BODY:
                raise HTTPException(413, TOO_LARGE)
            return message

        await app(scope, counted, send)

    return around
