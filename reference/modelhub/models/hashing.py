"""Look at the bytes of files: whether each is what was published, or, without a list, whether a model can be used."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reference.modelhub.models.folder import ModelsFolder, Seen
from reference.modelhub.models.published import PublishedFile

PIECE = 2**20
LEAST_WEIGHT = 1024
WEIGHTS = (".safetensors", ".bin", ".pt", ".pth")
NEEDED = ("config.json", "model_index.json")
SIDES = {".sha256": "sha256", ".md5": "md5"}

OK = "ok"
MISSING = "file_missing"
MISMATCH = "checksum_mismatch"
INCOMPLETE = "incomplete_download"
INVALID = "invalid_format"
DENIED = "permission_error"
DISK = "disk_error"
UNVERIFIED = "unverified"


@dataclass(frozen=True)
class FileFinding:
    """What was found of a file: `state` is ok or a kind of corruption; `seen` what the file was when it was read."""

    path: str
    state: str
    seen: Seen | None
    published: PublishedFile | None = None


class Hasher:
    """Reads files whole. Its methods take a while: call them in a thread."""

    def __init__(self, folder: ModelsFolder) -> None:
        """Look into `folder`."""
        self._folder = folder

    def published(self, model_id: str, files: Sequence[PublishedFile]) -> list[FileFinding]:
        """Compare a model's files with what was published."""
        seen = self._folder.files(model_id)
        return [self.file(self._folder.of(model_id) / file.path, file, seen.get(file.path)) for file in files]

    def file(self, path: Path, file: PublishedFile, seen: Seen | None) -> FileFinding:
        """Compare one file with what was published."""
        return FileFinding(file.path, self.state(path, file, seen), seen, file)

    def state(self, path: Path, file: PublishedFile, seen: Seen | None) -> str:
        """Say what is wrong with a file, `ok` for nothing."""
        if seen is None:
            return MISSING
        try:
            if seen.size == 0 and file.size:
                return INVALID
            if file.path.endswith(".json") and not _is_json(path):
                return INVALID
            if seen.size < file.size:
                return INCOMPLETE
            return OK if seen.size == file.size and digest(path, "sha256") == file.sha256 else MISMATCH
        except PermissionError:
            return DENIED
        except FileNotFoundError:
            return MISSING
        except OSError:
            return DISK

    def local(self, model_id: str) -> list[FileFinding]:
        """Judge a model that nobody published."""
        seen, folder = self._folder.files(model_id), self._folder.of(model_id)
        kept = {name: each for name, each in seen.items() if not name.endswith((*SIDES, ".partial"))}
        weights = [name for name in kept if name.endswith(WEIGHTS)]
        wanted = [*NEEDED, *(sorted(weights) or ["a weight file"])]
        return [FileFinding(name, self._local_state(folder, name, kept, seen), seen.get(name)) for name in wanted]

    def _local_state(self, folder: Path, name: str, kept: Mapping[str, Seen], seen: Mapping[str, Seen]) -> str:
        if name not in kept:
            return MISSING
        try:
            if name.endswith(".json") and not _is_json(folder / name):
                return INVALID
            if name.endswith(WEIGHTS) and kept[name].size < LEAST_WEIGHT:
                return INVALID if kept[name].size == 0 else INCOMPLETE
            for ending, algorithm in SIDES.items():
                if f"{name}{ending}" in seen and not _side_agrees(folder / name, folder / f"{name}{ending}", algorithm):
                    return MISMATCH
        except PermissionError:
            return DENIED
        except FileNotFoundError:
            return MISSING
        except OSError:
            return DISK
        return OK


def digest(path: Path, algorithm: str) -> str:
    """Give the digest of a file as hexadecimal digits."""
    found = hashlib.new(algorithm, usedforsecurity=False)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    return True


def _side_agrees(path: Path, side: Path, algorithm: str) -> bool:
    said = re.split(r"\s+", side.read_text(errors="replace").strip())[0].lower()
    return said == digest(path, algorithm)
