"""Generations and their queue."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.modelhub.accounts.people import Caller
from reference.modelhub.generate.desk import PRIORITIES, Order
from reference.modelhub.parts import Parts
from reference.modelhub.refusals import Refused, Unreadable
from reference.modelhub.rest import shapes
from reference.modelhub.rest.access import Access
from reference.modelhub.rest.answers import TOO_LARGE, guarded
from reference.modelhub.rest.forms import Upload, fields
from reference.modelhub.suggest.waiting import image_required

LARGEST_IMAGE = 10 * 2**20
NUMBERS = {"steps": int, "lora_strength": float}
IMAGES = ("image", "end_image")
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Submission"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["prompt", "model_type"],
                    "properties": {
                        "prompt": {"type": "string"},
                        "model_type": {"type": "string"},
                        "resolution": {"type": "string"},
                        "steps": {"type": "integer"},
                        "lora_path": {"type": "string"},
                        "lora_strength": {"type": "number"},
                        "priority": {"type": "string"},
                        "allow_mock": {"type": "boolean"},
                        "image": {"type": "string", "format": "binary"},
                        "end_image": {"type": "string", "format": "binary"},
                    },
                }
            },
        },
    }
}


def generation_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of generations."""
    router, user = APIRouter(prefix="/api/v1", tags=["generation"]), Depends(access.user)

    @router.post(
        "/generation/submit", response_model=shapes.Taken, responses=guarded(403, 404, 409, 429), openapi_extra=BODY
    )
    async def submit(request: Request, caller: Annotated[Caller, user]) -> Response:
        given, images = await _given(request)
        try:
            wish = shapes.Submission.model_validate(given)
        except ValidationError as error:
            raise RequestValidationError(
                [{**each, "loc": ("body", *each["loc"])} for each in error.errors(include_url=False)]
            ) from None
        model = await access.model(wish.model_type)
        for name in IMAGES:
            if name in images:
                _refuse_bad_image(name, images[name])
        if model.kind.needs_image and "image" not in images:
            raise image_required(model, "image")
        order = Order(
            wish.prompt,
            wish.resolution,
            wish.steps,
            wish.lora_path,
            wish.lora_strength,
            PRIORITIES.index(wish.priority),
            wish.allow_mock,
        )
        return PlainJson(await parts.generations.submit(model.model_id, caller, order))

    @router.get("/queue", response_model=shapes.Tasks, responses=guarded())
    async def queue(caller: Annotated[Caller, user]) -> Response:
        return PlainJson(await parts.generations.listing(caller))

    @router.post("/queue/{task_id}/cancel", response_model=shapes.TaskCancelled, responses=guarded(400, 404))
    async def cancel(task_id: str, caller: Annotated[Caller, user]) -> Response:
        await parts.generations.cancel(caller, task_id)
        return PlainJson({"message": "The generation was cancelled.", "task_id": task_id})

    return router


async def _given(request: Request) -> tuple[Any, dict[str, bytes]]:
    if not request.headers.get("content-type", "").startswith(("multipart/", "application/x-www-form-urlencoded")):
        try:
            return json.loads(await request.body()), {}
        except (ValueError, RecursionError):
            raise Unreadable(["body"], "The body cannot be read as JSON.", None, "json_invalid") from None
    found: dict[str, Any] = {}
    images: dict[str, bytes] = {}
    for name, value in (await fields(request)).items():
        if isinstance(value, Upload):
            if name in IMAGES:
                images[name] = value.content
        elif name not in IMAGES:
            found[name] = _read(name, value)
        elif value:
            raise Unreadable(["body", name], "This must be a file.")
    return found, images


def _read(name: str, value: str) -> Any:
    if name in NUMBERS:
        try:
            return NUMBERS[name](value)
        except ValueError:
            return value
    if name == "allow_mock":
        return {"true": True, "1": True, "false": False, "0": False}.get(value.lower(), value)
    return value


def _refuse_bad_image(name: str, content: bytes) -> None:
    if len(content) > LARGEST_IMAGE:
        raise Refused(413, TOO_LARGE, "TOO_LARGE", "Send a smaller image.")
    jpeg, png = content.startswith(b"\xff\xd8\xff"), content.startswith(b"\x89PNG\r\n\x1a\n")
    webp = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    if not (jpeg or png or webp):
        raise Unreadable(["body", name], "The image must be JPEG, PNG or WebP.", None, "image_format")
