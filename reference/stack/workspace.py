"""The folder a stack works in: temporary and removed at the end, or the user's own and kept."""

import fcntl
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

from reference.stack.errors import NotNow

PREFIX = "countersign-stack-"
OWNER = "owner.pid"
YOUNG_SECONDS = 60.0


class Workspace:
    """A working folder that holds `owner.pid`, locked as long as its stack lives.

    A stack that was killed leaves a temporary folder whose lock is free: the next stack removes it. A folder given by
    the user is created if needed and never removed.
    """

    def __init__(self, given: Path | None = None) -> None:
        """Open the user's folder `given`, or make a temporary one. Raises NotNow if a stack works there."""
        self._temporary = given is None
        if given is None:
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        else:
            self.path = given.absolute()
            self.path.mkdir(parents=True, exist_ok=True)
        self._owner = os.open(self.path / OWNER, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._owner)
            raise NotNow(f"another stack works in {self.path}: end it, or name another folder") from None
        os.ftruncate(self._owner, 0)
        os.write(self._owner, f"{os.getpid()}\n".encode())

    def close(self) -> None:
        """Remove a temporary folder with all it holds; raises OSError if something cannot be removed."""
        if self._temporary:
            shutil.rmtree(self.path)
        else:
            (self.path / OWNER).unlink()
        os.close(self._owner)


def remove_leftovers() -> list[Path]:
    """Remove the temporary folders of this user's stacks that were killed; give their paths."""
    found = [path for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if _is_left_over(path)]
    for path in found:
        shutil.rmtree(path, ignore_errors=True)
    return found


def _is_left_over(path: Path) -> bool:
    try:
        status = path.lstat()
        if status.st_uid != os.getuid() or not stat.S_ISDIR(status.st_mode):
            return False
        if _is_owned(path / OWNER):
            return False
        had_owner = (path / OWNER).stat().st_size > 0
    except FileNotFoundError:
        had_owner = False
    # A stack that has only just made its folder has not written its number yet.
    return had_owner or _age(path) > YOUNG_SECONDS


def _is_owned(path: Path) -> bool:
    file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _age(path: Path) -> float:
    try:
        return time.time() - path.lstat().st_mtime
    except FileNotFoundError:
        return 0.0
