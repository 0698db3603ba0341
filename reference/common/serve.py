"""Serve a reference system on the port it was given, quietly."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import uvicorn

AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]

LARGEST_FRAME = 2**20
PING_SECONDS = 20.0
PATIENCE_AT_THE_END = 2


class Listening(Protocol):
    """What `serve` needs to know of a system's settings."""

    @property
    def host(self) -> str:
        """Address to listen on."""

    @property
    def port(self) -> int:
        """Port to listen on. The stack keeps it reserved (bound, not listening), so binding it plainly works."""


def serve(app: AsgiApp, settings: Listening, *, largest_frame: int = LARGEST_FRAME) -> None:
    """Serve `app` on `settings.host` and `settings.port` until SIGTERM or SIGINT.

    Only warnings and errors are printed (to standard error); nothing is printed per request. WebSocket frames above
    `largest_frame` bytes close the connection with 1009. The server pings every 20 s and gives up on a silent peer
    60 s later. Open requests and sockets get two seconds at the end.
    """
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws_max_size=largest_frame,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=3 * PING_SECONDS,
        timeout_graceful_shutdown=PATIENCE_AT_THE_END,
    )
