"""Where a database is: a SQLite file, or a server named by a URL."""

import os
import sqlite3
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from reference.common.environment import SettingError

LOCK_WAIT_SECONDS = 1.0
CONNECT_WITHIN_SECONDS = 2
READERS = 4
"""Threads, and so connections, that read at the same time; one more writes."""

WRITING = "BEGIN IMMEDIATE"
"""How a transaction that may write begins; it is the default."""

_POSTGRES = "postgresql+psycopg"
_PEN = 0x4D_41_52_4B  # any number that all processes know


class Source(Protocol):
    """Opens a database. Callers wait `patience` seconds for an answer; None where the database itself gives up."""

    @property
    def patience(self) -> float | None:
        """Seconds that callers wait at most."""

    def identity(self) -> object:
        """Give what changes when the database is replaced by another; None if it is not there."""

    def engine(self, *, create: bool) -> Engine:
        """Open it; `create` says whether it may be made."""


class SqliteFile:
    """A SQLite file in WAL mode."""

    patience: float | None = None

    def __init__(self, path: Path, lock_wait: float = LOCK_WAIT_SECONDS) -> None:
        """Use the file `path`, made when it does not exist yet. `lock_wait` is in seconds."""
        self._path = path
        self._lock_wait = lock_wait

    def identity(self) -> tuple[int, int] | None:
        """Give device and inode of the file. Asked anew every time: a line must not be confirmed into a lost file."""
        try:
            found = os.stat(self._path)
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def engine(self, *, create: bool) -> Engine:
        """Open the file."""
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
        return engine


class DatabaseServer:
    """A database server by its URL; a hanging one is given up after a few seconds."""

    patience: float | None = 3.0

    def __init__(self, url: str) -> None:
        """Connect to `url`, for example `postgresql://user:password@host/name`."""
        self._url = url

    def identity(self) -> str:
        """Give the URL: a server keeps its name whatever happens behind it."""
        return self._url

    def engine(self, *, create: bool) -> Engine:
        """Prepare the connections; the first statement opens one."""
        wait = f"-c statement_timeout=2000 -c lock_timeout={int(LOCK_WAIT_SECONDS * 1000)}"
        engine = create_engine(
            self._url,
            pool_size=READERS + 1,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={
                "connect_timeout": CONNECT_WITHIN_SECONDS,
                "options": wait,
                "tcp_user_timeout": 2000,
            },
        )
        event.listen(engine, "begin", _take_the_pen)
        return engine


def source_of(url: str) -> Source:
    """Give the source of a database URL. Raises SettingError for one that cannot be used here."""
    try:
        read = make_url(url)
    except ArgumentError:
        raise SettingError("DATABASE_URL must be a URL such as sqlite:///data.sqlite3 or postgresql://...") from None
    if read.get_backend_name() == "sqlite" and read.database:
        return SqliteFile(Path(read.database).absolute())
    if read.get_backend_name() == "postgresql":
        try:
            __import__("psycopg")
        except ImportError:
            raise SettingError("a PostgreSQL database needs the driver: pip install 'psycopg[binary]'") from None
        return DatabaseServer(read.set(drivername=_POSTGRES).render_as_string(hide_password=False))
    raise SettingError(f"DATABASE_URL names {read.get_backend_name()!r}: use sqlite:///... or postgresql://...")


def _take_the_pen(connection: Any) -> None:
    # One writer at a time among all processes of the system, in the order they came, as a SQLite file has it.
    if connection.get_execution_options().get("begin", WRITING) == WRITING:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_PEN})")


def _begin(connection: Any) -> None:
    begin = connection.get_execution_options().get("begin", WRITING)
    if begin:
        connection.exec_driver_sql(begin)
