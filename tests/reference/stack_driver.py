"""Start a stack as a program and look at it from outside, as the suite does."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("standin_stack.py")
READY_WITHIN = 20.0
GONE_WITHIN = 10.0


def until(question: Callable[[], bool], what: str, within: float = GONE_WITHIN) -> None:
    """Wait until `question` is true; fail with `what` if it never is."""
    end = time.monotonic() + within
    while not question():
        assert time.monotonic() < end, f"not within {within:g} s: {what}"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Tell whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def environment(temporary: Path) -> dict[str, str]:
    """Give the environment of a program whose temporary files belong below `temporary`."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "SECRET_OF_THE_SHELL": "leaked"}


class RunningStack:
    """A stack of stand-ins, started as a program with a pipe as its standard input."""

    def __init__(
        self, temporary: Path, *arguments: str, systems: str = "standin", program: tuple[str, ...] = (str(PROGRAM),)
    ) -> None:
        began = time.monotonic()
        self.temporary = temporary
        self.process = subprocess.Popen(
            [sys.executable, *program, "up", "--systems", systems, *arguments],
            cwd=ROOT,
            env=environment(temporary),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.line = self._first_line()
        self.seconds = time.monotonic() - began
        self.http = httpx.Client(timeout=20)

    def _first_line(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        readable, _, _ = select.select([self.process.stdout], [], [], READY_WITHIN)
        if not readable:
            self.process.kill()
            raise AssertionError(f"no ready line within {READY_WITHIN:g} s")
        line = self.process.stdout.readline()
        assert line, f"the stack ended without a line: {self.process.stderr and self.process.stderr.read()}"
        read: dict[str, Any] = json.loads(line)
        return read

    def control(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Call the control API."""
        control = self.line["control"]
        headers = {"Authorization": f"Bearer {control['token']}"}
        return self.http.request(method, control["url"] + path, json=body, headers=headers)

    def act(self, action: str, body: Any = None, system: str = "standin") -> dict[str, Any]:
        """Do something to the process of a system; fail if it is refused."""
        answer = self.control("POST", f"/systems/{system}/process/{action}", body)
        assert answer.status_code == 200, answer.text
        read: dict[str, Any] = answer.json()
        return read

    def dependency(self, name: str, action: str) -> dict[str, Any]:
        """Do something to a dependency of the stand-in; fail if it is refused."""
        answer = self.control("POST", f"/systems/standin/dependencies/{name}/{action}")
        assert answer.status_code == 200, answer.text
        read: dict[str, Any] = answer.json()
        return read

    def state(self, system: str = "standin") -> dict[str, Any]:
        """Give the state of a system."""
        read: dict[str, Any] = self.control("GET", "/stack").json()["systems"][system]
        return read

    def url(self, system: str = "standin") -> str:
        """Give the address of a system."""
        return str(self.line["systems"][system]["url"])

    def health(self, system: str = "standin") -> int:
        """Give the status of a system's health."""
        return self.http.get(f"{self.url(system)}/api/health").status_code

    def until_health(self, system: str, status: int, within: float) -> None:
        """Wait until a system's health answers with `status`."""
        until(lambda: self.health(system) == status, f"health {status} of {system}", within)

    def note(self, text: str) -> httpx.Response:
        """Write a note into the stand-in's database."""
        return self.http.post(f"{self.url()}/notes", params={"text": text})

    def notes(self) -> Any:
        """Read the notes."""
        return self.http.get(f"{self.url()}/notes").json()

    def settings(self) -> Any:
        """Read what the stand-in found in its environment."""
        return self.http.get(f"{self.url()}/settings").json()

    def pids(self) -> list[int]:
        """Give the process ids of all children."""
        state = self.control("GET", "/stack").json()
        return [state["ai"]["pid"], *(system["pid"] for system in state["systems"].values())]

    def work(self) -> list[Path]:
        """Give the working folders that exist below the temporary folder."""
        return sorted(self.temporary.glob("countersign-stack-*"))

    def stop(self) -> int:
        """Close the standard input and give the exit code."""
        assert self.process.stdin is not None
        if not self.process.stdin.closed:
            self.process.stdin.close()
        try:
            return self.process.wait(GONE_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            raise

    def __enter__(self) -> "RunningStack":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.http.close()
        self.stop()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
