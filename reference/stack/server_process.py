"""A server that one system brings along: a dependency with a process and a port of its own."""

from pathlib import Path

from reference.stack.entry import Place, ServerEntry
from reference.stack.ports import Reservation
from reference.stack.process import ManagedProcess
from reference.stack.readiness import until_listening, until_ready


class ServerProcess:
    """A server on a port that stays the same while it is stopped and started."""

    def __init__(self, entry: ServerEntry) -> None:
        """Reserve a port; nothing runs yet."""
        self.entry = entry
        self._reserved = Reservation()
        self._process: ManagedProcess | None = None
        self._variables: dict[str, str] = {}

    @property
    def port(self) -> int:
        """Port of the server."""
        return self._reserved.number

    @property
    def process(self) -> ManagedProcess:
        """The process; it can be had once the server was placed."""
        if self._process is None:
            raise RuntimeError(f"{self.entry.name} was not placed")
        return self._process

    @property
    def state(self) -> str:
        """`running`, `paused` or `stopped`."""
        return self.process.state

    def place(self, system: str, place: Place) -> None:
        """Prepare the process for the place of its system."""
        program, *arguments = self.entry.command(place, self.port)
        output: Path = place.folder / f"{self.entry.name}.log"
        self._process = ManagedProcess(f"{self.entry.name} of {system}", arguments, output, program)
        self._variables = dict(self.entry.variables(place, self.port))

    async def start(self) -> None:
        """Start the server and wait until it can be used; a paused one goes on, a running one is left alone."""
        if self.process.state == "paused":
            await self.process.resume()
        if self.process.state == "stopped":
            await self.process.start(self._variables)
        if self.entry.ready_path is None:
            await until_listening(self.process, self.port)
        else:
            await until_ready(self.process, self.port, self.entry.ready_path)

    async def stop(self) -> None:
        """End the process: callers are refused."""
        await self.process.stop()

    async def pause(self) -> None:
        """Freeze the process."""
        await self.process.pause()

    async def resume(self) -> None:
        """Let the process go on."""
        await self.process.resume()

    def release(self) -> None:
        """Give the port back."""
        self._reserved.release()
