"""Bring a browser for the page criteria: `python -m countersign.suite.browser_setup` (part of `make setup`)."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

from countersign.transport.browser.choice import SETTING, BrowserChoice, find_browser

PLAYWRIGHT_WITHIN = 180.0
PACKAGES_WITHIN = 300.0
CRITERIA = Path(__file__).parents[2] / "criteria"

Say = Callable[[str], None]
"""Where progress is told, one line a call."""


def bring_browser(say: Say = print) -> str:
    """Make sure that a browser is there, and say in one sentence which one, or what stays NOT VERIFIED without it.

    Tried in this order: one that is already there, Playwright's own download (at most 180 s), the Debian or Ubuntu
    package `chromium` where we are root (at most 300 s). Failing to get one is no error: the run says it again.
    Raises TargetError if COUNTERSIGN_BROWSER is set to something that is no browser.
    """
    choice = find_browser()
    if choice is not None:
        return _found(choice, "already there")
    for what, bring in (("downloaded by Playwright", _from_playwright), ("installed by apt-get", _from_packages)):
        bring(say)
        choice = find_browser()
        if choice is not None:
            return _found(choice, what)
    return missing_sentence()


def missing_sentence() -> str:
    """Say which criteria will be NOT VERIFIED without a browser and how to get one."""
    names = ", ".join(criteria_of_pages()) or "none in the catalogue"
    return (
        f"No browser could be brought. NOT VERIFIED will be: {names}. "
        f"To check them, install Chromium or Chrome and set {SETTING} to its path if it is not on PATH."
    )


def criteria_of_pages(folder: Path = CRITERIA) -> list[str]:
    """List the ids of all criteria that need a page, sorted, read from the catalogue."""
    ids = []
    for file in sorted(folder.glob("*.yaml")):
        if file.name.endswith(".faults.yaml"):
            continue
        catalogue = yaml.safe_load(file.read_text(encoding="utf-8"))
        ids += [
            str(criterion["id"])
            for criterion in catalogue.get("criteria", [])
            if any(need.endswith("page") or need == "browser" for need in criterion.get("needs") or [])
        ]
    return sorted(ids)


def _found(choice: BrowserChoice, how: str) -> str:
    return f"Browser: {choice.version} at {choice.path} ({how}; {choice.found_by})."


def _from_playwright(say: Say) -> None:
    say("No browser yet: asking Playwright for its Chromium ...")
    _bounded([sys.executable, "-m", "playwright", "install", "chromium"], PLAYWRIGHT_WITHIN, say)


def _from_packages(say: Say) -> None:
    if shutil.which("apt-get") is None:
        say("There is no apt-get here: no package to install.")
        return
    if os.geteuid() != 0:
        say("Not root: ask an administrator for the package `chromium` (apt-get install chromium).")
        return
    say("Installing the package `chromium` with apt-get ...")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    if _bounded(["apt-get", "update", "-q"], PACKAGES_WITHIN / 3, say, quiet):
        _bounded(["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"], PACKAGES_WITHIN, say, quiet)


def _bounded(command: Sequence[str], seconds: float, say: Say, extra: dict[str, str] | None = None) -> bool:
    """Run the command with an end; tell why if it fails. Returns whether it succeeded."""
    named = " ".join(command[-3:])
    running = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        env={**os.environ, **(extra or {})},
    )
    try:
        output, _ = running.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        say(f"`{named}` did not end within {seconds:.0f} s and was given up.")
        return False
    finally:
        # Installers start children of their own: whatever ends this call, also an interrupt, ends all of them.
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
    if running.returncode != 0:
        say(f"`{named}` failed: {_reason(output) or f'exit code {running.returncode}'}")
    return running.returncode == 0


def _reason(output: str) -> str:
    """Pick the line that says what went wrong: the first that speaks of an error, else the last one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(\w*Error|E|error)\b.*:", line)]
    return (errors or lines[-1:] or [""])[0]


def main() -> int:
    """Bring a browser and tell the outcome; always 0, because a run without one is still a run."""
    print(bring_browser(lambda line: print(line, flush=True)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
