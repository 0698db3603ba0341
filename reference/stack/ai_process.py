"""The scripted AI as a child of the stack, shared by all its systems."""

import asyncio
import secrets
from pathlib import Path

from reference.stack.ports import LOOPBACK, Reservation
from reference.stack.process import ManagedProcess
from reference.stack.readiness import until_ready


class AiProcess:
    """The scripted AI on a port that stays the same while it is stopped and started."""

    def __init__(self, work: Path) -> None:
        """Reserve a port; nothing runs yet. What the server prints goes below `work`."""
        self.changing = asyncio.Lock()
        self._port = Reservation()
        self.token = secrets.token_urlsafe(24)
        self.process = ManagedProcess("the scripted AI", ("-m", "reference.ai"), work / "ai" / "console.log")

    @property
    def url(self) -> str:
        """Address of the server; its control routes are below `/control`."""
        return self._port.url

    @property
    def base_url(self) -> str:
        """Address that an OpenAI client takes as its base."""
        return f"{self.url}/v1"

    async def start(self) -> None:
        """Start the server and wait until it answers; nothing to do if it runs."""
        if self.process.state == "stopped":
            await self.process.start(
                {"HOST": LOOPBACK, "PORT": str(self._port.number), "CONTROL_TOKEN": self.token},
            )
        await until_ready(self.process, self._port.number, "/v1/models")

    def release(self) -> None:
        """Give the port back."""
        self._port.release()
