"""Ports that stay ours while a system is down."""

import socket
from types import TracebackType

LOOPBACK = "127.0.0.1"


class Reservation:
    """A free loopback port, kept by a socket that is bound and never listens.

    A server binds the same port with SO_REUSEADDR (asyncio and uvicorn do). While no server listens, callers are
    refused at once; nobody else is given the port meanwhile.
    """

    def __init__(self) -> None:
        """Take a free port."""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((LOOPBACK, 0))
        self.number: int = self._socket.getsockname()[1]

    @property
    def url(self) -> str:
        """The HTTP address of a server on this port."""
        return f"http://{LOOPBACK}:{self.number}"

    def release(self) -> None:
        """Give the port back."""
        self._socket.close()

    def __enter__(self) -> "Reservation":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()
