"""The SQLite file behind ChatTrain."""

from pathlib import Path

from reference.chattrain import tables
from reference.common.database import DatabaseUnavailable, SqlDatabase
from reference.common.database_source import LOCK_WAIT_SECONDS, SqliteFile

__all__ = ["Database", "DatabaseUnavailable"]


class Database(SqlDatabase):
    """ChatTrain's tables in one file."""

    def __init__(self, path: Path, lock_wait: float = LOCK_WAIT_SECONDS) -> None:
        """Use the file `path`, made when it does not exist yet. `lock_wait` is in seconds."""
        super().__init__(SqliteFile(path, lock_wait), tables.metadata, tables.sessions)
