"""One reference system in a stack: its processes, settings, faults, files and dependencies."""

import asyncio
import re
import secrets
import shutil
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from reference.stack.ai_process import AiProcess
from reference.stack.backups import keep
from reference.stack.database_lock import DatabaseLock
from reference.stack.dependencies import AiDependency, DatabaseDependency, Dependency, OwnersDatabase
from reference.stack.entry import Place, SystemEntry
from reference.stack.errors import Beyond, NotNow, Unknown, Unusable
from reference.stack.faults import refuse_unknown_faults
from reference.stack.ports import Reservation
from reference.stack.process import ManagedProcess, last_lines
from reference.stack.readiness import until_file, until_ready
from reference.stack.server_process import ServerProcess
from reference.stack.settings import refuse_unusable_settings
from reference.stack.system_process import SystemProcess

ALL = "all"
"""Stands for every process of a system where one is named."""

_FOLDER_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class RunningSystem:
    """A system that keeps its address and its files while its processes come and go. Changes are made one at a time."""

    def __init__(
        self, entry: SystemEntry, work: Path, ai: AiProcess, settings: Mapping[str, str], faults: Sequence[str]
    ) -> None:
        """Prepare the working folder and reserve the ports; nothing runs yet."""
        self.entry = entry
        self.changing = asyncio.Lock()
        self._port = Reservation()
        self._servers = {server.name: ServerProcess(server) for server in entry.servers}
        folder = work / entry.name
        self.place = Place(
            port=self._port.number,
            database=folder / entry.database_name,
            content=folder / "content",
            log=folder / "system.log",
            ai_base_url=ai.base_url,
            operator_key=secrets.token_urlsafe(24),
            ports={name: server.port for name, server in self._servers.items()},
        )
        for server in self._servers.values():
            server.place(entry.name, self.place)
        self._own = dict(entry.variables(self.place))
        refuse_unusable_settings(entry, settings, self._own)
        self.faults = tuple(faults)
        self.processes = self._prepared(folder, settings)
        self._lock = DatabaseLock(self.place.database)
        self._dependencies: dict[str, Dependency] = {
            "database": self._database(settings),
            entry.ai_name: AiDependency(ai),
            **self._servers,
        }
        self._fill(folder)

    @property
    def url(self) -> str:
        """Address of the system."""
        return self._port.url

    @property
    def main(self) -> SystemProcess:
        """The process that serves the system."""
        return self.processes[self.entry.process_name]

    async def start(self) -> None:
        """Start the system's servers and then all its processes; returns when all are ready. Raises StartFailed."""
        async with asyncio.TaskGroup() as together:
            for server in self._servers.values():
                together.create_task(server.start())
        async with asyncio.TaskGroup() as together:
            for process in self.processes.values():
                together.create_task(process.start())

    async def act(self, action: str, settings: Mapping[str, str] | None, name: str | None = None) -> None:
        """Do what the control API names to a process: the default one, the one named, or all."""
        for process in self._named(name):
            await process.act(action, settings)

    def dependency(self, name: str) -> Dependency:
        """Give a dependency by its name."""
        if name not in self.entry.dependencies or name not in self._dependencies:
            raise Unknown(f"{self.entry.name} has no dependency {name!r}; it has {', '.join(self.entry.dependencies)}")
        return self._dependencies[name]

    async def seed_faults(self, faults: Sequence[str]) -> None:
        """Restart the system with these faults and no others; raises Unusable for a name it does not know."""
        await refuse_unknown_faults(self.entry, faults)
        self.faults = tuple(faults)
        restarts = (process.restart() for process in self.processes.values())
        for outcome in await asyncio.gather(*restarts, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome

    async def backup(self, name: str) -> Path:
        """Back the database up into the folder `name` of the working folder, while the system runs; give the folder."""
        folder = self._backup_folder(name)
        await keep(self.entry, "backup", folder, self._variables(self.main.settings))
        return folder

    async def restore(self, name: str) -> Path:
        """Restore the database from a backup. Raises NotNow while the system runs."""
        self._need_end("its database is restored")
        folder = self._backup_folder(name)
        await keep(self.entry, "restore", folder, self._variables(self.main.settings))
        return folder

    async def lose_database(self) -> None:
        """Destroy the database, with the data of its server. Raises NotNow while the system runs."""
        self._need_end("its database is destroyed")
        if isinstance(self._dependencies["database"], OwnersDatabase):
            raise Beyond("the database was given by its URL: the stack does not destroy it")
        server = self._servers.get("database")
        if server is not None:
            await server.stop()
        for path in self.place.folder.glob(f"{self.place.database.name}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if server is not None:
            await server.start()

    def logs(self, tail: int) -> dict[str, list[str]]:
        """Give the last lines of the system's own log and of what its processes printed."""
        console = [line for process in self.processes.values() for line in process.process.tail(tail)]
        return {"log": last_lines(self.place.log, tail), "console": console}

    def timings(self) -> dict[str, float]:
        """Give the waiting times and limits in force."""
        in_force: dict[str, str] = {}
        for process in reversed(self.processes.values()):
            in_force.update(process.settings)
        return {timing.name: timing.in_force(in_force) for timing in self.entry.timings}

    def description(self) -> dict[str, Any]:
        """Say where the system is and where its files are: its part of the ready line."""
        return {
            "url": self.url,
            "page_url": f"{self.url}{self.entry.page_path}",
            "operator_key": self.place.operator_key,
            "work": {
                "database": str(self.place.database),
                "content": str(self.place.content),
                "log": str(self.place.log),
            },
            "timings": self.timings(),
            **self.entry.facts(self.place),
        }

    def state(self) -> dict[str, Any]:
        """Say how the system is now: its default process in front, then each process by its name."""
        return {
            **self.main.state(),
            "processes": {name: process.state() for name, process in self.processes.items()},
            "faults": list(self.faults),
            "dependencies": {name: self._dependencies[name].state for name in self.entry.dependencies},
        }

    def managed(self) -> list[ManagedProcess]:
        """Give everything that must be stopped at the end."""
        servers = [server.process for server in self._servers.values()]
        return [*(process.process for process in self.processes.values()), *servers]

    def release(self) -> None:
        """Let the database and the ports go."""
        self._lock.release()
        self._port.release()
        for server in self._servers.values():
            server.release()

    def _database(self, settings: Mapping[str, str]) -> Dependency:
        if "DATABASE_URL" in settings:
            return OwnersDatabase()
        return DatabaseDependency(self._lock, can_pause=self.entry.database_can_pause)

    def _need_end(self, before: str) -> None:
        for process in self.processes.values():
            if process.process.state != "stopped":
                raise NotNow(f"{self.entry.name} is {process.process.state}: stop it before {before}")

    def _prepared(self, folder: Path, settings: Mapping[str, str]) -> dict[str, SystemProcess]:
        main = ManagedProcess(self.entry.name, self.entry.arguments, folder / "console.log")
        ready = partial(self._until_served, main)
        processes = {self.entry.process_name: self._process(main, settings, ready, None)}
        for worker in self.entry.workers:
            console, file = folder / f"{worker.name}.console.log", folder / f"{worker.name}.ready"
            managed = ManagedProcess(f"{worker.name} of {self.entry.name}", worker.arguments, console)
            processes[worker.name] = self._process(managed, settings, partial(until_file, managed, file), file)
        return processes

    def _process(
        self, managed: ManagedProcess, base: Mapping[str, str], ready: Any, file: Path | None
    ) -> SystemProcess:
        told = {"READY_FILE": str(file)} if file else {}
        return SystemProcess(
            managed,
            base=base,
            checked=lambda settings: refuse_unusable_settings(self.entry, settings, self._own),
            variables=lambda settings: {**self._variables(settings), **told},
            before=lambda: file.unlink(missing_ok=True) if file else None,
            ready=ready,
        )

    async def _until_served(self, process: ManagedProcess) -> None:
        lacking = any(self._dependencies[name].state != "running" for name in self.entry.dependencies)
        await until_ready(process, self.place.port, self.entry.health_path, any_status=lacking)

    def _named(self, name: str | None) -> list[SystemProcess]:
        if name == ALL:
            return list(self.processes.values())
        name = name or self.entry.process_name
        if name not in self.processes:
            raise Unknown(f"{self.entry.name} has no process {name!r}; it has {', '.join(self.processes)}")
        return [self.processes[name]]

    def _backup_folder(self, name: str) -> Path:
        if not _FOLDER_NAME.fullmatch(name):
            raise Unusable(f"{name!r} is no name of a backup: use letters, digits, - and _")
        return self.place.database.parent / "backups" / name

    def _variables(self, settings: Mapping[str, str]) -> dict[str, str]:
        faults = {self.entry.faults_variable: ",".join(self.faults)} if self.faults else {}
        return {**self._own, **settings, **faults}

    def _fill(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if self.entry.starting_content is not None and self.entry.starting_content.is_dir():
            shutil.rmtree(self.place.content, ignore_errors=True)
            shutil.copytree(self.entry.starting_content, self.place.content)
        else:
            self.place.content.mkdir(exist_ok=True)
