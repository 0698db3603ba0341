"""One reference system in a stack: its process, settings, faults, files and dependencies."""

import asyncio
import re
import secrets
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reference.stack.ai_process import AiProcess
from reference.stack.backups import keep
from reference.stack.database_lock import DatabaseLock
from reference.stack.dependencies import AiDependency, DatabaseDependency, Dependency
from reference.stack.errors import NotNow, Unknown, Unusable
from reference.stack.faults import refuse_unknown_faults
from reference.stack.ports import Reservation
from reference.stack.process import ManagedProcess, last_lines
from reference.stack.readiness import until_ready
from reference.stack.registry import Place, SystemEntry
from reference.stack.settings import refuse_unusable_settings

_FOLDER_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class RunningSystem:
    """A system that keeps its address and its files while its process comes and goes.

    Changes are made one at a time. Settings given with a start or restart hold until other settings are given; an empty
    set of settings goes back to those the stack was started with.
    """

    def __init__(
        self, entry: SystemEntry, work: Path, ai: AiProcess, settings: Mapping[str, str], faults: Sequence[str]
    ) -> None:
        """Prepare the working folder and reserve a port; nothing runs yet."""
        self.entry = entry
        self.changing = asyncio.Lock()
        self._port = Reservation()
        folder = work / entry.name
        self.place = Place(
            port=self._port.number,
            database=folder / "database.sqlite3",
            content=folder / "content",
            log=folder / "system.log",
            ai_base_url=ai.base_url,
            operator_key=secrets.token_urlsafe(24),
        )
        self._own = dict(entry.variables(self.place))
        refuse_unusable_settings(entry, settings, self._own)
        self._base = dict(settings)
        self.settings = dict(settings)
        self.faults = tuple(faults)
        self.process = ManagedProcess(entry.name, entry.arguments, folder / "console.log")
        self._lock = DatabaseLock(self.place.database)
        self._dependencies: dict[str, Dependency] = {
            "database": DatabaseDependency(self._lock, can_pause=entry.database_can_pause),
            "ai": AiDependency(ai),
        }
        self._fill(folder)

    @property
    def url(self) -> str:
        """Address of the system."""
        return self._port.url

    async def start(self, settings: Mapping[str, str] | None = None) -> None:
        """Start the process and wait until the system is ready; a paused one goes on, a running one is left alone.

        Raises NotNow for other settings while it runs, StartFailed if it does not get ready.
        """
        wanted = self.settings if settings is None else self._wanted(settings)
        if self.process.state == "paused":
            await self.process.resume()
        if self.process.state == "stopped":
            self.settings = wanted
            await self.process.start(self._variables())
        elif wanted != self.settings:
            raise NotNow(f"{self.entry.name} is running: restart it to give it other settings")
        await until_ready(self.process, self.place.port, self.entry.health_path, any_status=self._lacks_a_dependency())

    async def restart(self, settings: Mapping[str, str] | None = None) -> None:
        """Stop the process in good order and start it again at the same address."""
        if settings is not None:
            self._wanted(settings)
        await self.process.stop()
        await self.start(settings)

    async def act(self, action: str, settings: Mapping[str, str] | None) -> None:
        """Do what the control API names: terminate, kill, stop, start, restart, pause or resume."""
        if action in ("start", "restart"):
            await (self.start(settings) if action == "start" else self.restart(settings))
        elif action in ("terminate", "kill", "stop", "pause", "resume"):
            await getattr(self.process, action)()
        else:
            raise Unknown(f"no action {action!r}: use terminate, kill, stop, start, restart, pause or resume")

    def dependency(self, name: str) -> Dependency:
        """Give a dependency by its name."""
        if name not in self.entry.dependencies or name not in self._dependencies:
            raise Unknown(f"{self.entry.name} has no dependency {name!r}; it has {', '.join(self.entry.dependencies)}")
        return self._dependencies[name]

    async def seed_faults(self, faults: Sequence[str]) -> None:
        """Restart the system with these faults and no others; raises Unusable for a name it does not know."""
        await refuse_unknown_faults(self.entry, faults)
        self.faults = tuple(faults)
        await self.restart()

    async def backup(self, name: str) -> Path:
        """Back the database up into the folder `name` of the working folder, while the system runs; give the folder."""
        folder = self._backup_folder(name)
        await keep(self.entry, "backup", folder, self._variables())
        return folder

    async def restore(self, name: str) -> Path:
        """Restore the database from a backup. Raises NotNow while the system runs."""
        if self.process.state != "stopped":
            raise NotNow(f"{self.entry.name} is {self.process.state}: stop it before its database is restored")
        folder = self._backup_folder(name)
        await keep(self.entry, "restore", folder, self._variables())
        return folder

    def logs(self, tail: int) -> dict[str, list[str]]:
        """Give the last lines of the system's own log and of what its process printed."""
        return {"log": last_lines(self.place.log, tail), "console": self.process.tail(tail)}

    def timings(self) -> dict[str, float]:
        """Give the waiting times and limits in force."""
        return {timing.name: timing.in_force(self.settings) for timing in self.entry.timings}

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
        """Say how the system is now."""
        return {
            "state": self.process.state,
            "pid": self.process.pid,
            "exit_code": self.process.exit_code,
            "settings": self.settings,
            "faults": list(self.faults),
            "dependencies": {name: self._dependencies[name].state for name in self.entry.dependencies},
        }

    def release(self) -> None:
        """Let the database and the port go."""
        self._lock.release()
        self._port.release()

    def _wanted(self, settings: Mapping[str, str]) -> dict[str, str]:
        refuse_unusable_settings(self.entry, settings, self._own)
        return {**self._base, **settings}

    def _backup_folder(self, name: str) -> Path:
        if not _FOLDER_NAME.fullmatch(name):
            raise Unusable(f"{name!r} is no name of a backup: use letters, digits, - and _")
        return self.place.database.parent / "backups" / name

    def _variables(self) -> dict[str, str]:
        faults = {self.entry.faults_variable: ",".join(self.faults)} if self.faults else {}
        return {**self._own, **self.settings, **faults}

    def _lacks_a_dependency(self) -> bool:
        return any(self._dependencies[name].state != "running" for name in self.entry.dependencies)

    def _fill(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if self.entry.starting_content is not None and self.entry.starting_content.is_dir():
            shutil.rmtree(self.place.content, ignore_errors=True)
            shutil.copytree(self.entry.starting_content, self.place.content)
        else:
            self.place.content.mkdir(exist_ok=True)
