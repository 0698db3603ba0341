"""`behave` itself uses the whole machine where somebody only chooses scenarios, and stays one process otherwise."""

import subprocess
import sys
from pathlib import Path

import pytest

from countersign.paths import ROOT
from countersign.suite.run import FOLDER_VARIABLE, PART_VARIABLE
from countersign.suite.side_by_side import Choice, choice_of
from tests.suite.test_endings import QUIET


def test_a_choice_of_scenarios_is_handed_on_as_it_was_made() -> None:
    asked = ["features/a", "-t", "@quick", "--tags=not @slow", "-Dseed=3", "--name", "A user", "features/b", "-j4"]
    assert choice_of(asked) == Choice(
        ("features/a", "features/b"), ("--tags=@quick", "--tags=not @slow", "--name=A user", "-Dseed=3"), 4
    )
    assert choice_of([]) == Choice((), (), None)


@pytest.mark.parametrize(
    "asked", [["-f", "pretty"], ["--dry-run"], ["--stop"], ["features/a.feature:12"], ["@some.list"], ["--jobs", "x"]]
)
def test_whatever_else_is_asked_for_needs_one_process(asked: list[str]) -> None:
    assert choice_of(asked) is None


@pytest.mark.parametrize(("more", "lanes"), [([], True), (["--jobs", "1"], False)])
def test_behave_runs_a_folder_in_lanes(tmp_path: Path, more: list[str], lanes: bool) -> None:
    command = [sys.executable, "-m", "behave", "features/pilot_training", "--tags=@CT-PAGE-01 and @nothing", *more]
    environment = {key: value for key, value in QUIET.items() if key != PART_VARIABLE}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**environment, FOLDER_VARIABLE: str(tmp_path)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0, "a run of nothing is no green"
    assert (tmp_path / "signoff.json").is_file(), done.stdout.decode()
    assert ("features passed" in done.stdout.decode()) != lanes
