"""The SQLite file behind everything: own threads, at most one second of waiting for a lock, recovery by itself."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, exc, text
from sqlalchemy.pool import QueuePool

from reference.chattrain import tables

Result = TypeVar("Result")
Work = Callable[[Connection], Result]

LOCK_WAIT_SECONDS = 1.0
READERS = 4
PROBE_HOLDS_SECONDS = 0.5

_BUGS = (exc.IntegrityError, exc.ProgrammingError)


class DatabaseUnavailable(Exception):
    """The database cannot be used now; what was asked for was not done."""


class Database:
    """Runs work in transactions, away from the event loop.

    Writing has one thread of its own: writers queue up there in the order they came instead of fighting for SQLite's
    lock, and when one finds the file locked, all who already waited behind it are turned away with it.
    """

    def __init__(self, path: Path, lock_wait: float = LOCK_WAIT_SECONDS) -> None:
        """Use the file `path`, made when it does not exist yet. `lock_wait` is in seconds."""
        self._path = path
        self._lock_wait = lock_wait
        self._opening = Lock()
        self._engine: Engine | None = None
        self._identity: tuple[int, int] | None = None
        self._failed_at = float("-inf")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="database-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="database-reader")
        self._probed: tuple[float, bool] = (float("-inf"), False)
        self._probe: asyncio.Task[bool] | None = None

    async def read(self, work: Work[Result]) -> Result:
        """Run `work` in a transaction that only reads. Raises DatabaseUnavailable."""
        return await self._in(self._readers, work, writing=False)

    async def write(self, work: Work[Result]) -> Result:
        """Run `work` in a transaction that may write, and commit. Raises DatabaseUnavailable: nothing was kept."""
        return await self._in(self._writer, work, writing=True)

    async def usable(self) -> bool:
        """Say whether the database takes a write now; an answer holds for half a second."""
        asked_at, answer = self._probed
        if time.monotonic() - asked_at < PROBE_HOLDS_SECONDS:
            return answer
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(self._ask())
        return await asyncio.shield(self._probe)

    def close(self) -> None:
        """Let go of the file; work that did not begin is dropped."""
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        with self._opening:
            self._let_go()

    async def _ask(self) -> bool:
        try:
            await self.write(lambda connection: connection.execute(text("SELECT id FROM sessions LIMIT 1")).first())
        except DatabaseUnavailable:
            answer = False
        else:
            answer = True
        self._probed = (time.monotonic(), answer)
        return answer

    async def _in(self, threads: ThreadPoolExecutor, work: Work[Result], *, writing: bool) -> Result:
        asked_at = time.monotonic()
        return await asyncio.get_running_loop().run_in_executor(threads, self._run, work, writing, asked_at)

    def _run(self, work: Work[Result], writing: bool, asked_at: float) -> Result:
        if self._failed_at > asked_at:
            raise DatabaseUnavailable("another caller just found the database unusable")
        try:
            with self._current_engine().connect().execution_options(writing=writing) as connection, connection.begin():
                return work(connection)
        except _BUGS:
            raise
        except (exc.DBAPIError, exc.TimeoutError, sqlite3.Error, OSError) as error:
            self._failed_at = time.monotonic()
            raise DatabaseUnavailable(type(error).__name__) from error

    def _current_engine(self) -> Engine:
        with self._opening:
            found = self._identity_on_disk()
            if self._engine is not None and found == self._identity:
                return self._engine
            # The file was moved away or replaced: connections to it would write where nobody looks.
            self._let_go()
            if found is None and self._identity is not None:
                raise FileNotFoundError("the database file is gone")
            engine = self._open(create=self._identity is None)
            self._engine, self._identity = engine, self._identity_on_disk()
            return engine

    def _identity_on_disk(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)
        except FileNotFoundError:
            return None
        return (found.st_dev, found.st_ino)

    def _open(self, *, create: bool) -> Engine:
        if create:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        address = f"file:{quote(str(self._path))}?mode={'rwc' if create else 'rw'}"

        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(
                address, uri=True, timeout=self._lock_wait, isolation_level=None, check_same_thread=False
            )
            for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
                connection.execute(f"PRAGMA {pragma}")
            return connection

        engine = create_engine(
            "sqlite://", creator=connect, poolclass=QueuePool, pool_size=READERS + 1, hide_parameters=True
        )
        event.listen(engine, "begin", _begin)
        if create:
            tables.metadata.create_all(engine)
        return engine

    def _let_go(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def _begin(connection: Any) -> None:
    writing = connection.get_execution_options().get("writing", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
