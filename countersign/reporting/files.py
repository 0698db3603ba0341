"""Files of a run as the reports see them: written whole, hashed, and linked by paths that stay in the folder."""

import hashlib
import os
from pathlib import Path, PurePosixPath
from urllib.parse import quote

SUMS = "SHA256SUMS"


def write_text(path: Path, text: str) -> Path:
    """Write a file in one move, so that no reader ever finds half of it. Text that is not Unicode is written escaped.

    A live system may answer with unpaired surrogates; a report that cannot be written would hide the finding.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(text.encode("utf-8", "backslashreplace"))
    draft.replace(path)
    return path


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hashes(folder: Path, names: tuple[str, ...]) -> dict[str, str]:
    """Give the SHA-256 of the named files and of everything below `evidence/`, by path from the run's folder.

    Symbolic links are left out: they are not part of what is signed.
    """
    found = [folder / name for name in names]
    found += sorted((folder / "evidence").rglob("*"))
    return {
        path.relative_to(folder).as_posix(): sha256(path) for path in found if path.is_file() and not path.is_symlink()
    }


def write_sums(folder: Path, sums: dict[str, str]) -> Path:
    """Write `SHA256SUMS`, readable by `sha256sum --check`."""
    return write_text(folder / SUMS, "".join(f"{digest}  {name}\n" for name, digest in sums.items()))


def link(name: str) -> str:
    """Give the relative link to a file of the run; empty for a path that would leave the run's folder."""
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts:
        return ""
    return quote(path.as_posix())
