"""What stands around every HTTP request: a number, accounting, the last resort, headers, limits, the end."""

import time
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from reference.common import around as common
from reference.common.answers import PlainJson
from reference.common.around import AsgiApp, Layer, Message, Receive, Scope, Send
from reference.common.ids import fresh_id
from reference.medassist.logbook import Logbook
from reference.medassist.metrics import Metrics
from reference.medassist.rest.answers import problem, unavailable_answer

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

UNMATCHED = "unmatched"
NO_STORE = {**common.SAFE_HEADERS, "Cache-Control": "no-store"}


def accounting(metrics: Metrics, logbook: Logbook) -> Layer:
    """Number, count and log every answer under the template of its route."""

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            began, status, number = time.monotonic(), 500, fresh_id()
            state = scope.setdefault("state", {})
            state["request_id"] = number

            async def watch(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                    MutableHeaders(scope=message)["X-Request-ID"] = number
                await send(message)

            try:
                await app(scope, receive, watch)
            finally:
                route, seconds = getattr(scope.get("route"), "path", UNMATCHED), time.monotonic() - began
                method = scope["method"] if route != UNMATCHED else "OTHER"
                metrics.request(method, route, status, seconds)
                logbook.event(
                    "request",
                    "ERROR" if status >= 500 and status != 503 else "INFO",
                    request_id=number,
                    method=method,
                    route=route,
                    status=status,
                    duration_ms=round(seconds * 1000, 2),
                    user_id=state.get("user_id"),
                )

        return around

    return layer


def last_resort(logbook: Logbook) -> Layer:
    """Answer an unexpected error with one sentence, and log its kind and place but never its text."""
    return common.last_resort(
        lambda error: logbook.trouble("error", error),
        lambda: PlainJson(problem(500, "The server could not handle this request."), 500),
    )


safe_headers = common.with_headers(
    lambda scope: NO_STORE if str(scope["path"]).startswith("/api") else common.SAFE_HEADERS
)
"""Forbid browsers to guess types, to keep what the API says, and to tell other sites where they came from."""


def _too_large() -> Response:
    return PlainJson(problem(413, common.TOO_LARGE), 413)


limited_bodies = common.limited_bodies(_too_large)
"""Refuse bodies above 1 MiB, announced or not, with 413."""


def allowed_origins_only(origins: tuple[str, ...]) -> Layer:
    """Let pages of the allowed origins, and of no others, read the API; never with credentials."""

    def layer(app: AsgiApp) -> AsgiApp:
        if not origins:
            return app
        return CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Retry-After", "X-Request-ID"],
        )

    return layer


def while_alive(parts: "Parts") -> Layer:
    """Count running requests, and turn new ones away once the process is ending."""

    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            if parts.life.stopping:
                await unavailable_answer("The service is going down.")(scope, receive, send)
                return
            parts.life.begun()
            try:
                await app(scope, receive, send)
            finally:
                parts.life.ended()

        return around

    return layer
