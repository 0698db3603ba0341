"""What stands around every HTTP request: accounting, the last resort, headers, and a limit on bodies."""

import time

from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from reference.chattrain.logbook import Logbook
from reference.chattrain.metrics import Metrics
from reference.chattrain.settings import Settings
from reference.common import around as common
from reference.common.answers import detail
from reference.common.around import AsgiApp, Layer, Message, Receive, Scope, Send

__all__ = ["AsgiApp", "Layer", "accounting", "last_resort", "limited_bodies", "own_origins_only", "safe_headers"]

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
    return common.last_resort(
        lambda error: logbook.trouble("error", error),
        lambda: detail(500, "The server could not handle this request."),
    )


safe_headers = common.with_headers(lambda _: common.SAFE_HEADERS)
"""Forbid browsers to guess types and to tell other sites where they came from."""


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


def _too_large() -> Response:
    return detail(413, common.TOO_LARGE)


limited_bodies = common.limited_bodies(_too_large)
"""Refuse bodies above 1 MiB, announced or not, with 413."""
