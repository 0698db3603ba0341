"""An SQL database behind a server: own threads, a short wait for locks, recovery by itself."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, MetaData, Table, event, exc, select

from reference.common.database_source import READERS, WRITING, Source

Result = TypeVar("Result")
Work = Callable[[Connection], Result]

PROBE_HOLDS_SECONDS = 0.5

_BUGS = (exc.IntegrityError, exc.ProgrammingError)


class DatabaseUnavailable(Exception):
    """The database cannot be used now; what was asked for was not done."""


@dataclass
class _Attempt:
    asked_at: float
    given_up: bool = False


class SqlDatabase:
    """Runs work in transactions, away from the event loop.

    Writing has one thread of its own: writers queue up there in the order they came instead of fighting for locks, and
    when one finds the database locked, all who already waited behind it are turned away with it.
    """

    def __init__(self, source: Source, metadata: MetaData, probed: Table) -> None:
        """Use the database of `source`; `metadata` holds its tables, and `probed` the one that health looks at."""
        self._source = source
        self.metadata = metadata
        """The tables; those that are not there are made when the database is opened first."""
        self._probed_table = probed
        self._opening = Lock()
        self._engine: Engine | None = None
        self._identity: object = None
        self._failed_at = float("-inf")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="database-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="database-reader")
        self._probed: tuple[float, bool] = (float("-inf"), False)
        self._probe: asyncio.Task[bool] | None = None
        self.on_query: Callable[[float], None] | None = None
        """Is told the seconds of every statement, from the thread that ran it."""

    async def read(self, work: Work[Result]) -> Result:
        """Run `work` in a transaction that only reads. Raises DatabaseUnavailable."""
        return await self._in(self._readers, work, "BEGIN")

    async def look(self, work: Work[Result]) -> Result:
        """Run `work` that reads by one statement, which needs no transaction around it. Raises DatabaseUnavailable."""
        return await self._in(self._readers, work, "")

    async def write(self, work: Work[Result]) -> Result:
        """Run `work` in a transaction that may write, and commit. Raises DatabaseUnavailable: nothing was kept."""
        return await self._in(self._writer, work, WRITING)

    async def usable(self) -> bool:
        """Say whether the database takes a write now; an answer holds for half a second."""
        asked_at, answer = self._probed
        if time.monotonic() - asked_at < PROBE_HOLDS_SECONDS:
            return answer
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(self._ask())
        return await asyncio.shield(self._probe)

    def close(self) -> None:
        """Let go of the database; work that did not begin is dropped."""
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        with self._opening:
            self._let_go()

    async def _ask(self) -> bool:
        look = select(next(iter(self._probed_table.primary_key))).limit(1)
        try:
            await self.write(lambda connection: connection.execute(look).first())
        except DatabaseUnavailable:
            answer = False
        else:
            answer = True
        self._probed = (time.monotonic(), answer)
        return answer

    async def _in(self, threads: ThreadPoolExecutor, work: Work[Result], begin: str) -> Result:
        attempt = _Attempt(time.monotonic())
        future = asyncio.get_running_loop().run_in_executor(threads, self._run, work, begin, attempt)
        try:
            async with asyncio.timeout(self._source.patience):
                return await asyncio.shield(future)
        except TimeoutError:
            attempt.given_up = True
            self._failed_at = time.monotonic()
            future.add_done_callback(_outcome_is_nobodys)
            raise DatabaseUnavailable("no answer in time") from None

    def _run(self, work: Work[Result], begin: str, attempt: "_Attempt") -> Result:
        if self._failed_at > attempt.asked_at:
            raise DatabaseUnavailable("another caller just found the database unusable")
        try:
            with self._current_engine().connect().execution_options(begin=begin) as connection, connection.begin():
                result = work(connection)
                if attempt.given_up:
                    raise DatabaseUnavailable("the caller was told already that this cannot be kept")
                return result
        except _BUGS:
            raise
        except (exc.DBAPIError, exc.TimeoutError, sqlite3.Error, OSError) as error:
            self._failed_at = time.monotonic()
            raise DatabaseUnavailable(type(error).__name__) from error

    def _current_engine(self) -> Engine:
        with self._opening:
            found = self._source.identity()
            if self._engine is not None and found == self._identity:
                return self._engine
            # The database was taken away or replaced: old connections would write where nobody looks.
            self._let_go()
            if found is None and self._identity is not None:
                raise FileNotFoundError("the database is gone")
            first = self._identity is None
            engine = self._source.engine(create=first)
            self._watch(engine)
            if first:
                with engine.begin() as connection:
                    self.metadata.create_all(connection)
            self._engine, self._identity = engine, self._source.identity()
            return engine

    def _watch(self, engine: Engine) -> None:
        @event.listens_for(engine, "before_cursor_execute")
        def began(connection: Any, *_: Any) -> None:
            connection.info["statement_began"] = time.perf_counter()

        @event.listens_for(engine, "after_cursor_execute")
        def ended(connection: Any, *_: Any) -> None:
            if self.on_query is not None:
                self.on_query(time.perf_counter() - connection.info["statement_began"])

    def _let_go(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def _outcome_is_nobodys(future: "asyncio.Future[Any]") -> None:
    # Asked for, so that the loop does not complain about an error that its caller was told in another way.
    if not future.cancelled():
        future.exception()
