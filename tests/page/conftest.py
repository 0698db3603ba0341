"""The pilot page in a real browser, on the reference system as the stack starts it."""

import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from countersign.evidence import Recorder, Redactor
from countersign.systems.chattrain.page import PilotPage
from countersign.transport.browser import Browser, find_browser

ROOT = Path(__file__).parents[2]
READY_WITHIN = 40.0
ENDED_WITHIN = 20.0


@dataclass(frozen=True)
class Reference:
    """The running reference: where ChatTrain and MedAssist are, and the control API of the stack."""

    url: str
    control_url: str
    control_token: str
    medassist: Mapping[str, Any]

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the control API; answers when the change is in force."""
        request = urllib.request.Request(
            f"{self.control_url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.control_token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def get(self, path: str) -> Any:
        """Read a route of ChatTrain."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=10) as answer:
            return json.loads(answer.read())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # One a module and not one a run: while synchronous Playwright runs, no other test can use asyncio.
    choice = find_browser()
    if choice is None:
        pytest.skip("no browser here; `python -m countersign.suite.browser_setup` brings one")
    with Browser(choice) as started:
        yield started


@pytest.fixture(scope="session")
def reference() -> Iterator[Reference]:
    stack = subprocess.Popen(
        [sys.executable, "-m", "reference", "up", "--systems", "chattrain,medassist"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        ready = json.loads(_first_line(stack))
        system, control = ready["systems"]["chattrain"], ready["control"]
        yield Reference(
            system["page_url"] or system["url"], control["url"], control["token"], ready["systems"]["medassist"]
        )
    finally:
        assert stack.stdin is not None
        stack.stdin.close()
        try:
            stack.wait(ENDED_WITHIN)
        except subprocess.TimeoutExpired:
            stack.kill()
            stack.wait()
            raise


@pytest.fixture
def page_for(browser: Browser, reference: Reference) -> Iterator[Callable[..., PilotPage]]:
    """Give a function that opens a fresh window with the page driver on it; all are closed at the end."""
    opened: list[PilotPage] = []

    def make(actor: str = "Ben", size: tuple[int, int] = (1280, 800)) -> PilotPage:
        window = browser.window(
            reference.url, system="chattrain", actor=actor, recorder=Recorder(Redactor()), size=size
        )
        opened.append(PilotPage(window))
        return opened[-1]

    yield make
    for page in opened:
        page.window.close()


@pytest.fixture
def page(page_for: Callable[..., PilotPage]) -> PilotPage:
    return page_for()


@pytest.fixture
def name() -> str:
    """Give a user name of this test alone: rates are limited per user."""
    return f"pilot_user_1-{time.monotonic_ns()}"


def _first_line(stack: "subprocess.Popen[str]") -> str:
    assert stack.stdout is not None
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.append(stack.stdout.readline()), daemon=True)  # type: ignore[union-attr]
    reader.start()
    reader.join(READY_WITHIN)
    if not lines or not lines[0].strip():
        stack.kill()
        pytest.fail(f"the reference was not ready within {READY_WITHIN:.0f} s (exit code {stack.poll()})")
    return lines[0]
