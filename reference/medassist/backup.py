"""Back the database up while the system runs, and restore it after a total loss.

A backup is one SQLite file with the rows of all tables as they were at one moment, whatever database they came from.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select

from reference.common.database_source import SqliteFile, source_of
from reference.medassist import tables

FILE = "medassist-backup.sqlite3"
ROWS_AT_ONCE = 500


class NoBackup(Exception):
    """There is nothing that could be restored; the message says where it was looked for."""


class Backup:
    """Copies all tables."""

    def __init__(self, database_url: str) -> None:
        """Back up the database of `database_url`. Raises SettingError."""
        self._source = source_of(database_url)

    def save(self, folder: Path) -> Path:
        """Copy everything into a new file in `folder`; give the file. The system may go on meanwhile."""
        folder.mkdir(parents=True, exist_ok=True)
        file, unfinished = folder / FILE, folder / f"{FILE}.unfinished"
        unfinished.unlink(missing_ok=True)
        engines = self._source.engine(create=False), SqliteFile(unfinished).engine(create=True)
        try:
            tables.metadata.create_all(engines[1])
            self._copy(*engines)
            with engines[1].connect() as connection:
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        finally:
            for engine in engines:
                engine.dispose()
        unfinished.rename(file)
        return file

    def restore(self, folder: Path) -> None:
        """Put everything of the backup in `folder` into the database, and nothing else. Raises NoBackup."""
        file = folder / FILE
        if not file.is_file():
            raise NoBackup(f"there is no {FILE} in {folder}")
        engines = SqliteFile(file).engine(create=False), self._source.engine(create=True)
        try:
            tables.metadata.create_all(engines[1])
            self._copy(*engines)
        finally:
            for engine in engines:
                engine.dispose()

    def tables(self) -> Iterator[Table]:
        """Give the tables that are copied, those before which others refer to."""
        yield from tables.metadata.sorted_tables

    def _copy(self, source: Engine, target: Engine) -> None:
        # One moment for all tables: PostgreSQL otherwise shows each statement what was kept meanwhile.
        options = {"begin": "BEGIN", "isolation_level": "SERIALIZABLE"}
        with source.connect().execution_options(**options) as reading, reading.begin(), target.begin() as writing:
            for table in reversed(tables.metadata.sorted_tables):
                writing.execute(delete(table))
            for table in self.tables():
                for rows in _in_parts(reading, table):
                    writing.execute(insert(table), rows)
                _count_on(writing, table)


def _count_on(connection: Connection, table: Table) -> None:
    # PostgreSQL counts beside the table and does not see rows that bring their numbers along.
    number = table.autoincrement_column
    if number is not None and connection.dialect.name == "postgresql":
        counter = func.pg_get_serial_sequence(table.name, number.name)
        connection.execute(select(func.setval(counter, func.coalesce(func.max(number), 0) + 1, False)))


def _in_parts(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    for part in connection.execute(select(table)).mappings().partitions(ROWS_AT_ONCE):
        yield [dict(row) for row in part]
