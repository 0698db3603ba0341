"""The static files of a page that a system serves itself."""

from dataclasses import dataclass
from pathlib import Path

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".json": "application/json",
}
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "object-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class PageFile:
    """A file of the page with the type under which it is sent."""

    content: bytes
    media_type: str


SHARED = Path(__file__).parent / "page"
"""What the pages of all systems have in common: the look, a conversation, a steady socket, asking."""


class PageFiles:
    """Finds the files of the page: its own below one folder, then those that all pages share."""

    def __init__(self, folder: Path) -> None:
        """Serve the files in `folder`. `policy` is the content security policy that is sent with each."""
        self._folders = (folder.resolve(), SHARED.resolve())
        self.policy = CONTENT_SECURITY_POLICY

    def find(self, name: str) -> PageFile | None:
        """Give the file `name` ("index.html", "app.js"), None when there is none."""
        if "\0" in name or "\\" in name:
            return None
        return next((found for folder in self._folders if (found := _read(folder, name)) is not None), None)


def _read(folder: Path, name: str) -> PageFile | None:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder) or path.suffix not in MEDIA_TYPES:
        return None
    try:
        return PageFile(path.read_bytes(), MEDIA_TYPES[path.suffix])
    except OSError:
        return None
