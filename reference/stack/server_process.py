"""A server that one system brings along: a dependency with a process and a port of its own."""

from functools import partial
from pathlib import Path

from reference.stack.entry import Place, ServerEntry
from reference.stack.ports import Reservation
from reference.stack.process import ManagedProcess
from reference.stack.readiness import until_listening, until_ready, until_seen


class ServerProcess:
    """A server on a port that stays the same while it is stopped and started."""

    def __init__(self, entry: ServerEntry) -> None:
        """Reserve a port; nothing runs yet."""
        self.entry = entry
        self._reserved = Reservation()
        self._process: ManagedProcess | None = None
        self._place: Place | None = None
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
    def placed(self) -> Place:
        """The place of its system; it can be had once the server was placed."""
        if self._place is None:
            raise RuntimeError(f"{self.entry.name} was not placed")
        return self._place

    @property
    def state(self) -> str:
        """`running`, `paused` or `stopped`."""
        return self.process.state

    def place(self, system: str, place: Place) -> None:
        """Prepare the process for the place of its system."""
        program, *arguments = self.entry.command(place, self.port)
        output: Path = place.folder / f"{self.entry.name}.log"
        self._place = place
        self._process = ManagedProcess(
            f"{self.entry.name} of {system}", arguments, output, program, ended_by=self.entry.ended_by
        )
        self._variables = dict(self.entry.variables(place, self.port))

    async def start(self) -> None:
        """Start the server and wait until it can be used; a paused one goes on, a running one is left alone."""
        if self.process.state == "paused":
            await self.process.resume()
        if self.process.state == "stopped":
            if self.entry.prepare is not None:
                await self.entry.prepare(self.placed)
            await self.process.start(self._variables)
        if self.entry.ready is not None:
            await until_seen(self.process, partial(self.entry.ready, self.placed), "answer")
        elif self.entry.ready_path is not None:
            await until_ready(self.process, self.port, self.entry.ready_path)
        else:
            await until_listening(self.process, self.port)

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
