"""Systems on a PostgreSQL server of their own instead of a SQLite file."""

import asyncio
import secrets
import signal
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reference.stack.entry import Place, Registry, ServerEntry, SystemEntry, Timing
from reference.stack.errors import StackError
from reference.stack.ports import LOOPBACK
from reference.stack.postgresql_programs import Programs, find_programs

URL_SETTING = "DATABASE_URL"
FOLDER = "postgresql"
USER, DATABASE = "reference", "postgres"
MADE_WITHIN = 30.0
PATIENCE_SECONDS = 3.0
"""How long systems wait for a server that does not answer (`DatabaseServer.patience`)."""

_SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    # A working folder need not outlive the machine, and the memory goes with the processes, also when they are killed.
    "fsync": "off",
    "full_page_writes": "off",
    "dynamic_shared_memory_type": "mmap",
    "shared_buffers": "32MB",
}


def on_postgresql(registry: Registry, settings: Mapping[str, str]) -> Registry:
    """Give every system that takes its database by URL a PostgreSQL server, started before it.

    A URL of the user's own in `settings` stays: then the stack starts none. Raises Unusable where no server can be had.
    """
    if URL_SETTING in settings:
        return registry
    programs = find_programs()
    return {name: _moved(entry, programs) if _takes_a_url(entry) else entry for name, entry in registry.items()}


def _takes_a_url(entry: SystemEntry) -> bool:
    return URL_SETTING in entry.replaceable


def _moved(entry: SystemEntry, programs: Programs) -> SystemEntry:
    server = _Server(programs)
    return replace(
        entry,
        variables=lambda place: {**entry.variables(place), URL_SETTING: _url(place)},
        database_name=FOLDER,
        servers=(
            ServerEntry(
                "database",
                server.command,
                prepare=server.prepare,
                ready=server.ready,
                ended_by=signal.SIGINT,  # SIGTERM would wait for the callers to leave
            ),
            *entry.servers,
        ),
        timings=tuple(map(_waiting, entry.timings)),
    )


def _waiting(timing: Timing) -> Timing:
    return replace(timing, default=PATIENCE_SECONDS) if timing.name == "database_wait_seconds" else timing


def _secret(place: Place) -> Path:
    """Give the file of the password. It stays with the data: a working folder may serve a second stack."""
    file = place.folder / "database.secret"
    if not file.is_file():
        place.folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
    return file


def _url(place: Place) -> str:
    return f"postgresql://{USER}:{_secret(place).read_text()}@{LOOPBACK}:{place.ports['database']}/{DATABASE}"


class _Server:
    def __init__(self, programs: Programs) -> None:
        self._programs = programs

    def command(self, place: Place, port: int) -> tuple[str, ...]:
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        return self._programs.command("postgres", "-D", str(place.database), "-p", str(port), *settings)

    async def prepare(self, place: Place) -> None:
        """Make the cluster if there is none."""
        if (place.database / "PG_VERSION").is_file():
            return
        self._programs.let_in(place.folder.parent, place.folder)
        place.database.mkdir(mode=0o700, exist_ok=True)
        for path in (place.database, _secret(place)):
            self._programs.give(path)
        # The order of texts and the meaning of their letters must not depend on the machine.
        alike = ("--encoding=UTF8", "--locale=C", "--no-sync")
        signed_in = (f"--username={USER}", f"--pwfile={_secret(place)}", "--auth=scram-sha-256")
        await _done(self._programs.command("initdb", "-D", str(place.database), *alike, *signed_in), place)

    async def ready(self, place: Place) -> bool:
        """Ask the server something."""
        import psycopg

        try:
            async with await psycopg.AsyncConnection.connect(_url(place), connect_timeout=2) as connection:
                await connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True


async def _done(command: tuple[str, ...], place: Place) -> None:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe, cwd=place.folder)
    try:
        _, complaint = await asyncio.wait_for(process.communicate(), MADE_WITHIN)
    except TimeoutError:
        raise StackError(f"initdb was not done within {MADE_WITHIN:g} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise StackError(f"initdb could not make a database: {complaint.decode(errors='replace').strip()[-500:]}")
