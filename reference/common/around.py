"""Layers that stand around every HTTP request of a system."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Layer = Callable[[AsgiApp], AsgiApp]
"""Puts something around an application."""

LARGEST_BODY = 2**20
TOO_LARGE = "The body of a request may hold at most 1 MiB."
SAFE_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def with_headers(chosen: Callable[[Scope], Mapping[str, str]]) -> Layer:
    """Add to every HTTP answer the headers that `chosen` gives for its request, unless it has them already."""

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            async def adding(message: Message) -> None:
                if message["type"] == "http.response.start":
                    headers = MutableHeaders(scope=message)
                    for name, value in chosen(scope).items():
                        headers.setdefault(name, value)
                await send(message)

            await app(scope, receive, adding if scope["type"] == "http" else send)

        return around

    return layer


def last_resort(trouble: Callable[[BaseException], None], refusal: Callable[[], Response]) -> Layer:
    """Answer an unexpected error with `refusal`, and give the error to `trouble`."""

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
                trouble(error)
                if scope["type"] == "http" and not begun:
                    await refusal()(scope, receive, send)

        return around

    return layer


def limited_bodies(refusal: Callable[[], Response], largest: int = LARGEST_BODY) -> Layer:
    """Refuse bodies above `largest` bytes: announced ones with `refusal`, others with HTTPException 413."""

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            announced = Headers(scope=scope).get("content-length", "0")
            if not announced.isdigit() or int(announced) > largest:
                await refusal()(scope, receive, send)
                return
            seen = 0

            async def counted() -> Message:
                nonlocal seen
                message = await receive()
                seen += len(message.get("body", b""))
                if seen > largest:
                    raise HTTPException(413, TOO_LARGE)
                return message

            await app(scope, counted, send)

        return around

    return layer
