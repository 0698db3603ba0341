"""A run that was stopped does not look complete, and no result looks better than its journal line."""

import json
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from countersign.reporting.allure import ScenarioFacts, complete_results
from countersign.verdict.records import Ended, Planned
from reporting.allure.project import Finished, Project, labels, message

FEATURE = """
    @chattrain
    Feature: Talking
      @CT-CHAT-01
      Scenario: First
        Given it holds
      Scenario: Second
        Given it takes long
      Scenario: Third
        Given it holds
      Rule: Rows
        Scenario Outline: Fourth
          Given it holds for <n> users
          Examples:
            | n |
            | 1 |
            | 2 |
    """
LINES = {"First": 5, "Second": 7, "Third": 9, "Fourth 1": 16, "Fourth 2": 17}


def plan() -> list[Planned]:
    file = "features/one.feature"
    return [
        Planned(f"{file}:{line}", name.split()[0], "Talking", file, line, "chattrain", ("CT-CHAT-01",), ("chattrain",))
        for name, line in LINES.items()
    ]


def ended(name: str, outcome: str = "passed", reason: str = "") -> Ended:
    return Ended(f"features/one.feature:{LINES[name]}", outcome, 1.5, "2026-11-20T10:00:00+00:00", reason)  # type: ignore[arg-type]


def killed(project: Project, how: signal.Signals) -> Finished:
    """Run the feature and stop behave with a signal once the second scenario is under way."""
    project.steps("""
        import pathlib, time
        @given("it takes long")
        def takes_long(context):
            pathlib.Path("under-way").touch()
            time.sleep(30)
    """)
    project.feature(FEATURE)
    process = subprocess.Popen(
        project.command(), cwd=project.folder, env=project.settings(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    ends = time.monotonic() + 20
    while not (project.folder / "under-way").exists():
        assert time.monotonic() < ends, "the second scenario never began"
        time.sleep(0.02)
    process.send_signal(how)
    _, told = process.communicate(timeout=20)
    return project.collect(process.returncode, told.decode())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_run_shows_what_is_missing(project: Project, how: signal.Signals) -> None:
    run = killed(project, how)
    assert (run.code, run.statuses()) == (-how, {"First": "passed"})
    added = complete_results(
        run.folder, plan(), [ended("First")], started=["features/one.feature:7"], root=project.folder
    )
    done = project.collect(0, "")
    assert added == 4
    shown = sorted((result["name"], result["status"], message(result)) for result in done.results)
    assert shown == [
        ("First", "passed", ""),
        ("Fourth", "unknown", "not run: the run stopped before this scenario"),
        ("Fourth", "unknown", "not run: the run stopped before this scenario"),
        ("Second", "broken", "not run to its end: the run stopped during this scenario"),
        ("Third", "unknown", "not run: the run stopped before this scenario"),
    ]


def test_an_added_result_has_the_identity_of_the_real_one(project: Project, tmp_path: Path) -> None:
    project.steps("@given('it takes long')\ndef takes_long(context): pass\n")
    project.feature(FEATURE)
    real = {
        labels(r, "scenario")[0]: (r["historyId"], r["testCaseId"], r["fullName"]) for r in project.behave().results
    }
    empty = tmp_path / "empty"
    empty.mkdir()
    assert complete_results(empty, plan(), [], root=project.folder) == 5
    added = [json.loads(path.read_text()) for path in empty.glob("*-result.json")]
    assert {labels(r, "scenario")[0]: (r["historyId"], r["testCaseId"], r["fullName"]) for r in added} == real


def test_a_scenario_that_ended_but_left_no_result_gets_its_outcome(tmp_path: Path) -> None:
    complete_results(tmp_path, plan()[:1], [ended("First", "not_verified", "no history here")])
    (result,) = (json.loads(path.read_text()) for path in tmp_path.glob("*-result.json"))
    assert (result["status"], message(result)) == ("skipped", "no history here")
    assert result["stop"] - result["start"] == 1500
    assert (labels(result, "epic"), labels(result, "feature")) == (["chattrain"], ["Talking"])


@pytest.mark.parametrize(
    ("endings", "status"), [([], "unknown"), ([("First", "failed", "too slow: s3cret")], "failed")]
)
def test_a_pass_that_the_journal_does_not_know_is_corrected(
    project: Project, endings: list[tuple[str, str, str]], status: str
) -> None:
    project.feature(FEATURE.split("Scenario: Second", maxsplit=1)[0])
    run = project.behave()
    assert run.statuses() == {"First": "passed"}
    journal = [ended(*ending) for ending in endings]
    assert complete_results(run.folder, plan()[:1], journal, redact=lambda text: text.replace("s3cret", "[x]")) == 1
    result = project.collect(0, "").one("First")
    assert result["status"] == status
    assert message(result) == ("too slow: [x]" if endings else "not run: the run stopped before this scenario")


def test_completing_again_changes_nothing(tmp_path: Path) -> None:
    assert complete_results(tmp_path, plan(), [ended("First")]) == 5
    assert complete_results(tmp_path, plan(), [ended("First")]) == 0
    assert len(list(tmp_path.glob("*-result.json"))) == 5


def test_facts_file_what_is_added(tmp_path: Path) -> None:
    planned = replace(plan()[0], file="features/gone.feature")
    complete_results(
        tmp_path,
        [planned],
        [],
        facts=lambda record: ScenarioFacts(epic="ChatTrain", criteria=[("C-1", "A title", True)]),
    )
    (result,) = (json.loads(path.read_text()) for path in tmp_path.glob("*-result.json"))
    assert (labels(result, "epic"), labels(result, "severity")) == (["ChatTrain"], ["critical"])
    assert result["links"][0]["name"] == "C-1: A title"
