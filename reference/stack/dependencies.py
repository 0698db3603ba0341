"""What a system depends on, each under its name, with the same four actions."""

from typing import Protocol

from reference.stack.ai_process import AiProcess
from reference.stack.database_lock import DatabaseLock
from reference.stack.errors import Beyond, NotNow


class Dependency(Protocol):
    """Something a system needs. Each action returns when it is in force, and may be repeated."""

    @property
    def state(self) -> str:
        """`running`, `paused` or `stopped`."""

    async def stop(self) -> None:
        """Make it unusable; callers notice at once."""

    async def start(self) -> None:
        """Make it usable again, with all its data."""

    async def pause(self) -> None:
        """Let it hang: it takes calls and answers none."""

    async def resume(self) -> None:
        """Let it go on."""


class DatabaseDependency:
    """A SQLite file, held so that nobody can use it."""

    def __init__(self, lock: DatabaseLock, *, can_pause: bool = False) -> None:
        """Take the lock of the system's database file; `can_pause` where callers wait long enough to call it so."""
        self._lock = lock
        self._can_pause = can_pause
        self._paused = False

    @property
    def state(self) -> str:
        """`stopped` or `paused` while the file is held."""
        if not self._lock.held:
            return "running"
        return "paused" if self._paused else "stopped"

    async def stop(self) -> None:
        """Hold the file."""
        await self._lock.hold()
        self._paused = False

    async def start(self) -> None:
        """Let the file go."""
        self._lock.release()

    async def pause(self) -> None:
        """Hold the file, so that callers wait for it; refused where a system would not call that waiting."""
        if not self._can_pause:
            raise NotNow("a SQLite file cannot be paused, only stopped: callers wait for its lock and then give up")
        await self._lock.hold()
        self._paused = True

    async def resume(self) -> None:
        """Let a paused file go."""
        if not self._can_pause:
            raise NotNow("a SQLite file cannot be paused or resumed: use stop and start")
        if self._paused:
            self._lock.release()
            self._paused = False


class OwnersDatabase:
    """A database that the user named by its URL: whoever runs it stops it, the stack cannot."""

    state = "running"

    async def stop(self) -> None:
        """Raise Beyond."""
        raise Beyond("the database was given by its URL: the stack did not start it and cannot hurt it")

    start = pause = resume = stop


class AiDependency:
    """The scripted AI's process."""

    def __init__(self, ai: AiProcess) -> None:
        """Take the stack's AI."""
        self._ai = ai

    @property
    def state(self) -> str:
        """State of the process."""
        return self._ai.process.state

    async def stop(self) -> None:
        """End the process: callers are refused. Its record of calls and its default behaviour are lost."""
        async with self._ai.changing:
            await self._ai.process.stop()

    async def start(self) -> None:
        """Start the process on the same port; one that is paused goes on."""
        async with self._ai.changing:
            if self._ai.process.state == "paused":
                await self._ai.process.resume()
            await self._ai.start()

    async def pause(self) -> None:
        """Freeze the process."""
        async with self._ai.changing:
            await self._ai.process.pause()

    async def resume(self) -> None:
        """Let the process go on."""
        async with self._ai.changing:
            await self._ai.process.resume()
