"""Serve a reference system on the port it was given, quietly."""

import contextlib
import socket
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import uvicorn

AsgiApp = Callable[[Any, Any, Any], Awaitable[None]]

LARGEST_FRAME = 2**20
PING_SECONDS = 20.0
PATIENCE_AT_THE_END = 2
STARTUP_FAILED = 3


class Listening(Protocol):
    """What `serve` needs to know of a system's settings."""

    @property
    def host(self) -> str:
        """Address to listen on."""

    @property
    def port(self) -> int:
        """Port to listen on. The stack keeps it reserved (bound, not listening), so binding it plainly works."""


def serve(
    app: AsgiApp,
    settings: Listening,
    *,
    largest_frame: int = LARGEST_FRAME,
    before_end: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Serve `app` on `settings.host` and `settings.port` until SIGTERM or SIGINT.

    Only warnings and errors are printed (to standard error); nothing is printed per request. WebSocket frames above
    `largest_frame` bytes close the connection with 1009. The server pings every 20 s and gives up on a silent peer
    60 s later; frames are small and not compressed. At the end `before_end` is awaited while everything is still
    served; then open requests and sockets get two seconds.
    """
    config = uvicorn.Config(
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
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=PATIENCE_AT_THE_END,
    )
    server = _Server(config, before_end)
    with contextlib.suppress(KeyboardInterrupt):  # the server has ended in good order; only the signal is left
        server.run()
    if not server.started:
        sys.exit(STARTUP_FAILED)


class _Server(uvicorn.Server):
    """A server with something to do before it closes its doors."""

    def __init__(self, config: uvicorn.Config, before_end: Callable[[], Awaitable[None]] | None) -> None:
        super().__init__(config)
        self._before_end = before_end

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._before_end is not None:
            await self._before_end()
        await super().shutdown(sockets)
