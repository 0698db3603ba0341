"""What stands around every HTTP request: a number, counts, headers, limits, foreign origins, the last resort."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from reference.common import around as common
from reference.common.answers import PlainJson
from reference.common.around import AsgiApp, Layer, Message, Receive, Scope, Send
from reference.common.ids import fresh_id
from reference.modelhub.logbook import Logbook
from reference.modelhub.refusals import Refused
from reference.modelhub.rest.answers import SENTENCES, TOO_LARGE, refusal_answer

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

UNMATCHED = "unmatched"
LARGEST_IMAGE_BODY = 12 * 2**20
LARGEST_HEADER = 128
MOST_AT_ONCE = 400

Counted = Callable[[str, str, int, float], None]


def numbered(counted: Counted) -> Layer:
    """Give every request a number, its own if it brought one, and count the answer under its route's template."""

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            given = Headers(scope=scope).get("x-request-id", "")
            usable = 1 <= len(given) <= LARGEST_HEADER and given.isascii() and given.isprintable()
            number, began, status = given if usable else fresh_id(), time.monotonic(), 500
            scope.setdefault("state", {})["request_id"] = number

            async def watch(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    MutableHeaders(scope=message)["X-Request-ID"] = number
                await send(message)

            try:
                await app(scope, receive, watch)
            finally:
                route = getattr(scope.get("route"), "path", UNMATCHED)
                method = scope["method"] if route != UNMATCHED else "OTHER"
                counted(str(route), str(method), status, time.monotonic() - began)

        return around

    return layer


def last_resort(logbook: Logbook) -> Layer:
    """Answer an unexpected error with one sentence, and log its kind and place but never its text."""

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            body = {"detail": SENTENCES[500], "code": "INTERNAL", "hint": "Try again.", "request_id": _number(scope)}
            resort = common.last_resort(lambda error: logbook.trouble("error", error), lambda: PlainJson(body, 500))
            await resort(app)(scope, receive, send)

        return around

    return layer


def _number(scope: Scope) -> str:
    return str(scope.get("state", {}).get("request_id", ""))


safe_headers = common.with_headers(
    lambda scope: {
        **common.SAFE_HEADERS,
        "X-Frame-Options": "DENY",
        **({"Cache-Control": "no-store"} if str(scope["path"]).startswith("/api") else {}),
    }
)
"""Forbid browsers to guess types, to show the hub inside other sites, and to keep what the API says."""


def limited_bodies(app: AsgiApp) -> AsgiApp:
    """Refuse bodies above 1 MiB with 413, those of forms with an image above 12 MiB."""

    async def around(scope: Scope, receive: Receive, send: Send) -> None:
        def too_large() -> Response:
            return refusal_answer(Refused(413, TOO_LARGE, "TOO_LARGE", "Send less at once."), _number(scope))

        form = scope["type"] == "http" and Headers(scope=scope).get("content-type", "").startswith("multipart/")
        limited = common.limited_bodies(too_large, *((LARGEST_IMAGE_BODY,) if form else ()))
        await limited(app)(scope, receive, send)

    return around


def allowed_origins_only(origins: tuple[str, ...]) -> Layer:
    """Let pages of the allowed origins, and of no others, read the API."""

    def layer(app: AsgiApp) -> AsgiApp:
        return CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-Request-ID"],
            expose_headers=["Retry-After", "X-Request-ID"],
        )

    return layer


def not_overrun(parts: "Parts") -> Layer:
    """Turn requests away politely when too many are open; health is always answered."""

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or str(scope["path"]).endswith("/health"):
                await app(scope, receive, send)
                return
            if parts.load.open >= MOST_AT_ONCE:
                refused = Refused(
                    503, "Too many requests at once.", "OVERLOADED", "Try again in a moment.", retry_after=1
                )
                await refusal_answer(refused, scope["state"]["request_id"])(scope, receive, send)
                return
            parts.load.open += 1
            try:
                await app(scope, receive, send)
            finally:
                parts.load.open -= 1

        return around

    return layer
