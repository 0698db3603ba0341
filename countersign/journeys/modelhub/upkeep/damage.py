"""Ways to damage the files of a model behind the hub's back, and to bring them back."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

WEIGHT, OTHER_WEIGHT, LAST = "diffusion-00001.safetensors", "text_encoder.safetensors", "vae.safetensors"
CONFIGURATION = "config.json"


class FolderCopy:
    """The files of a model as they are right, kept in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: Mapping[str, bytes] = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    def restores(self) -> None:
        """Make the folder hold exactly these files again."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for name, content in self.files.items():
            (self.folder / name).write_bytes(content)

    def now(self) -> dict[str, bytes]:
        """Give the files that are there now."""
        if not self.folder.is_dir():
            return {}
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}

    @property
    def is_right(self) -> bool:
        """Say whether every file is there as it was kept."""
        return self.now() == dict(self.files)


def overwritten(folder: Path, name: str = WEIGHT) -> None:
    """Overwrite bytes in the middle of a file; its size stays."""
    with (folder / name).open("r+b") as file:
        file.seek((folder / name).stat().st_size // 2)
        before = file.read(64)
        file.seek(-len(before), os.SEEK_CUR)
        file.write(bytes(each ^ 0xFF for each in before))


def overwritten_unseen(folder: Path) -> None:
    """Overwrite bytes of a file and set its time back, so that neither size nor time gives it away."""
    status = (folder / WEIGHT).stat()
    overwritten(folder)
    os.utime(folder / WEIGHT, ns=(status.st_atime_ns, status.st_mtime_ns))


def cut(folder: Path) -> None:
    """Cut a file to half of its size."""
    os.truncate(folder / WEIGHT, (folder / WEIGHT).stat().st_size // 2)


def emptied(folder: Path) -> None:
    """Empty a file."""
    os.truncate(folder / WEIGHT, 0)


def unreadable(folder: Path) -> None:
    """Make a configuration file unreadable; its size stays."""
    path = folder / CONFIGURATION
    path.write_bytes(b"{" * path.stat().st_size)


def deleted(folder: Path) -> None:
    """Delete a file."""
    (folder / LAST).unlink()


def several(folder: Path) -> None:
    """Delete two files and overwrite another."""
    (folder / LAST).unlink()
    (folder / OTHER_WEIGHT).unlink()
    overwritten(folder)


def folder_deleted(folder: Path) -> None:
    """Delete the whole folder."""
    shutil.rmtree(folder)


def left_over(folder: Path) -> None:
    """Leave an unfinished file behind."""
    (folder / f"{LAST}.partial").write_bytes(b"unfinished")


def nothing(folder: Path) -> None:
    """Leave everything as it is."""


DAMAGES: Mapping[str, Callable[[Path], None]] = {
    "everything in place": nothing,
    "a weight file overwritten, its size kept": overwritten,
    "a weight file overwritten, its size and time kept": overwritten_unseen,
    "a weight file cut to half": cut,
    "a weight file emptied": emptied,
    "the configuration made unreadable": unreadable,
    "a file deleted": deleted,
    "two files deleted, another overwritten": several,
    "the whole folder deleted": folder_deleted,
    "everything in place, beside a left-over of an unfinished download": left_over,
}
"""What can happen to the files of an installed model, by the words of the features."""

GONE: Mapping[str, tuple[str, ...]] = {
    "a file deleted": (LAST,),
    "two files deleted, another overwritten": (LAST, OTHER_WEIGHT),
}
"""The files that are missing afterwards, where only some are."""

HARMED: Mapping[str, tuple[str, ...]] = {
    "a weight file overwritten, its size kept": (WEIGHT,),
    "a weight file overwritten, its size and time kept": (WEIGHT,),
    "a weight file cut to half": (WEIGHT,),
    "a weight file emptied": (WEIGHT,),
    "the configuration made unreadable": (CONFIGURATION,),
    "a file deleted": (LAST,),
    "two files deleted, another overwritten": (LAST, OTHER_WEIGHT, WEIGHT),
}
"""The files that are not as they were published afterwards."""
