"""What may be done to a running system, whoever does it: the embedded stack, or an operator's own commands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

from countersign.evidence import Recorder

Settings = Mapping[str, str | int | float | bool]
"""Environment variables of the system, by name."""


@dataclass(frozen=True)
class Work:
    """The files of a system that the suite runs itself."""

    database: Path
    content: Path
    log: Path


@dataclass(frozen=True)
class Logs:
    """The last lines of the system's own log and of what its process printed."""

    log: tuple[str, ...]
    console: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """How a system is: `process` and each of the `dependencies` is "running", "paused" or "stopped".

    `processes` holds each process of a system that has several, by name. `changed` says that it runs with other
    settings or faults than it was opened with.
    """

    process: str = "running"
    dependencies: Mapping[str, str] = field(default_factory=dict)
    changed: bool = False
    faults: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    processes: Mapping[str, str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Say whether nothing is hurt."""
        parts = {self.process, *self.dependencies.values(), *self.processes.values()}
        return parts == {"running"} and not self.changed


class DependencyControl(Protocol):
    """A dependency of the system ("database", "ai"). Each action returns when it is in force."""

    def stop(self) -> None:
        """Make it unusable: its users notice at once."""

    def start(self) -> None:
        """Make it usable again, with its data."""

    def pause(self) -> None:
        """Let it hang: it takes calls and answers none."""

    def resume(self) -> None:
        """Let it go on."""


class ProcessControl(Protocol):
    """One process of a system that has several. Each action returns when it is in force."""

    def kill(self) -> None:
        """End it at once, without a chance to tidy up (SIGKILL)."""

    def stop(self) -> None:
        """End it in good order, or, if it does not obey, at once."""

    def start(self, settings: Settings | None = None) -> None:
        """Start it; with other settings if some are given (an empty mapping: those it was opened with)."""

    def restart(self, settings: Settings | None = None) -> None:
        """Stop it in good order and start it again, settings as for `start`."""


class Control(Protocol):
    """The process of a system and what it depends on.

    Each action returns when it is in force (a start when the system is ready, as far as the adapter can know) and is
    noted in the evidence. What an adapter cannot do raises CapabilityMissing.
    """

    @property
    def system(self) -> str:
        """Name of the system."""

    @property
    def offers(self) -> frozenset[str]:
        """Which capabilities of control this adapter gives: process-control, dependency-control, log-read,
        backup-restore, db-failover, autoscale."""

    @property
    def work(self) -> Work:
        """Its files, where the suite owns them. Raises CapabilityMissing elsewhere."""

    def noting(self, recorder: Recorder, actor: str = "suite") -> Self:
        """Give the same control, noting what is done with it in another recorder (a scenario's)."""

    def kill(self) -> None:
        """End the process at once, without a chance to tidy up (SIGKILL)."""

    def terminate(self) -> None:
        """Ask the process to end (SIGTERM) and wait for it."""

    def stop(self) -> None:
        """End the process in good order, or, if it does not obey, at once."""

    def start(self, settings: Settings | None = None) -> None:
        """Start it; with other settings if some are given (an empty mapping: those it was opened with)."""

    def restart(self, settings: Settings | None = None) -> None:
        """Stop it in good order and start it again at the same address, settings as for `start`."""

    def pause(self) -> None:
        """Freeze the process."""

    def resume(self) -> None:
        """Let a frozen process go on."""

    def dependency(self, name: str) -> DependencyControl:
        """Give the control of a dependency."""

    def process(self, name: str) -> ProcessControl:
        """Give the control of one process of a system that has several."""

    def seed_faults(self, faults: Sequence[str]) -> None:
        """Restart the system with exactly these seeded faults (an empty list: none)."""

    def state(self) -> State:
        """Say how the system is now."""

    def logs(self, tail: int = 200, *, redacted: bool = True) -> Logs:
        """Give the last lines of the logs; not redacted only to search them for what must not be there."""

    def back_up(self, name: str) -> None:
        """Back the data up under a name, while the system runs."""

    def lose_database(self) -> None:
        """Destroy the database of the stopped system; only `restore` brings something back."""

    def restore(self, name: str) -> None:
        """Restore the data of the stopped system from the backup of this name."""

    def fail_over(self) -> None:
        """Take the main database away for good, so that its standby takes over; returns when it is away."""

    def replicas(self) -> int:
        """Count the copies of the process that serve now."""

    def mend(self) -> None:
        """Undo whatever is hurt: dependencies first, then the process, its settings and faults."""
