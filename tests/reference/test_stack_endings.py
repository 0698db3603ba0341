"""However a stack ends, nothing of it is left: no process, no folder, no port."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from stack_driver import GONE_WITHIN, PROGRAM, ROOT, RunningStack, alive, environment, until

from reference.stack.workspace import OWNER


def gone(pids: list[int]) -> None:
    until(lambda: not any(map(alive, pids)), f"the end of {pids}")


def test_the_end_of_standard_input_ends_everything(tmp_path: Path) -> None:
    with RunningStack(tmp_path) as stack:
        pids = stack.pids()
        assert len(stack.work()) == 1
        assert stack.stop() == 0
        gone(pids)
        assert stack.work() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_everything(tmp_path: Path, number: signal.Signals) -> None:
    with RunningStack(tmp_path) as stack:
        pids = stack.pids()
        stack.act("pause")
        stack.process.send_signal(number)
        assert stack.process.wait(GONE_WITHIN) == 0
        gone(pids)
        assert stack.work() == []


def test_a_killed_stack_leaves_no_child_and_the_next_one_removes_its_folder(tmp_path: Path) -> None:
    with RunningStack(tmp_path) as stack:
        pids = stack.pids()
        stack.act("pause")
        stack.process.kill()
        stack.process.wait(GONE_WITHIN)
        gone(pids)
        left = stack.work()
        assert len(left) == 1
    with RunningStack(tmp_path) as following:
        assert left[0] not in following.work()
        assert len(following.work()) == 1


def test_the_folder_of_a_living_stack_and_a_brand_new_one_are_left_alone(tmp_path: Path) -> None:
    young, old = tmp_path / "countersign-stack-young", tmp_path / "countersign-stack-old"
    for folder in (young, old):
        folder.mkdir()
        (folder / OWNER).touch()
    os.utime(old, (time.time() - 3600, time.time() - 3600))
    with RunningStack(tmp_path) as first, RunningStack(tmp_path) as second:
        assert young.is_dir()
        assert not old.exists()
        assert first.health() == second.health() == 200
        assert len(first.work()) == 3


def test_a_stack_ends_with_its_parent(tmp_path: Path) -> None:
    """The parent is killed; the standard input stays open and is not looked at."""
    starter = (
        "import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, {str(PROGRAM)!r}, 'up', '--systems', 'standin', '--no-stop-with-stdin'])\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", starter],
        cwd=ROOT,
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert parent.stdout is not None
        line = json.loads(parent.stdout.readline())
        control = line["control"]
        headers = {"Authorization": f"Bearer {control['token']}"}
        state = httpx.get(f"{control['url']}/stack", headers=headers, timeout=5).json()
        pids = [state["ai"]["pid"], state["systems"]["standin"]["pid"]]
        assert all(map(alive, pids))
    finally:
        parent.kill()
        parent.wait(GONE_WITHIN)
    gone(pids)
    until(lambda: not list(tmp_path.glob("countersign-stack-*")), "the removal of the working folder")
    parent.stdout.close()


def test_the_end_of_the_thread_that_started_it_does_not_end_a_stack(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as starter:
        stack = starter.submit(RunningStack, tmp_path).result()
    with stack:
        with pytest.raises(subprocess.TimeoutExpired):
            stack.process.wait(1.5)
        assert stack.act("restart")["state"] == "running"
        assert stack.health() == 200


def test_two_stacks_run_side_by_side_and_two_systems_in_one(tmp_path: Path) -> None:
    with RunningStack(tmp_path, systems="standin,other") as first, RunningStack(tmp_path) as second:
        first.note("of the first")
        second.note("of the second")
        assert first.notes() == ["of the first"]
        assert second.notes() == ["of the second"]
        first.act("kill", system="other")
        assert first.health() == second.health() == 200
        assert first.state("other")["state"] == "stopped"


def test_a_folder_of_the_user_is_kept_and_used_again(tmp_path: Path) -> None:
    work = tmp_path / "mine"
    with RunningStack(tmp_path, "--work", str(work)) as stack:
        stack.note("for later")
        second = subprocess.run(
            [sys.executable, str(PROGRAM), "up", "--work", str(work)],
            env=environment(tmp_path),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=GONE_WITHIN,
            check=False,
        )
        assert second.returncode == 1
        assert "another stack works in" in json.loads(second.stdout)["error"]
    with RunningStack(tmp_path, "--work", str(work)) as stack:
        assert stack.notes() == ["for later"]
    assert not (work / OWNER).exists()


def test_a_system_that_does_not_start_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    with RunningStack(tmp_path, systems="standin,broken") as stack:
        assert set(stack.line["systems"]) == {"standin"}
        assert stack.line["failed"]["broken"].startswith("broken ended with code 1 before it was ready")
        assert "no teapot in sight" in stack.line["failed"]["broken"]
        assert stack.state("standin")["state"] == "running"
        assert stack.state("broken")["state"] == "stopped"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--systems", "standin", "--setting", "DIES=1"), "the stand-in cannot find its teapot"),
        (("--systems", "nobody"), "unknown system nobody; known are standin, other, broken"),
        (("--systems", "standin", "--faults", "standin=eats-cake"), "known are loses-notes, tells-lies"),
        (("--systems", "standin", "--faults", "other=tells-lies"), "not among the systems to start"),
        (("--systems", "standin", "--setting", "PORT=1"), "PORT is set by the stack"),
    ],
)
def test_a_stack_that_cannot_start_says_why_and_leaves_nothing(
    tmp_path: Path, arguments: tuple[str, ...], hint: str
) -> None:
    ended = subprocess.run(
        [sys.executable, str(PROGRAM), "up", *arguments],
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert ended.returncode == 1
    line = json.loads(ended.stdout)
    assert line["ready"] is False
    assert hint in line["error"]
    assert hint in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.glob("countersign-stack-*")) == []


def test_faults_can_be_given_at_the_start(tmp_path: Path) -> None:
    with RunningStack(tmp_path, "--faults", "standin=tells-lies") as stack:
        assert stack.settings()["STANDIN_FAULTS"] == "tells-lies"


def test_a_wrong_command_line_is_explained(tmp_path: Path) -> None:
    for arguments, hint in (
        (("--setting", "NOVALUE"), "'NOVALUE' must have the form NAME=VALUE"),
        (("--systems", " , "), "--systems names no system"),
    ):
        ended = subprocess.run(
            [sys.executable, str(PROGRAM), "up", *arguments],
            env=environment(tmp_path),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert ended.returncode == 2
        assert hint in ended.stderr
