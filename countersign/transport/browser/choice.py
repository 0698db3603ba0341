"""Which browser a run uses: the one that was named, Playwright's own, or a Chromium of the machine."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from countersign.errors import CapabilityMissing, TargetError

SETTING = "COUNTERSIGN_BROWSER"
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OWN_NAMES = ("chrome", "Chromium", "chrome.exe")
_ANSWERS_WITHIN = 15.0
"""Seconds a program has to say its version; a stub that only offers an installer does not."""


@dataclass(frozen=True)
class BrowserChoice:
    """A browser that answers: `path` of its program, `found_by` in words for the report, `version` as it says it."""

    path: Path
    found_by: str
    version: str


def find_browser() -> BrowserChoice | None:
    """Find the browser for this run, or None: COUNTERSIGN_BROWSER, then Playwright's own, then one on PATH.

    Raises TargetError if COUNTERSIGN_BROWSER is set to something that is no browser: a named browser is never
    silently replaced by another one.
    """
    named = os.environ.get(SETTING, "").strip()
    if named:
        path = shutil.which(named)
        version = _version(Path(path)) if path else None
        if path is None or version is None:
            raise TargetError(
                f"{SETTING}={named} is not a browser that starts; "
                "give the full path of a Chromium or Chrome, or unset it to let the suite look for one"
            )
        return BrowserChoice(Path(path), f"named by {SETTING}", version)
    for path_found, found_by in _candidates():
        version = _version(path_found)
        if version is not None:
            return BrowserChoice(path_found, found_by, version)
    return None


def need_browser() -> BrowserChoice:
    """Find the browser or raise CapabilityMissing with the sentence that says how to get one."""
    choice = find_browser()
    if choice is None:
        raise CapabilityMissing(
            "no browser on this machine: run `make setup` (it brings Chromium where it can), install the package "
            f"`chromium`, or set {SETTING} to the path of a Chromium or Chrome"
        )
    return choice


def _candidates() -> Iterator[tuple[Path, str]]:
    for own in _own_of_playwright():
        yield own, "Playwright's own"
    for name in ON_PATH:
        path = shutil.which(name)
        if path:
            yield Path(path), f"{name} on PATH"


def _own_of_playwright() -> list[Path]:
    """Ask Playwright where its Chromium of this version would be, and list the programs that are really there."""
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "playwright", "install", "--dry-run", "chromium"],
            capture_output=True,
            text=True,
            timeout=_ANSWERS_WITHIN,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return []
    places = re.findall(r"Install location:\s*(\S.*\S)", answer.stdout)
    return [
        program
        for place in places
        if "headless_shell" not in place
        for name in _OWN_NAMES
        for program in sorted(Path(place).rglob(name))
        if program.is_file() and os.access(program, os.X_OK)
    ]


def _version(program: Path) -> str | None:
    try:
        answer = subprocess.run(
            [str(program), "--version"], capture_output=True, text=True, timeout=_ANSWERS_WITHIN, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    said = answer.stdout.strip()
    return said if answer.returncode == 0 and re.search(r"Chrom(e|ium)", said) else None
