"""Faults of the content: a careless reload, documents that end too early, more shown than trainees may see."""

import itertools
import mimetypes
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.datastructures import MutableHeaders

from reference.chattrain.catalogue import Entry
from reference.chattrain.contentcare import ContentCare
from reference.chattrain.documents import (
    LARGEST_BYTES,
    Document,
    DocumentForbidden,
    DocumentMissing,
    DocumentServer,
    DocumentTooLarge,
    etag,
)
from reference.chattrain.faults import fault
from reference.chattrain.parts import Parts
from reference.chattrain.showcase import Showcase
from reference.common.around import AsgiApp, Layer, Receive, Scope, Send

BLOCKED_SECONDS = 2.0
ONE_WAVE_SECONDS = 1.0
CUT_AT = 4096


@fault("reload-careless", "CT-API-06", "CT-PERF-05", "CT-SEC-11")
def reload_careless(parts: Parts) -> None:
    """Reload for anybody, claim success always, and hold up all other calls for 2 s (once if reloads come together)."""
    parts.content_care = _CarelessCare(parts)
    parts.layers.append(_anybody_may_reload(parts.settings.operator_key))


class _CarelessCare(ContentCare):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.catalogue, parts.documents)
        self._blocked_until = float("-inf")

    async def reload(self) -> dict[str, Any]:
        if time.monotonic() - self._blocked_until > ONE_WAVE_SECONDS:
            time.sleep(BLOCKED_SECONDS)
            self._blocked_until = time.monotonic()
        return {**await super().reload(), "success": True, "errors": []}


def _anybody_may_reload(key: str) -> Layer:
    def layer(app: AsgiApp) -> AsgiApp:
        async def around(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and scope["path"] == "/api/content/reload":
                MutableHeaders(scope=scope)["X-Operator-Key"] = key
            await app(scope, receive, send)

        return around

    return layer


@fault("documents-cut", "CT-DOC-01", "CT-DOC-02", "CT-DOC-04")
def documents_cut(parts: Parts) -> None:
    """End every document after 4096 bytes, and give it another ETag with every call."""
    parts.documents = _CuttingServer()


class _CuttingServer(DocumentServer):
    def __init__(self) -> None:
        super().__init__()
        self._calls = itertools.count(1)

    def fetch(self, entry: Entry, filename: str) -> Document:
        whole = super().fetch(entry, filename)
        return replace(whole, content=whole.content[:CUT_AT], etag=f'"{next(self._calls):08x}"')


@fault("too-much-shown", "CT-DOC-03", "CT-SEC-10")
def too_much_shown(parts: Parts) -> None:
    """Show the expected keywords in the scenario list, and hand out any file that lies in a scenario's folder."""
    parts.showcase = _TellingShowcase()
    parts.documents = _OpenHandedServer()


class _TellingShowcase(Showcase):
    def shown(self, entry: Entry) -> dict[str, Any]:
        item = super().shown(entry)
        keywords = [list(line.expected_keywords) for line in entry.scenario.bot_messages]
        return {**item, "config": {**item["config"], "expected_keywords": keywords}}


class _OpenHandedServer(DocumentServer):
    def fetch(self, entry: Entry, filename: str) -> Document:
        try:
            return super().fetch(entry, filename)
        except (DocumentForbidden, DocumentMissing):
            path = entry.folder / filename
            if "\0" in filename or path.resolve().parent != entry.folder.resolve() or not path.is_file():
                raise
        if path.stat().st_size > LARGEST_BYTES:
            raise DocumentTooLarge
        content = path.read_bytes()
        kind = mimetypes.guess_type(filename)[0] or "text/plain"
        return Document(filename, content, kind, etag(content), datetime.fromtimestamp(path.stat().st_mtime, UTC))
