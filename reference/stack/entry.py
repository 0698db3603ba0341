"""What a system needs to be started: its processes, its files, the servers it depends on."""

import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where one system lives in a stack: its files, its address, the AI it asks, its operator's key.

    `ports` are those of its own servers, by their names.
    """

    port: int
    database: Path
    content: Path
    log: Path
    ai_base_url: str
    operator_key: str
    ports: Mapping[str, int] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Folder in which all files of the system lie."""
        return self.database.parent


@dataclass(frozen=True)
class Timing:
    """A waiting time or limit that the suite must know: reported under `name`, set by `variable`.

    The value in force is that of the setting (or `default`), times `factor`. Without a variable it cannot be set.
    """

    name: str
    default: float
    variable: str = ""
    factor: float = 1.0

    def in_force(self, settings: Mapping[str, str]) -> float:
        """Give the value under these settings; what is no number is left to the system to refuse."""
        try:
            return float(settings[self.variable]) * self.factor
        except (KeyError, ValueError):
            return self.default


@dataclass(frozen=True)
class WorkerEntry:
    """A process of a system besides the one that serves it, without a port.

    `arguments` follow the Python interpreter. It tells that it is ready by making the file named in `READY_FILE`.
    """

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class ServerEntry:
    """A server that belongs to one system and that the system depends on, started before it.

    `command` gives the program with its arguments for a place and the server's own port; `prepare` is called before
    each start. The server is ready when `ready` says so, or when `ready_path` answers 200 over HTTP; without either the
    port only has to take connections. `ended_by` is the signal that ends it in good order.
    """

    name: str
    command: Callable[[Place, int], tuple[str, ...]]
    ready_path: str | None = None
    variables: Callable[[Place, int], Mapping[str, str]] = field(default=lambda place, port: {})
    prepare: Callable[[Place], Awaitable[None]] | None = None
    ready: Callable[[Place], Awaitable[bool]] | None = None
    ended_by: signal.Signals = signal.SIGTERM


@dataclass(frozen=True)
class SystemEntry:
    """How to start a system.

    `arguments` follow the Python interpreter; with `--list-faults` behind them the program prints the names of its
    seeded faults as a JSON list. `variables` gives the environment of a place; of these only the `replaceable` ones can
    be set by a user. `starting_content` is copied into the working folder. `facts` are added to what the stack tells
    about the system. `database_name` is the file, or the folder of the server, in the working folder that holds the
    data. `database_can_pause`: the system waits for a held database for a while before it gives up, which
    is all that pausing a file can mean. `keeps_backups`: with `--backup` or `--restore` and a folder behind the
    arguments the program backs its database up or restores it. A system of several processes has `workers` besides the
    process that `arguments` start (`process_name`, the default one), and may bring `servers` of its own; `ai_name` is
    the name under which it knows the scripted AI.
    """

    name: str
    arguments: tuple[str, ...]
    variables: Callable[[Place], Mapping[str, str]]
    faults_variable: str
    replaceable: frozenset[str] = frozenset()
    health_path: str = "/api/health"
    page_path: str = ""
    starting_content: Path | None = None
    database_name: str = "database.sqlite3"
    dependencies: tuple[str, ...] = ("database", "ai")
    database_can_pause: bool = False
    keeps_backups: bool = False
    facts: Callable[[Place], Mapping[str, Any]] = field(default=lambda place: {})
    timings: tuple[Timing, ...] = ()
    process_name: str = "main"
    workers: tuple[WorkerEntry, ...] = ()
    servers: tuple[ServerEntry, ...] = ()
    ai_name: str = "ai"


Registry = Mapping[str, SystemEntry]
