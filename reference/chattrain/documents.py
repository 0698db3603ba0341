"""Serve the documents that a scenario declares, and nothing else from the disk."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from reference.chattrain import clock
from reference.chattrain.catalogue import Entry

LARGEST_BYTES = 10 * 2**20
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
}
TEXT_SUFFIXES = frozenset({".md", ".txt"})


class DocumentForbidden(Exception):
    """The name can never be that of a document."""


class DocumentMissing(Exception):
    """The scenario declares no such document, or its file is not there."""


class DocumentTooLarge(Exception):
    """The file is above 10 MiB."""


class DocumentNotText(Exception):
    """The document is no text and can only be fetched as a file."""


@dataclass(frozen=True)
class Document:
    """A document as it lies on the disk. `media_type` holds no charset."""

    filename: str
    content: bytes
    media_type: str
    etag: str
    modified: datetime


class DocumentServer:
    """Lists and reads the documents of a scenario. Reads from disk: call it from a thread."""

    def __init__(self) -> None:
        """Start with no file known."""
        self._tags: dict[tuple[Path, int, int], str] = {}

    def listing(self, entry: Entry) -> list[dict[str, Any]]:
        """Give an item per declared document, in the order of the scenario."""
        return [self._item(entry, reference.filename, reference.title) for reference in entry.scenario.documents]

    def fetch(self, entry: Entry, filename: str) -> Document:
        """Read a document. Raises DocumentForbidden, DocumentMissing or DocumentTooLarge."""
        check_name(filename)
        path = self._declared(entry, filename)
        try:
            found = path.stat()
            if found.st_size > LARGEST_BYTES:
                raise DocumentTooLarge
            content = path.read_bytes()
        except OSError:
            raise DocumentMissing from None
        modified = datetime.fromtimestamp(found.st_mtime, UTC)
        return Document(filename, content, MEDIA_TYPES[path.suffix.lower()], etag(content), modified)

    def text(self, entry: Entry, filename: str) -> tuple[Document, str]:
        """Read a text document. Raises as `fetch` does, and DocumentNotText."""
        document = self.fetch(entry, filename)
        if Path(filename).suffix.lower() not in TEXT_SUFFIXES:
            raise DocumentNotText
        return document, document.content.decode("utf-8", "replace")

    def missing(self, entry: Entry) -> list[str]:
        """Name the declared documents whose file is not there."""
        return [item["filename"] for item in self.listing(entry) if not item["exists"]]

    def totals(self, entries: Sequence[Entry]) -> tuple[int, int]:
        """Give how many documents there are on disk and their size in bytes."""
        sizes = [item["size"] for entry in entries for item in self.listing(entry) if item["exists"]]
        return len(sizes), sum(sizes)

    def _declared(self, entry: Entry, filename: str) -> Path:
        if all(reference.filename != filename for reference in entry.scenario.documents):
            raise DocumentMissing
        path = entry.folder / filename
        # A link in the folder must not lead out of it.
        if not path.resolve().is_relative_to(entry.folder.resolve()):
            raise DocumentMissing
        return path

    def _item(self, entry: Entry, filename: str, title: str) -> dict[str, Any]:
        suffix = Path(filename).suffix.lower()
        item: dict[str, Any] = {
            "filename": filename,
            "title": title,
            "exists": False,
            "can_serve": False,
            "size": 0,
            "extension": suffix,
            "mime_type": MEDIA_TYPES.get(suffix, "application/octet-stream"),
            "modified": None,
            "etag": None,
            "url": f"/api/documents/{quote(entry.scenario.id)}/{quote(filename)}",
        }
        try:
            path = self._declared(entry, filename)
            found = path.stat()
        except (DocumentMissing, OSError):
            return item
        can_serve = suffix in MEDIA_TYPES and found.st_size <= LARGEST_BYTES
        return item | {
            "exists": True,
            "can_serve": can_serve,
            "size": found.st_size,
            "modified": clock.iso(datetime.fromtimestamp(found.st_mtime, UTC)),
            "etag": self._tag(path, found.st_mtime_ns, found.st_size) if can_serve else None,
        }

    def _tag(self, path: Path, changed: int, size: int) -> str | None:
        key = (path, changed, size)
        if key not in self._tags:
            try:
                self._tags[key] = etag(path.read_bytes())
            except OSError:
                return None
        return self._tags[key]


def etag(content: bytes) -> str:
    """Give the strong entity tag of `content`, quoted: equal content has an equal tag."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def check_name(filename: str) -> None:
    """Refuse names that leave the folder or have a suffix that is never served. Raises DocumentForbidden."""
    leaves = any(mark in filename for mark in ("/", "\\", "\0", ".."))
    if leaves or Path(filename).suffix.lower() not in MEDIA_TYPES:
        raise DocumentForbidden
