"""Make a SQLite file unusable for everybody, and usable again without losing anything.

`BEGIN EXCLUSIVE` does not keep readers out of a database in WAL mode, and an exclusive locking mode cannot be had while
the system's pool holds connections. So the locks of SQLite's own protocol (https://sqlite.org/walformat.html,
https://sqlite.org/lockingv3.html) are taken directly:

- PENDING and RESERVED on the database file: nobody new gets in, nobody begins to write;
- all locks of the wal-index (`-shm`): nobody reads, writes or checkpoints through a connection that is open already;
- the first byte of the wal-index header is changed as long as the locks are held: readers then find it inconsistent,
  want to repair it and get SQLITE_BUSY within their own busy timeout. (With the locks alone they would try for 10 s and
  end with SQLITE_PROTOCOL.) The byte is put back before the locks go; if the holder is killed the next reader rebuilds
  the wal-index from the log, as after any crash.

Open file descriptions own the locks, so they also hold against this process and go when it dies.
"""

import asyncio
import fcntl
import os
import struct
from pathlib import Path

from reference.stack.errors import NotNow, TooLate

HELD_WITHIN = 5.0
POLL = 0.005

_PENDING_AND_RESERVED = (0x40000000, 2)
_WAL_INDEX_LOCKS = (120, 8)


class DatabaseLock:
    """Holds one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Name the database file; its `-shm` file is expected beside it while connections are open in WAL mode."""
        self._path = path
        self._files: list[int] = []
        self._header: tuple[int, bytes] | None = None

    @property
    def held(self) -> bool:
        """Whether the database is unusable now."""
        return bool(self._files)

    async def hold(self) -> None:
        """Make the database unusable, once running transactions have ended.

        Raises NotNow if there is no such file, TooLate if a transaction does not end within 5 s.
        """
        if self.held:
            return
        if not self._path.is_file():
            raise NotNow(f"there is no database to stop at {self._path.name}: start the system first")
        try:
            await self._take(self._path, *_PENDING_AND_RESERVED)
            index = self._path.with_name(f"{self._path.name}-shm")
            if index.is_file():
                file = await self._take(index, *_WAL_INDEX_LOCKS)
                self._spoil_header(file)
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Make the database usable again."""
        if self._header is not None:
            file, byte = self._header
            os.pwrite(file, byte, 0)
            self._header = None
        while self._files:
            os.close(self._files.pop())

    async def _take(self, path: Path, start: int, length: int) -> int:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        self._files.append(file)
        wanted = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, start, length, 0)
        deadline = asyncio.get_running_loop().time() + HELD_WITHIN
        while True:
            try:
                fcntl.fcntl(file, fcntl.F_OFD_SETLK, wanted)
                return file
            except BlockingIOError:
                if asyncio.get_running_loop().time() > deadline:
                    raise TooLate(f"a transaction on {path.name} did not end within {HELD_WITHIN:g} s") from None
            await asyncio.sleep(POLL)

    def _spoil_header(self, index: int) -> None:
        byte = os.pread(index, 1, 0)
        if byte:
            self._header = (index, byte)
            os.pwrite(index, bytes([byte[0] ^ 0xFF]), 0)
