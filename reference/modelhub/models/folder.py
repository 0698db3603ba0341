"""The models folder: plain files, and nothing is ever written outside of it."""

import contextlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reference.modelhub.models.known import is_local_name

PARTIAL = ".partial"
BACKUPS = ".backups"


@dataclass(frozen=True)
class Seen:
    """A file as it lies there. `size` is in bytes, `mtime_ns` in nanoseconds since 1970."""

    size: int
    mtime_ns: int


class ModelsFolder:
    """Finds and moves the files of models. Methods may raise OSError."""

    def __init__(self, root: Path) -> None:
        """Work below `root`, made when it does not exist yet."""
        self.root = root

    def prepare(self) -> None:
        """Make the folder."""
        self.root.mkdir(parents=True, exist_ok=True)

    def of(self, model_id: str) -> Path:
        """Give the folder of a model in use."""
        return self._inside(self.root / model_id)

    def partial(self, model_id: str) -> Path:
        """Give the folder of unfinished files."""
        return self._inside(self.root / PARTIAL / model_id)

    def staging(self, model_id: str, version: str) -> Path:
        """Give the folder in which a version is put together beside the one in use."""
        return self._inside(self.root / PARTIAL / f"{model_id}@{version}")

    def backup(self, model_id: str, version: str) -> Path:
        """Give the folder of a previous version."""
        return self._inside(self.root / BACKUPS / f"{model_id}@{version}")

    def names(self) -> list[str]:
        """Give the names of the folders that can be models."""
        with contextlib.suppress(FileNotFoundError), os.scandir(self.root) as found:
            return sorted(
                item.name for item in found if is_local_name(item.name) and item.is_dir(follow_symlinks=False)
            )
        return []

    def files(self, model_id: str) -> dict[str, Seen]:
        """Give the files of a model in use by name; a link counts as absent: it may lead anywhere."""
        return _files(self.of(model_id))

    def unfinished(self, model_id: str) -> dict[str, Seen]:
        """Give the unfinished files of a model."""
        return _files(self.partial(model_id))

    def with_unfinished(self) -> set[str]:
        """Name the models that have unfinished files."""
        return set(_listed(self.root / PARTIAL))

    def used(self) -> int:
        """Give the bytes of everything in the folder."""
        return _size(self.root)

    def size(self, model_id: str) -> int:
        """Give the bytes of a model in use."""
        return sum(seen.size for seen in self.files(model_id).values())

    def all_of(self, model_id: str) -> int:
        """Give the bytes that removing a model frees: in use, unfinished and previous ones."""
        return sum(_size(path) for path in self._places(model_id))

    def disk(self) -> tuple[int, int]:
        """Give size and free bytes of the file system."""
        usage = shutil.disk_usage(self.root)
        return usage.total, usage.free

    def remove(self, model_id: str) -> int:
        """Remove a model with all that belongs to it; give the bytes freed."""
        freed = 0
        for path in self._places(model_id):
            freed += _size(path)
            shutil.rmtree(path, onerror=_unless_gone)
        self.tidy()
        return freed

    def tidy(self) -> None:
        """Remove the rooms for unfinished and previous files when they are empty."""
        for room in (PARTIAL, BACKUPS):
            with contextlib.suppress(OSError):  # it holds something, or is not there
                (self.root / room).rmdir()

    def remove_unfinished(self, model_id: str) -> None:
        """Remove the unfinished files of a model."""
        for path in self._places(model_id):
            if path.parent.name == PARTIAL:
                shutil.rmtree(path, ignore_errors=True)
        self.tidy()

    def _places(self, model_id: str) -> list[Path]:
        versions = [
            self.root / room / name
            for room in (PARTIAL, BACKUPS)
            for name in _listed(self.root / room)
            if name == model_id or name.startswith(f"{model_id}@")
        ]
        return [path for path in (self.of(model_id), *versions) if path.is_dir()]

    def _inside(self, path: Path) -> Path:
        if path.parent not in (self.root, self.root / PARTIAL, self.root / BACKUPS) or "\0" in path.name:
            raise PermissionError("outside of the models folder")
        return path


def _listed(path: Path) -> list[str]:
    try:
        return os.listdir(path)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _files(path: Path) -> dict[str, Seen]:
    found: dict[str, Seen] = {}
    try:
        with os.scandir(path) as items:
            for item in items:
                if item.is_file(follow_symlinks=False):
                    with contextlib.suppress(FileNotFoundError):  # gone since it was listed
                        status = item.stat(follow_symlinks=False)
                        found[item.name] = Seen(status.st_size, status.st_mtime_ns)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return found


def _size(path: Path | str) -> int:
    """Sum up the bytes below a path; written on plain names, because it is asked all the time."""
    try:
        with os.scandir(path) as items:
            total = 0
            for item in items:
                if item.is_dir(follow_symlinks=False):
                    total += _size(item.path)
                else:
                    with contextlib.suppress(FileNotFoundError):  # gone since it was listed
                        total += item.stat(follow_symlinks=False).st_size
            return total
    except NotADirectoryError:
        return os.lstat(path).st_size
    except FileNotFoundError:
        return 0


def _unless_gone(_: object, __: str, failure: Any) -> None:
    """Pass over what somebody else removed meanwhile (a transfer that was cancelled tidies up by itself)."""
    if not isinstance(failure[1], FileNotFoundError):
        raise failure[1]
