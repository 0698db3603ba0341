"""Control through an operator's own commands."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from countersign.errors import CapabilityMissing, TargetError
from countersign.evidence import Recorder, Redactor
from countersign.faults import OperatorControl, operator, rolled_back


@pytest.fixture
def recorder() -> Recorder:
    return Recorder(Redactor())


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def writing(file: Path, word: str) -> list[str]:
    return python("import sys; open(sys.argv[1], 'a').write(sys.argv[2] + ' ')", str(file), word)


def control(commands: dict[str, Sequence[str]], recorder: Recorder) -> OperatorControl:
    return OperatorControl(commands, system="chattrain", recorder=recorder)


def test_the_commands_are_run_without_a_shell_and_noted(tmp_path: Path, recorder: Recorder) -> None:
    file = tmp_path / "done"
    words = {"kill": writing(file, "$(kill)"), "start": writing(file, "start")}
    chattrain = control(words, recorder)
    chattrain.kill()
    chattrain.start()
    assert file.read_text() == "$(kill) start "
    assert [entry.summary for entry in recorder.entries()] == [
        "chattrain was killed (SIGKILL)",
        "chattrain was started and is ready",
    ]


def test_whatever_was_hurt_is_mended_once(tmp_path: Path, recorder: Recorder) -> None:
    file = tmp_path / "done"
    actions = ["stop", "start", "pause", "resume", "database.stop", "database.start", "ai.pause", "ai.resume"]
    chattrain = control({action: writing(file, action) for action in actions}, recorder)
    with rolled_back(chattrain.noting(recorder), lambda: None):
        chattrain.pause()
        chattrain.dependency("database").stop()
        chattrain.dependency("ai").pause()
        assert not chattrain.state().sound
    assert chattrain.state().sound
    chattrain.mend()
    assert file.read_text().split() == ["pause", "database.stop", "ai.pause", "database.start", "ai.resume", "resume"]


def test_a_restart_is_a_stop_and_a_start_where_it_has_no_command(tmp_path: Path, recorder: Recorder) -> None:
    file = tmp_path / "done"
    control({action: writing(file, action) for action in ("stop", "start")}, recorder).restart()
    assert file.read_text().split() == ["stop", "start"]


def test_a_missing_command_is_a_missing_capability_and_says_how_to_add_it(recorder: Recorder) -> None:
    with pytest.raises(CapabilityMissing, match=r'no command for \'pause\' .*\[chattrain.commands\] "pause" = '):
        control({"start": ["true"]}, recorder).pause()
    with pytest.raises(CapabilityMissing, match=r"no command for 'database.stop'"):
        control({"start": ["true"]}, recorder).dependency("database").stop()


def test_nothing_is_hurt_without_a_way_back(tmp_path: Path, recorder: Recorder) -> None:
    file = tmp_path / "done"
    with pytest.raises(CapabilityMissing, match="no command for 'start'"):
        control({"kill": writing(file, "kill")}, recorder).kill()
    with pytest.raises(CapabilityMissing, match=r"no command for 'ai\.resume'"):
        control({"ai.pause": writing(file, "pause")}, recorder).dependency("ai").pause()
    assert not file.exists()


def test_what_only_the_reference_can_do_is_a_missing_capability(recorder: Recorder) -> None:
    chattrain = control({"stop": ["true"], "start": ["true"]}, recorder)
    for attempt in (
        lambda: chattrain.seed_faults(["slow-tail"]),
        lambda: chattrain.restart({"AI_TIMEOUT_SECONDS": 2}),
        lambda: chattrain.work,
        chattrain.logs,
    ):
        with pytest.raises(CapabilityMissing, match=r"^chattrain: "):
            attempt()


def test_a_failing_command_shows_the_end_of_its_output_redacted(recorder: Recorder) -> None:
    failing = python("print('x' * 5000); print('no such container, key sk-abcdef123456'); raise SystemExit(3)")
    with pytest.raises(
        TargetError, match=r"ended with 3, saying: x+\n?.*no such container, key \[redacted\]"
    ) as raised:
        control({"start": failing}, recorder).start()
    assert len(str(raised.value)) < 1000


def test_a_command_that_cannot_be_run_is_named(recorder: Recorder) -> None:
    with pytest.raises(TargetError, match=r"the command for 'start' cannot be run .no-such-program up.: No such file"):
        control({"start": ["no-such-program", "up"]}, recorder).start()


def test_a_command_that_hangs_is_ended_with_everything_it_started(
    tmp_path: Path, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operator, "COMMAND_WITHIN", 1.0)
    file = tmp_path / "pid"
    child = (
        "import subprocess, sys; started = subprocess.Popen(['sleep', '60']); "
        "open(sys.argv[1], 'w').write(str(started.pid)); started.wait()"
    )
    began = time.monotonic()
    with pytest.raises(TargetError, match="did not end within 1 s"):
        control({"start": python(child, str(file))}, recorder).start()
    assert time.monotonic() - began < 8
    end = time.monotonic() + 3
    while _lives(int(file.read_text())) and time.monotonic() < end:
        time.sleep(0.01)
    assert not _lives(int(file.read_text()))


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.parametrize(
    ("commands", "message"),
    [
        ({"explode": ["true"]}, "'explode' is no action; known are kill"),
        ({"database.kill": ["true"]}, "'database.kill' is no action; known are stop"),
        ({"start": []}, "must be a list of words"),
    ],
)
def test_commands_that_make_no_sense_are_refused_at_once(
    commands: dict[str, Sequence[str]], message: str, recorder: Recorder
) -> None:
    with pytest.raises(TargetError, match=message):
        control(commands, recorder)


def test_the_logs_are_what_the_command_prints(recorder: Recorder) -> None:
    logs = control({"logs": python("print('one'); print('two mail@test.com'); print('three')")}, recorder).logs(tail=2)
    assert logs.log == ("two [email]", "three")


def test_backups_are_named_in_the_environment_and_nothing_is_lost_without_a_restore(
    tmp_path: Path, recorder: Recorder
) -> None:
    file = tmp_path / "done"
    named = python("import os, sys; open(sys.argv[1], 'a').write(os.environ['COUNTERSIGN_BACKUP'] + ' ')", str(file))
    commands = {"backup": named, "database.lose": writing(file, "lost"), "restore": named}
    clinic = control(commands, recorder)
    clinic.back_up("before")
    clinic.lose_database()
    clinic.restore("before")
    assert file.read_text() == "before lost before "
    assert [entry.summary for entry in recorder.entries()][1] == "the database of chattrain was destroyed"
    with pytest.raises(CapabilityMissing, match="no command for 'restore'"):
        control({"database.lose": writing(file, "lost again")}, recorder).lose_database()
    assert "again" not in file.read_text()


def test_replicas_are_counted_by_the_operator_and_must_be_a_number(recorder: Recorder) -> None:
    assert control({"replicas": ["echo", "3"]}, recorder).replicas() == 3
    with pytest.raises(TargetError, match="must print a number"):
        control({"replicas": ["echo", "three"]}, recorder).replicas()


def test_what_it_offers_follows_from_its_commands(recorder: Recorder) -> None:
    def offers(*actions: str) -> set[str]:
        return set(control({action: ["true"] for action in actions}, recorder).offers)

    assert offers("kill", "start") == {"process-control"}
    assert offers("database.stop", "database.start", "logs") == {"dependency-control", "log-read"}
    assert offers("backup", "restore") == set()
    assert offers("backup", "restore", "database.lose") == {"backup-restore"}
    assert offers("database.fail-over", "replicas") == {"db-failover", "autoscale"}
