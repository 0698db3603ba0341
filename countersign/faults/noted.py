"""The part of a control that is the same for every adapter: saying what was done, and undoing it."""

import copy
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Self

from countersign.errors import CapabilityMissing, CountersignError
from countersign.evidence import Entry, Recorder, utc_now
from countersign.faults.control import DependencyControl, ProcessControl, Settings, State

_DONE = {
    "kill": "was killed (SIGKILL)",
    "terminate": "was ended (SIGTERM)",
    "stop": "was stopped",
    "start": "was started and is ready",
    "restart": "was restarted and is ready",
    "pause": "was frozen",
    "resume": "goes on",
}


class NotedControl(ABC):
    """A control whose every use stands in the evidence ("the backend was killed") with the time it took."""

    def __init__(self, system: str, recorder: Recorder) -> None:
        self.system = system
        self._recorder = recorder
        self._actor = "suite"

    def noting(self, recorder: Recorder, actor: str = "suite") -> Self:
        """Give the same control, noting what is done with it in another recorder."""
        twin = copy.copy(self)
        twin._recorder, twin._actor = recorder, actor
        return twin

    def kill(self) -> None:
        """End the process at once (SIGKILL)."""
        self._act("kill")

    def terminate(self) -> None:
        """Ask the process to end (SIGTERM) and wait for it."""
        self._act("terminate")

    def stop(self) -> None:
        """End the process in good order, or, if it does not obey, at once."""
        self._act("stop")

    def start(self, settings: Settings | None = None) -> None:
        """Start it, with other settings if some are given (an empty mapping: those it was opened with)."""
        self._act("start", settings)

    def restart(self, settings: Settings | None = None) -> None:
        """Stop it in good order and start it again, settings as for `start`."""
        self._act("restart", settings)

    def pause(self) -> None:
        """Freeze the process."""
        self._act("pause")

    def resume(self) -> None:
        """Let a frozen process go on."""
        self._act("resume")

    def dependency(self, name: str) -> DependencyControl:
        """Give the control of a dependency."""
        return _NotedDependency(self, name)

    def process(self, name: str) -> ProcessControl:
        """Give the control of one process of a system that has several."""
        return _NotedProcess(self, name)

    def seed_faults(self, faults: Sequence[str]) -> None:
        """Restart the system with exactly these seeded faults."""
        named = ", ".join(faults) or "none"
        done = f"{self.system} runs with seeded faults: {named}"
        self._noted(f"seed the faults {named}", done, lambda: self._seed(faults))

    def back_up(self, name: str) -> None:
        """Back the data up under a name."""
        self._noted("back the data up", f"{self.system} was backed up as {name}", lambda: self._back_up(name))

    def lose_database(self) -> None:
        """Destroy the database of the stopped system."""
        self._noted("destroy the database", f"the database of {self.system} was destroyed", self._lose_database)

    def restore(self, name: str) -> None:
        """Restore the data of the stopped system from a backup."""
        self._noted("restore the data", f"{self.system} was restored from {name}", lambda: self._restore(name))

    def fail_over(self) -> None:
        """Take the main database away, so that its standby takes over."""
        self._noted("fail over", f"the main database of {self.system} was taken away for good", self._fail_over)

    @abstractmethod
    def replicas(self) -> int:
        """Count the copies of the process that serve now."""

    def mend(self) -> None:
        """Undo whatever is hurt: dependencies first, then the process, its settings and faults.

        Goes on after a failure, so that as much as possible is mended, and then raises the first.
        """
        failures: list[CountersignError] = []
        for name, condition in self.state().dependencies.items():
            if condition != "running":
                dependency = self.dependency(name)
                _attempt(dependency.resume if condition == "paused" else dependency.start, failures)
        for name, condition in self.state().processes.items():
            if condition != "running":
                _attempt(self.process(name).start, failures)
        state = self.state()
        if state.process == "paused":
            _attempt(self.resume, failures)
        if state.changed:
            _attempt(self._as_opened, failures)
        elif state.process == "stopped":
            _attempt(self.start, failures)
        if failures:
            raise failures[0]

    @abstractmethod
    def state(self) -> State:
        """Say how the system is now."""

    @abstractmethod
    def _process(self, action: str, settings: Settings | None) -> None: ...

    def _named_process(self, name: str, action: str, settings: Settings | None) -> None:
        raise CapabilityMissing(f"{self.system}: there is no way to {action} its process {name} by itself")

    @abstractmethod
    def _dependency(self, name: str, action: str) -> None: ...

    @abstractmethod
    def _seed(self, faults: Sequence[str]) -> None: ...

    @abstractmethod
    def _back_up(self, name: str) -> None: ...

    @abstractmethod
    def _lose_database(self) -> None: ...

    @abstractmethod
    def _restore(self, name: str) -> None: ...

    @abstractmethod
    def _fail_over(self) -> None: ...

    @abstractmethod
    def _as_opened(self) -> None: ...

    def _act(self, action: str, settings: Settings | None = None) -> None:
        given = f" with {', '.join(f'{name}={value}' for name, value in settings.items())}" if settings else ""
        self._noted(action, f"{self.system} {_DONE[action]}{given}", lambda: self._process(action, settings))

    def act_on_dependency(self, name: str, action: str) -> None:
        """Do something to a dependency and note it."""
        done = "is back" if action == "start" else _DONE[action]
        summary = f"the {name} of {self.system} {done}"
        self._noted(f"{action} the {name}", summary, lambda: self._dependency(name, action))

    def act_on_process(self, name: str, action: str, settings: Settings | None = None) -> None:
        """Do something to one process and note it."""
        given = f" with {', '.join(f'{key}={value}' for key, value in settings.items())}" if settings else ""
        summary = f"the {name} of {self.system} {_DONE[action]}{given}"
        self._noted(f"{action} the {name}", summary, lambda: self._named_process(name, action, settings))

    def _noted(self, wish: str, done: str, action: Callable[[], None]) -> None:
        began = time.monotonic()
        try:
            action()
        except CountersignError as error:
            self._note(f"could not {wish}: {error}", began)
            raise
        self._note(done, began)

    def _note(self, summary: str, began: float) -> None:
        seconds = time.monotonic() - began
        self._recorder.note(Entry(utc_now(), self._actor, self.system, "fault", "event", summary, "", seconds))


class _NotedDependency:
    def __init__(self, control: NotedControl, name: str) -> None:
        self._control = control
        self._name = name

    def stop(self) -> None:
        self._control.act_on_dependency(self._name, "stop")

    def start(self) -> None:
        self._control.act_on_dependency(self._name, "start")

    def pause(self) -> None:
        self._control.act_on_dependency(self._name, "pause")

    def resume(self) -> None:
        self._control.act_on_dependency(self._name, "resume")


class _NotedProcess:
    def __init__(self, control: NotedControl, name: str) -> None:
        self._control = control
        self._name = name

    def kill(self) -> None:
        self._control.act_on_process(self._name, "kill")

    def stop(self) -> None:
        self._control.act_on_process(self._name, "stop")

    def start(self, settings: Settings | None = None) -> None:
        self._control.act_on_process(self._name, "start", settings)

    def restart(self, settings: Settings | None = None) -> None:
        self._control.act_on_process(self._name, "restart", settings)


def _attempt(action: Callable[[], None], failures: list[CountersignError]) -> None:
    try:
        action()
    except CountersignError as error:
        failures.append(error)
