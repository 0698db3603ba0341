"""The browser of a run: loaded only when it is wanted, stopped with the run."""

import subprocess
import sys
from pathlib import Path

import pytest

from countersign.suite.browsing import RunBrowser

ROOT = Path(__file__).parents[2]
LOADING = """
import sys
from behave.runner_util import load_step_modules
import countersign.suite.run
load_step_modules(["steps"])
print([name for name in sys.modules if name.split(".")[0] == "playwright"])
"""


def test_a_run_without_page_scenarios_never_loads_playwright() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_closing_what_was_never_wanted_is_no_trouble() -> None:
    assert RunBrowser().close() == ""


def test_everybody_gets_the_same_browser_and_it_starts_with_a_window() -> None:
    browsing = RunBrowser()
    browser = browsing.get()
    assert browsing.get() is browser
    assert not browser.running
    assert browsing.close() == ""
    assert browsing.get() is not browser


def test_a_browser_that_does_not_stop_is_told_and_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    browsing = RunBrowser()

    def stuck() -> None:
        raise RuntimeError("it hangs")

    monkeypatch.setattr(browsing.get(), "close", stuck)
    assert browsing.close() == "the browser could not be stopped: it hangs"
