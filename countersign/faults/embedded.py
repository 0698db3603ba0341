"""Control of a system of the embedded stack, over the stack's control API (docs/reference-systems.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from countersign.errors import CapabilityMissing, DeadlineExceeded, SuiteError, SystemFault, SystemUnreachable
from countersign.evidence import Recorder
from countersign.faults.control import Logs, Settings, State, Work
from countersign.faults.noted import NotedControl
from countersign.transport import Answer, HttpClient

# The stack gives a system 60 s to be ready, and a stubborn one 10 s to end before that.
_WITHIN = 80.0
_QUICK = 10.0
# Backing up and restoring have 60 s in the stack.
_KEEPING = 70.0


@dataclass
class _Known:
    faults: tuple[str, ...] | None = None
    other_settings: bool = False


class EmbeddedControl(NotedControl):
    """Control one system of the stack at `url`. `work` are the paths the stack names in its ready line.

    A stack that cannot be reached or refuses is the suite's own trouble (SuiteError). A system that does not get ready
    (SystemUnreachable) or does not obey in time (DeadlineExceeded) is the system's.
    """

    def __init__(
        self, url: str, token: str, *, system: str, recorder: Recorder, work: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(system, recorder)
        self._url = url
        self._token = token
        self._work = dict(work or {})
        # Single calls to the control API say nothing about the system: what they did is noted in words.
        self._unread = Recorder(recorder.redactor, limit=0)
        # Shared by every `noting` twin: how the system was opened, and whether it has other settings now.
        self._known = _Known()

    @property
    def offers(self) -> frozenset[str]:
        """What the stack can do to its systems; none of them has a standby database or more than one process."""
        return frozenset({"process-control", "dependency-control", "log-read", "backup-restore"})

    @property
    def work(self) -> Work:
        """The system's files."""
        try:
            return Work(*(Path(self._work[name]) for name in ("database", "content", "log")))
        except KeyError as error:
            raise SuiteError(f"{self.system}: the stack names no path of its {error.args[0]}") from error

    def state(self) -> State:
        """Ask the stack how the system is."""
        told = self._ask("GET", "/stack", _QUICK).json()["systems"].get(self.system)
        if told is None:
            raise SuiteError(f"the stack at {self._url} has no system {self.system}")
        faults = tuple(told["faults"])
        if self._known.faults is None:
            self._known.faults = faults
        changed = self._known.other_settings or faults != self._known.faults
        several = told["processes"] if len(told.get("processes", {})) > 1 else {}
        processes = {name: process["state"] for name, process in several.items()}
        return State(told["state"], told["dependencies"], changed, faults, told["settings"], processes)

    def logs(self, tail: int = 200, *, redacted: bool = True) -> Logs:
        """Give the last lines of the log and of what the process printed; not redacted only to search them."""
        told = self._ask("GET", f"/systems/{self.system}/logs?tail={tail}", _QUICK).json()
        clean = self._recorder.redactor.text if redacted else str
        return Logs(tuple(map(clean, told["log"])), tuple(map(clean, told["console"])))

    def _process(self, action: str, settings: Settings | None) -> None:
        body = {} if settings is None else {"settings": dict(settings)}
        self._ask("POST", f"/systems/{self.system}/process/{action}", _WITHIN, body)
        if settings is not None:
            self._known.other_settings = bool(settings)

    def _named_process(self, name: str, action: str, settings: Settings | None) -> None:
        body = {} if settings is None else {"settings": dict(settings)}
        self._ask("POST", f"/systems/{self.system}/processes/{name}/{action}", _WITHIN, body)
        if settings is not None:
            self._known.other_settings = bool(settings)

    def _dependency(self, name: str, action: str) -> None:
        self._ask("POST", f"/systems/{self.system}/dependencies/{name}/{action}", _WITHIN, {})

    def _seed(self, faults: Sequence[str]) -> None:
        # Asked before the first change: what it was opened with is what it goes back to.
        self.state()
        self._ask("PUT", f"/systems/{self.system}/faults", _WITHIN, {"faults": list(faults)})

    def replicas(self) -> int:
        """A system of the stack is one process: raises CapabilityMissing."""
        raise CapabilityMissing(f"{self.system}: this deployment has one process only")

    def _back_up(self, name: str) -> None:
        self._ask("POST", f"/systems/{self.system}/backups/{name}/save", _KEEPING, {})

    def _restore(self, name: str) -> None:
        self._ask("POST", f"/systems/{self.system}/backups/{name}/restore", _KEEPING, {})

    def _lose_database(self) -> None:
        self._ask("POST", f"/systems/{self.system}/database/lose", _WITHIN, {})

    def _fail_over(self) -> None:
        raise CapabilityMissing(f"{self.system}: this deployment has no standby database")

    def _as_opened(self) -> None:
        state = self.state()
        if state.faults != self._known.faults:
            self.seed_faults(self._known.faults or ())
        if self._known.other_settings:
            self.restart({})
        elif state.process == "stopped":
            self.start()

    def _ask(self, method: str, path: str, within: float, body: Any = None) -> Answer:
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            with HttpClient(
                self._url, system="stack", actor="suite", recorder=self._unread, headers=headers, within=within
            ) as client:
                answer = client.request(method, path, json=body)
                if answer.status < 300:
                    answer.json()
                    return answer
                detail = str(answer.json().get("detail"))
        except SystemFault as fault:
            raise SuiteError(f"the control API of the embedded stack failed: {fault}") from fault
        if answer.status == 501:
            raise CapabilityMissing(f"{self.system}: {detail}")
        if answer.status == 502:
            raise SystemUnreachable(f"{self.system} did not get ready: {detail}")
        if answer.status == 504:
            raise DeadlineExceeded(f"{self.system} did not obey in time: {detail}")
        raise SuiteError(f"the stack refused {method} {path} ({answer.status}): {detail}")
