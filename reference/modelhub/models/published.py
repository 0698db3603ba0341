"""Versions as the source publishes them, and how they compare."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reference.modelhub.models.known import is_file_name

_SHA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class PublishedFile:
    """A file of a version. `size` is in bytes."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class PublishedVersion:
    """A version of a model, with the trouble of its file list if it cannot be used."""

    version: str
    files: tuple[PublishedFile, ...]
    urgent: bool = False
    release_notes: str = ""
    trouble: str | None = None

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True)
class Published:
    """A model of the source: its versions by name and which is the latest. `listed`: the source offers it now."""

    model_id: str
    versions: Mapping[str, PublishedVersion] = field(default_factory=dict)
    latest: str | None = None
    listed: bool = True


class ListReader:
    """Reads file lists. What could lead out of the models folder makes a list unusable."""

    def version(self, raw: Mapping[str, Any]) -> PublishedVersion:
        """Read a version of the source's list."""
        files, trouble = self.files(raw.get("files"))
        notes = str(raw.get("release_notes") or "")[:4000]
        return PublishedVersion(str(raw["version"]), files, bool(raw.get("urgent")), notes, trouble)

    def files(self, raw: Any) -> tuple[tuple[PublishedFile, ...], str | None]:
        """Read a file list; give its trouble beside what could be read."""
        if not isinstance(raw, Sequence) or isinstance(raw, str) or not raw:
            return (), "the list of files is empty"
        files: list[PublishedFile] = []
        seen: set[str] = set()
        trouble: str | None = None
        for item in raw:
            try:
                file = PublishedFile(str(item["path"]), int(item["size"]), str(item["sha256"]).lower())
            except (KeyError, TypeError, ValueError):
                return (), "the list of files cannot be read"
            trouble = trouble or self.trouble(file, seen)
            seen.add(file.path.casefold())
            files.append(file)
        return tuple(files), trouble

    def trouble(self, file: PublishedFile, seen: set[str]) -> str | None:
        """Say what is wrong with a file of the list."""
        if not is_file_name(file.path):
            return "the list of files holds a name that is no plain file name"
        if file.path.casefold() in seen:
            return "the list of files holds a name twice"
        if file.size < 0 or not _SHA.fullmatch(file.sha256):
            return "the list of files holds a size or a checksum that cannot be right"
        return None


def numeric(version: str) -> tuple[int, ...] | None:
    """Give the numeric parts of a version, None for one with other parts (a pre-release)."""
    parts = version.split(".")
    return tuple(int(part) for part in parts) if parts and all(part.isdecimal() for part in parts) else None


def update_type(current: str, offered: str, urgent: bool) -> str | None:
    """Say what kind of update `offered` is over `current`: major, minor, patch or hotfix; None for no update."""
    old, new = numeric(current), numeric(offered)
    if old is None or new is None:
        return None
    length = max(len(old), len(new), 3)
    old, new = old + (0,) * (length - len(old)), new + (0,) * (length - len(new))
    if new <= old:
        return None
    if urgent:
        return "hotfix"
    return "major" if new[0] > old[0] else "minor" if new[1] > old[1] else "patch"
