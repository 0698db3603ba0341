"""Start programs of the reference on their own, and end them for sure; the scripted AI is one of them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from reference.common import tether

ROOT = Path(__file__).parents[2]
READY_WITHIN = 10.0


def tied(*command: str) -> list[str]:
    """Give the command that runs `command` so that it ends with these tests, however they end."""
    return [sys.executable, "-I", "-S", tether.__file__, str(os.getpid()), *command]


def until(question: Callable[[], bool], what: str, within: float) -> None:
    """Wait until `question` is true; fail with `what` if it never is."""
    end = time.monotonic() + within
    while not question():
        assert time.monotonic() < end, f"not within {within:g} s: {what}"
        time.sleep(0.02)


class Program:
    """A program of the reference on a free port of the loopback, stopped for sure."""

    def __init__(self, module: str, folder: Path, settings: Mapping[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._module = module
        self._settings = dict(settings)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it and wait until it answers. Gives the seconds that took."""
        began = time.monotonic()
        environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(self.port), **self._settings}
        self.process = subprocess.Popen(tied(sys.executable, "-m", self._module), cwd=ROOT, env=environment)
        until(self._answers, f"{self._module} answers", READY_WITHIN)
        return time.monotonic() - began

    def end(self, number: signal.Signals) -> float:
        """End it with a signal and wait for it. Gives the seconds that took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(number)
        try:
            self.process.wait(READY_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        return time.monotonic() - began

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"{self._module} ended with {self.process.returncode}"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process is not None and self.process.poll() is None:
            self.end(signal.SIGTERM)


class AiProcess(Program):
    """The scripted AI."""

    TOKEN = "control-of-the-tests"

    def __init__(self, folder: Path) -> None:
        super().__init__("reference.ai", folder, {"CONTROL_TOKEN": self.TOKEN})

    def control(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Call a control route."""
        headers = {"Authorization": f"Bearer {self.TOKEN}"}
        return httpx.request(method, f"{self.url}/control/{path}", json=body, headers=headers)

    def calls_with(self, mark: str) -> list[dict[str, Any]]:
        """Give the calls whose last message holds `mark`."""
        headers = {"Authorization": f"Bearer {self.TOKEN}"}
        calls = httpx.get(f"{self.url}/control/calls", headers=headers).json()["calls"]
        return [call for call in calls if mark in call["messages"][-1]["content"]]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
