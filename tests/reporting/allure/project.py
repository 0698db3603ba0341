"""Real behave runs of small feature projects, with a minimal bridge instead of the suite."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

ROOT = Path(__file__).resolve().parents[3]

ENVIRONMENT = '''
import os
from pathlib import Path
from countersign.reporting.allure import ScenarioFacts, install

class Bridge:
    """Knows nothing but the working directory; tests override what they need."""
    results_dir = Path("results")
    verdict = None
    def redact(self, text):
        return text.replace("s3cret-token", "[redacted]")
    def facts_of(self, scenario):
        return ScenarioFacts()
    def attachments_of(self, scenario):
        return ()
    def verdict_of_run(self):
        return self.verdict

bridge = Bridge()
install(bridge)
'''

STEPS = """
import allure, os, signal, sys
from behave import given, when, then
from countersign.errors import CapabilityMissing, DeadlineExceeded

@given("it holds")
def holds(context): pass

@given("it does not hold")
def fails(context): assert False, "expected 1 item, saw 2"

@given("the system is too slow")
def slow(context): raise DeadlineExceeded("expected the reply within 3 s, waited 3.00 s")

@given("the suite is wrong")
def wrong(context): raise ValueError("no such key")

@given("it cannot be seen here")
def unseen(context): raise CapabilityMissing("this target has no history")

@given("it holds for {number} users")
def users(context, number): pass

@given("it holds for")
def table(context): assert context.table or context.text
"""


@dataclass
class Finished:
    """What a behave run left: its exit code, what it printed, and its results."""

    code: int
    printed: str
    folder: Path
    results: list[dict[str, Any]] = field(default_factory=list)

    def one(self, name: str) -> dict[str, Any]:
        """Give the only result of this name."""
        found = [result for result in self.results if result["name"] == name]
        assert len(found) == 1, f"{len(found)} results named {name!r}: {[r['name'] for r in self.results]}"
        return found[0]

    def statuses(self) -> dict[str, str]:
        """Give name -> status of all results."""
        return {result["name"]: result["status"] for result in self.results}

    def texts(self) -> str:
        """Give everything in the results folder as one text."""
        return "".join(p.read_text(errors="replace") for p in sorted(self.folder.iterdir()) if p.is_file())


def message(result: dict[str, Any]) -> str:
    """Give the sentence that stands beside the status."""
    return str(result.get("statusDetails", {}).get("message", ""))


def labels(result: dict[str, Any], name: str) -> list[str]:
    """Give the values of a label."""
    return [label["value"] for label in result["labels"] if label["name"] == name]


class Project:
    """A feature project in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "features").mkdir()
        (folder / "steps").mkdir()
        (folder / "behave.ini").write_text(
            "[behave]\ncapture = true\ncapture_hooks = false\nscenario_outline_annotation_schema = {name}\n"
        )
        self.environment("")
        self.steps("")

    def environment(self, more: str) -> None:
        """Write environment.py: the minimal bridge and then `more`."""
        (self.folder / "environment.py").write_text(ENVIRONMENT + dedent(more))

    def steps(self, more: str) -> None:
        """Write the steps: the common ones and then `more`."""
        (self.folder / "steps" / "steps.py").write_text(STEPS + dedent(more))

    def feature(self, text: str, name: str = "one.feature") -> None:
        """Write a feature file."""
        (self.folder / "features" / name).write_text(dedent(text))

    def command(self, *arguments: str) -> list[str]:
        """Give the command that runs behave here."""
        return [sys.executable, "-m", "behave", *(arguments or ("features/",))]

    def settings(self) -> dict[str, str]:
        """Give the environment variables for it."""
        return {**os.environ, "PYTHONPATH": str(ROOT)}

    def behave(self, *arguments: str, results: str = "results") -> Finished:
        """Run behave and collect what it left."""
        done = subprocess.run(
            self.command(*arguments),
            check=False,
            cwd=self.folder,
            env=self.settings(),
            capture_output=True,
            text=True,
            timeout=60,
            # A run that was started in the background may ignore interruptions, and would hand that on.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        return self.collect(done.returncode, done.stdout + done.stderr, results)

    def collect(self, code: int, printed: str, results: str = "results") -> Finished:
        """Read the results of a run that is over."""
        folder = self.folder / results
        found = [json.loads(path.read_text()) for path in sorted(folder.glob("*-result.json"))]
        return Finished(code, printed, folder, found)
