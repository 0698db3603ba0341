"""However a run ends, its journal tells what ran, its verdict is not green, and nothing it started lives on."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from countersign.paths import ROOT
from countersign.suite.finish import finish
from countersign.suite.journal import follow
from countersign.suite.run import FOLDER_VARIABLE, PART_VARIABLE
from countersign.transport.eventually import eventually
from countersign.verdict.records import Ended, Planned, Record, RunClosed, Started

LONG = "features/pilot_training/long_training.feature"
QUIET = {**os.environ, "COUNTERSIGN_SEED": "1"}


def descendants(pid: int) -> set[int]:
    """Process ids below a process (Linux)."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        parents[int(stat.parent.name)] = int(fields[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    """Those of the processes that still run (a zombie does not)."""
    running = set()
    for pid in pids:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                running.add(pid)
        except OSError:
            continue  # it is gone
    return running


def has(folder: Path, kind: type[Record]) -> Callable[[], None]:
    def ask() -> None:
        assert any(isinstance(record, kind) for record in follow(folder, 0)[0]), f"no {kind.__name__} yet"

    return ask


def nothing_of(pids: set[int]) -> Callable[[], None]:
    def ask() -> None:
        assert not alive(pids), f"still running: {alive(pids)}"

    return ask


def start(folder: Path, *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *command, LONG],
        cwd=ROOT,
        env={**QUIET, FOLDER_VARIABLE: str(folder), PART_VARIABLE: "proof"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_leaves_a_journal_no_green_and_no_process(tmp_path: Path, number: signal.Signals) -> None:
    process = start(tmp_path, "behave")
    try:
        eventually(has(tmp_path, Started), within=30, what="the first scenario to begin")
        children = descendants(process.pid)
        assert len(children) >= 3, "the stack, the AI and the system were expected below the suite"
    finally:
        process.send_signal(number)
        process.wait(30)
    assert process.returncode != 0
    eventually(nothing_of(children), within=15, what="everything the run started to be gone")

    records, _ = follow(tmp_path, 0)
    closed = [record for record in records if isinstance(record, RunClosed)]
    assert [record.interrupted for record in closed] == ([] if number == signal.SIGKILL else [number.name])
    assert any(isinstance(record, Planned) for record in records)
    assert not any(isinstance(record, Ended) for record in records)

    assert_not_green(tmp_path)


def assert_not_green(folder: Path) -> None:
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        assert finish(folder, stream=nowhere) == 5
    told = json.loads((folder / "signoff.json").read_text())
    assert told["verdict"] != "green"
    assert {entry["status"] for entry in told["criteria"]} == {"not_verified"}
    assert {entry["outcome"] for entry in told["scenarios"]} <= {"not_verified", "broken"}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_lanes_end_with_their_coordinator(tmp_path: Path, number: signal.Signals) -> None:
    process = start(tmp_path, "countersign", "run")
    try:
        eventually(has(tmp_path, Started), within=30, what="the first scenario of a lane to begin")
        children = descendants(process.pid)
        assert len(children) >= 4, "a lane with its stack was expected below the coordinator"
    finally:
        process.send_signal(number)
        process.wait(60)
    assert process.returncode != 0
    eventually(nothing_of(children), within=20, what="every lane and its systems to be gone")
    assert_not_green(tmp_path)
