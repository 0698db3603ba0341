"""One child process: started on a tether, its output in a file, ended for sure."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Literal

from reference.common import tether
from reference.stack.errors import NotNow, TooLate

ROOT = Path(__file__).parents[2]
PATIENCE = 5.0
ENDED_BY_SIGTERM = 10.0
POLL = 0.01

State = Literal["running", "paused", "stopped"]

_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


async def spawn(
    arguments: Sequence[str],
    variables: Mapping[str, str],
    output: int | IO[bytes],
    complaints: int | IO[bytes],
    program: str = sys.executable,
) -> asyncio.subprocess.Process:
    """Run `program` (the Python interpreter) with `arguments` as a child on a tether.

    Call it from the main thread: the tether is tied to the thread that starts the child. The child gets a short
    environment of its own, so that settings in the user's shell do not reach it, and its own process group, so that
    Ctrl-C reaches the stack alone.
    """
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", tether.__file__, str(os.getpid())),
        *(program, *arguments),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=output,
        stderr=complaints,
        cwd=ROOT,
        env={**kept, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), **variables},
        start_new_session=True,
    )


class ManagedProcess:
    """A child process under a name, started and ended many times."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        output: Path,
        program: str = sys.executable,
        *,
        ended_by: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Name what `program` (the Python interpreter) is to run; what it prints is appended to `output`.

        `ended_by` is the signal that asks it for an orderly end.
        """
        self.name = name
        self.output = output
        self._command = tuple(command)
        self._program = program
        self._ended_by = ended_by
        self._process: asyncio.subprocess.Process | None = None
        self._paused = False

    @property
    def state(self) -> State:
        """Whether the process runs, is paused, or is not there."""
        if self._process is None or self._process.returncode is not None:
            return "stopped"
        return "paused" if self._paused else "running"

    @property
    def pid(self) -> int | None:
        """The process id, None while it is stopped."""
        return self._process.pid if self._process is not None and self.state != "stopped" else None

    @property
    def exit_code(self) -> int | None:
        """How the last process ended (negative: by that signal), None if it runs or never ran."""
        return self._process.returncode if self._process is not None else None

    async def start(self, variables: Mapping[str, str]) -> None:
        """Start the program with these environment variables."""
        if self.state != "stopped":
            raise NotNow(f"{self.name} is {self.state} already")
        self.output.parent.mkdir(parents=True, exist_ok=True)
        with self.output.open("ab") as output:
            self._process = await spawn(self._command, variables, output, output, self._program)
        self._paused = False

    async def ended(self) -> int:
        """Wait until the process has ended; give its exit code."""
        if self._process is None:
            raise NotNow(f"{self.name} was never started")
        return await self._process.wait()

    async def terminate(self) -> None:
        """Send SIGTERM and wait for the end. Raises TooLate if the process does not obey within 10 s."""
        if self.state == "paused":
            raise NotNow(f"{self.name} is paused and cannot obey SIGTERM: resume it, or kill it")
        self._send(signal.SIGTERM)
        await self._end_within(ENDED_BY_SIGTERM, "SIGTERM")

    async def kill(self) -> None:
        """Send SIGKILL and wait for the end."""
        self._send_all(signal.SIGKILL)
        await self._end_within(PATIENCE, "SIGKILL")

    async def stop(self, patience: float = PATIENCE) -> None:
        """End the process in good order, or with SIGKILL if it has not ended after `patience` seconds."""
        self._send(self._ended_by)
        if self._paused:
            self._send_all(signal.SIGCONT)
        try:
            await self._end_within(patience, self._ended_by.name)
        except TooLate:
            await self.kill()

    async def pause(self) -> None:
        """Freeze the process with its children (SIGSTOP)."""
        self._need_life("pause")
        self._send(signal.SIGSTOP)
        await self._until(frozen=True, children=False)
        # Only now: a process that is frozen starts no more children.
        self._send_all(signal.SIGSTOP)
        await self._until(frozen=True, children=True)
        self._paused = True

    async def resume(self) -> None:
        """Let a paused process go on with its children (SIGCONT)."""
        self._need_life("resume")
        self._send_all(signal.SIGCONT)
        await self._until(frozen=False, children=True)
        self._paused = False

    def tail(self, lines: int = 20) -> list[str]:
        """Give the last lines of what the process printed."""
        return last_lines(self.output, lines)

    def _need_life(self, action: str) -> None:
        if self.state == "stopped":
            raise NotNow(f"cannot {action} {self.name}: it is not running; start it first")

    def _send(self, number: signal.Signals) -> None:
        if self._process is not None and self.state != "stopped":
            with contextlib.suppress(ProcessLookupError):  # it ended a moment ago
                os.killpg(self._process.pid, number)

    def _send_all(self, number: signal.Signals) -> None:
        # Children of a database server have process groups of their own.
        children = _children(self._process.pid) if self._process is not None and self.state != "stopped" else []
        self._send(number)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, number)

    async def _end_within(self, seconds: float, asked: str) -> None:
        if self._process is None:
            return
        try:
            await asyncio.wait_for(self._process.wait(), seconds)
        except TimeoutError:
            raise TooLate(f"{self.name} still runs {seconds:g} s after {asked}") from None
        self._paused = False

    async def _until(self, *, frozen: bool, children: bool) -> None:
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while self.pid is not None:
            pids = [self.pid, *(_children(self.pid) if children else [])]
            if all(_is_frozen(pid) is frozen for pid in pids if _is_alive(pid)):
                break
            if asyncio.get_running_loop().time() > deadline:
                raise TooLate(f"{self.name} did not {'freeze' if frozen else 'go on'} within {PATIENCE:g} s")
            await asyncio.sleep(POLL)
        self._need_life("pause" if frozen else "resume")


def last_lines(path: Path, lines: int, most_bytes: int = 256 * 1024) -> list[str]:
    """Give the last lines of a text file (none if it is missing), looking at no more than its last `most_bytes`."""
    if not path.is_file() or lines < 1:
        return []
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - most_bytes))
        return file.read().decode(errors="replace").splitlines()[-lines:]


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended a moment ago
            found += map(int, task.read_text().split())
    return found


def _is_frozen(pid: int) -> bool:
    return _status(pid) == "T"


def _is_alive(pid: int) -> bool:
    return _status(pid) not in ("", "Z", "X")


def _status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""
