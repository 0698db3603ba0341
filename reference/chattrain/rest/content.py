"""Look after the content: only for operators, and without a path of the disk in any answer."""

from typing import Annotated

from fastapi import APIRouter, Header, HTTPException
from fastapi.responses import Response

from reference.chattrain.parts import Parts
from reference.chattrain.rest.answers import refusals, success
from reference.chattrain.rest.shapes import ContentStats, ReloadResult, Validation
from reference.common.answers import PlainJson

Key = Annotated[str | None, Header(alias="X-Operator-Key")]


def content_routes(parts: Parts) -> APIRouter:
    """Give the routes of content care."""
    router = APIRouter()

    @router.get("/api/content/stats", **success(ContentStats), responses=refusals(401, 403, 422))
    async def stats(key: Key = None) -> Response:
        _let_in(parts, key)
        return PlainJson(await parts.content_care.stats())

    @router.post("/api/content/reload", **success(ReloadResult), responses=refusals(401, 403, 422, 503))
    async def reload(key: Key = None) -> Response:
        _let_in(parts, key)
        return PlainJson(await parts.content_care.reload())

    @router.get("/api/scenarios/{scenario}/validate", **success(Validation), responses=refusals(401, 403, 404, 422))
    async def validate(scenario: str, key: Key = None) -> Response:
        _let_in(parts, key)
        judged = await parts.content_care.validate(scenario)
        if judged is None:
            raise HTTPException(404, "There is no such scenario.")
        return PlainJson(judged)

    return router


def _let_in(parts: Parts, key: str | None) -> None:
    verdict = parts.operators.verdict(key)
    if verdict == "no key":
        raise HTTPException(401, "This needs the operator's key in the header X-Operator-Key.")
    if verdict == "wrong key":
        raise HTTPException(403, "This is not the operator's key.")
