"""Predictions begin one after the other, so that a crowd of them leaves room for everything else."""

import asyncio
from collections import deque

from reference.common.around import AsgiApp, Receive, Scope, Send


class Turns:
    """Lets one in per round of the event loop: what is at work already, and every other request, comes in between."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def wait(self) -> None:
        """Wait for one's turn."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        if len(self._waiting) == 1:
            asyncio.get_running_loop().call_soon(self._next)
        await mine

    def _next(self) -> None:
        first = self._waiting.popleft()
        if not first.done():
            first.set_result(None)
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._next)


def predictions_in_turn(app: AsgiApp) -> AsgiApp:
    """Let predictions wait for their turn, and everything else through."""
    turns = Turns()

    async def around(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _is_prediction(scope["path"]):
            await turns.wait()
        await app(scope, receive, send)

    return around


def _is_prediction(path: str) -> bool:
    return path.startswith("/api/models/") and path.endswith("/predict")
