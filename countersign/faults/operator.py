"""Control of a deployment through its operator's own commands."""

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence

from countersign.errors import CapabilityMissing, TargetError
from countersign.evidence import Recorder
from countersign.faults.control import Logs, Settings, State, Work
from countersign.faults.noted import NotedControl

ACTIONS = (
    "kill", "terminate", "stop", "start", "restart", "pause", "resume", "logs", "backup", "restore", "replicas",
)  # fmt: skip
"""Commands about the system itself; one about a dependency is called `<dependency>.<action>` ("database.stop")."""

DEPENDENCY_ACTIONS = ("stop", "start", "pause", "resume", "lose", "fail-over")

BACKUP_VARIABLE = "COUNTERSIGN_BACKUP"
"""Environment variable that tells the commands `backup` and `restore` the name of the backup."""

COMMAND_WITHIN = 60.0
"""Seconds a command may take."""

_TAIL = 400
_WAY_BACK = {"kill": "start", "terminate": "start", "stop": "start", "pause": "resume"}
_AFTER = {"stop": "stopped", "start": "running", "pause": "paused", "resume": "running"}
_AFTER_PROCESS = {**_AFTER, "kill": "stopped", "terminate": "stopped", "restart": "running"}


class OperatorControl(NotedControl):
    """Run the operator's command for each action, as a list of words and without a shell.

    A command has to return when its action is in force. An action without a command raises CapabilityMissing; a command
    that fails, cannot be run or takes longer than 60 s raises TargetError with the end of its output. Hurting without
    the way back is refused: `kill` needs `start`, `pause` needs `resume`.

    Examples::

        OperatorControl({"kill": ["docker", "kill", "app"], "start": ["docker", "start", "app"]}, ...)
    """

    def __init__(self, commands: Mapping[str, Sequence[str]], *, system: str, recorder: Recorder) -> None:
        self._commands = {action: list(words) for action, words in commands.items()}
        for action, words in self._commands.items():
            _refuse_unusable(system, action, words)
        dependencies = dict.fromkeys(action.partition(".")[0] for action in self._commands if "." in action)
        super().__init__(system, recorder)
        # Shared by every `noting` twin: nobody else remembers what was hurt.
        self._states = {"": "running", **dict.fromkeys(dependencies, "running")}
        self._lock = threading.Lock()

    @property
    def offers(self) -> frozenset[str]:
        """What the operator's commands make possible: a process or a dependency that can be stopped and started, logs,
        backups, a standby database, several processes.

        The suite never owns the files of such a deployment, so what needs them stays not verified.
        """
        present = set(self._commands)
        process = {"start"} < present and bool(present & {"kill", "stop"})
        dependency = any(f"{name.partition('.')[0]}.start" in present for name in present if name.endswith(".stop"))
        offered = {
            "process-control": process,
            "dependency-control": dependency,
            "log-read": "logs" in present,
            "backup-restore": {"backup", "restore", "database.lose"} <= present,
            "db-failover": "database.fail-over" in present,
            "autoscale": "replicas" in present,
        }
        return frozenset(name for name, there in offered.items() if there)

    @property
    def work(self) -> Work:
        """The suite does not own the files of a deployment: raises CapabilityMissing."""
        raise CapabilityMissing(f"{self.system}: the files of this deployment are not the suite's to read")

    def state(self) -> State:
        """Say what the commands run so far should have led to."""
        with self._lock:
            states = dict(self._states)
        return State(states.pop(""), states)

    def logs(self, tail: int = 200, *, redacted: bool = True) -> Logs:
        """Give the last lines of what the command `logs` prints; not redacted only to search them."""
        lines = self._run("logs").splitlines()[-tail:]
        clean = self._recorder.redactor.text if redacted else str
        return Logs(tuple(map(clean, lines)), ())

    def _process(self, action: str, settings: Settings | None) -> None:
        if settings:
            raise CapabilityMissing(f"{self.system}: other settings cannot be given through the operator's commands")
        if action == "restart" and "restart" not in self._commands:
            self._process("stop", None)
            self._process("start", None)
            return
        self._run(action)
        with self._lock:
            self._states[""] = _AFTER_PROCESS[action]

    def _named_process(self, name: str, action: str, settings: Settings | None) -> None:
        if settings:
            raise CapabilityMissing(f"{self.system}: other settings cannot be given through the operator's commands")
        self._dependency(name, action)

    def _dependency(self, name: str, action: str) -> None:
        self._run(f"{name}.{action}")
        with self._lock:
            self._states[name] = _AFTER_PROCESS[action]

    def _seed(self, faults: Sequence[str]) -> None:
        raise CapabilityMissing(f"{self.system}: seeded faults exist in the reference systems only")

    def _as_opened(self) -> None:
        raise CapabilityMissing(f"{self.system}: other settings cannot be given through the operator's commands")

    def replicas(self) -> int:
        """Give the number that the command `replicas` prints. Raises TargetError for anything else."""
        told = self._run("replicas").strip()
        if not told.isdecimal():
            raise TargetError(
                f"{self.system}: the command for 'replicas' must print a number, it printed {told[:80]!r}"
            )
        return int(told)

    def _back_up(self, name: str) -> None:
        self._run("backup", {BACKUP_VARIABLE: name})

    def _restore(self, name: str) -> None:
        self._run("restore", {BACKUP_VARIABLE: name})

    def _lose_database(self) -> None:
        self._words("restore")
        self._run("database.lose")

    def _fail_over(self) -> None:
        self._run("database.fail-over")

    def _run(self, action: str, variables: Mapping[str, str] | None = None) -> str:
        words = self._words(action)
        prefix, dot, verb = action.rpartition(".")
        back = _WAY_BACK.get(verb)
        if back is not None:
            self._words(f"{prefix}{dot}{back}")
        return self._output(action, words, variables or {})

    def _words(self, action: str) -> list[str]:
        words = self._commands.get(action)
        if words is None:
            known = ", ".join(self._commands) or "none"
            raise CapabilityMissing(
                f"{self.system}: the target names no command for {action!r} (it names {known}). "
                f'Add it to the target: [{self.system}.commands] "{action}" = ["program", "argument"]'
            )
        return words

    def _output(self, action: str, words: list[str], variables: Mapping[str, str]) -> str:
        clean = self._recorder.redactor.text
        command = clean(" ".join(words))
        try:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, **variables},
            )
        except OSError as error:
            raise TargetError(
                f"{self.system}: the command for {action!r} cannot be run ({command}): {error.strerror}"
            ) from error
        try:
            output = process.communicate(timeout=COMMAND_WITHIN)[0].decode("utf-8", errors="replace")
        except subprocess.TimeoutExpired as error:
            raise TargetError(
                f"{self.system}: the command for {action!r} ({command}) did not end within {COMMAND_WITHIN:g} s"
            ) from error
        finally:
            _end(process)
        if process.returncode != 0:
            said = clean(output.strip()[-_TAIL:]) or "nothing"
            raise TargetError(
                f"{self.system}: the command for {action!r} ({command}) ended with {process.returncode}, saying: {said}"
            )
        return output


def _refuse_unusable(system: str, action: str, words: list[str]) -> None:
    dependency, dot, verb = action.rpartition(".")
    known = DEPENDENCY_ACTIONS if dot else ACTIONS
    if verb not in known or (dot and not dependency):
        raise TargetError(f"{system}: {action!r} is no action; known are {', '.join(known)}")
    if not words or not all(isinstance(word, str) for word in words):
        raise TargetError(f'{system}: the command for {action!r} must be a list of words: ["program", "argument"]')


def _end(process: "subprocess.Popen[bytes]") -> None:
    # The whole group: a command that hangs may have started others.
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
