"""List and serve the documents of a scenario."""

import asyncio
from collections.abc import Callable
from email.utils import format_datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from reference.chattrain.documents import (
    Document,
    DocumentForbidden,
    DocumentMissing,
    DocumentNotText,
    DocumentTooLarge,
)
from reference.chattrain.parts import Parts
from reference.chattrain.rest.answers import refusals, scenario_named, success
from reference.chattrain.rest.shapes import DocumentItem, DocumentText
from reference.common.answers import PlainJson

Found = TypeVar("Found")
REVALIDATE = "private, no-cache"


def document_routes(parts: Parts) -> APIRouter:
    """Give the routes of documents."""
    router = APIRouter()

    @router.get("/api/scenarios/{scenario}/documents", **success(list[DocumentItem]), responses=refusals(404, 422, 503))
    async def listing(scenario: str) -> Response:
        entry = scenario_named(parts, scenario)
        return PlainJson(await asyncio.to_thread(parts.documents.listing, entry))

    @router.head("/api/documents/{scenario}/{filename}", include_in_schema=False)
    @router.get(
        "/api/documents/{scenario}/{filename}",
        response_class=Response,
        responses={200: {"content": {"application/octet-stream": {}}}, **refusals(304, 403, 404, 413, 422)},
    )
    async def document(scenario: str, filename: str, request: Request) -> Response:
        entry = scenario_named(parts, scenario)
        found = await _read(lambda: parts.documents.fetch(entry, filename))
        if _knows(request.headers.get("if-none-match"), found.etag):
            return Response(status_code=304, headers=_validators(found))
        return Response(found.content, headers={**_validators(found), **_type_of(found)})

    @router.get(
        "/api/documents/{scenario}/{filename}/content",
        **success(DocumentText),
        responses=refusals(400, 403, 404, 413, 422),
    )
    async def text(scenario: str, filename: str) -> Response:
        entry = scenario_named(parts, scenario)
        found, content = await _read(lambda: parts.documents.text(entry, filename))
        return PlainJson(
            {
                "content": content,
                "filename": found.filename,
                "size": len(found.content),
                "extension": Path(filename).suffix.lower(),
                "mime_type": found.media_type,
                "etag": found.etag,
            }
        )

    return router


async def _read(work: Callable[[], Found]) -> Found:
    try:
        return await asyncio.to_thread(work)
    except DocumentForbidden:
        raise HTTPException(403, "This name is not allowed.") from None
    except DocumentMissing:
        raise HTTPException(404, "There is no such document.") from None
    except DocumentTooLarge:
        raise HTTPException(413, "This document is larger than 10 MiB.") from None
    except DocumentNotText:
        raise HTTPException(400, "This document is not a text.") from None


def _knows(if_none_match: str | None, etag: str) -> bool:
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in tags or etag in tags


def _validators(document: Document) -> dict[str, str]:
    return {
        "ETag": document.etag,
        "Last-Modified": format_datetime(document.modified.replace(microsecond=0), usegmt=True),
        "Cache-Control": REVALIDATE,
    }


def _type_of(document: Document) -> dict[str, str]:
    charset = "; charset=utf-8" if document.media_type.startswith("text/") else ""
    return {
        "Content-Type": document.media_type + charset,
        "Content-Disposition": f'inline; filename="{quote(document.filename)}"',
    }
