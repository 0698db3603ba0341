"""Start and control downloads, and watch them."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.common.clock import iso, now
from reference.modelhub.accounts.people import Caller
from reference.modelhub.models.showing import PRIORITIES, percent_of
from reference.modelhub.parts import Parts
from reference.modelhub.refusals import Unreadable, missing
from reference.modelhub.rest import shapes
from reference.modelhub.rest.access import Access
from reference.modelhub.rest.answers import guarded
from reference.modelhub.transfer.desk import MEDIUM, Wish

LEAST_LIMIT = 0.1
DONE = {
    "pause": "The download is paused.",
    "resume": "The download goes on.",
    "cancel": "The download was cancelled and its unfinished files are removed.",
    "priority": "The priority was changed.",
    "bandwidth": "The speed limit was changed.",
}


def download_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of downloads."""
    router, user = APIRouter(prefix="/api/v1/models/download", tags=["downloads"]), Depends(access.user)

    @router.post(
        "",
        status_code=202,
        response_model=shapes.Started,
        responses={
            **guarded(403, 404, 409, 507),
            200: {"model": shapes.Started, "description": "It is there already."},
        },
    )
    async def start(wish: shapes.DownloadWish, caller: Annotated[Caller, user]) -> Response:
        model = await access.model(wish.model_type, await parts.viewer.fresh())
        told = {"model_type": model.model_id}
        if model.usable and model.active is None and not wish.force_redownload:
            message = f"{model.model_id} is there already."
            return PlainJson({"message": message, **told, "status": "already_available", "download_required": False})
        begun = await parts.desk.start(model, caller, Wish(owner_id=caller.user_id, force=wish.force_redownload))
        message = f"The download of {model.model_id} has begun."
        return PlainJson(
            {"message": message, **told, "status": "download_started", "download_required": True, **begun}, 202
        )

    @router.post(
        "/manage",
        response_model=shapes.Managed,
        responses={**guarded(403, 404, 409, 507), 202: {"model": shapes.Managed, "description": "It was started."}},
    )
    async def manage(wish: shapes.Management, caller: Annotated[Caller, user]) -> Response:
        limit = _limit(wish)
        model = await access.model(wish.model_id, await parts.viewer.recent())
        told = {"success": True, "model_id": model.model_id, "action": wish.action, "timestamp": iso(now())}
        if wish.action == "start":
            priority = PRIORITIES.index(wish.priority) if wish.priority else MEDIUM
            asked = Wish(owner_id=caller.user_id, priority=priority, limit_mbps=limit, max_retries=wish.max_retries)
            begun = await parts.desk.start(model, caller, asked)
            message = f"The download of {model.model_id} has begun."
            more = {"message": message, "current_status": "queued", "progress_percent": 0.0}
            return PlainJson({**told, **more, **begun}, 202)
        if wish.action == "priority":
            if wish.priority is None:
                raise Unreadable(["body", "priority"], "Field required", None, "missing")
            row = await parts.desk.change_priority(model, caller, PRIORITIES.index(wish.priority))
            told["priority"] = wish.priority
        elif wish.action == "bandwidth":
            if wish.bandwidth_limit_mbps is None:
                raise Unreadable(["body", "bandwidth_limit_mbps"], "Field required", None, "missing")
            row = await parts.desk.change_limit(model, caller, limit)
            told["bandwidth_limit_mbps"] = limit
        else:
            row = await parts.desk.control(model, caller, wish.action)
        more = {"message": DONE[wish.action], "current_status": row.status, "progress_percent": percent_of(row)}
        return PlainJson({**told, **more})

    @router.get(
        "/progress",
        response_model=dict[str, shapes.Progress],  # type: ignore[valid-type]
        responses=guarded(),
        dependencies=[user],  # type: ignore[valid-type]
    )
    async def all_progress() -> Response:
        view = await parts.viewer.view()
        rows = {name: model.transfer for name, model in view.models.items() if model.transfer is not None}
        return PlainJson({name: parts.shower.progress(view, row) for name, row in rows.items()})

    @router.get("/progress/{model_type}", response_model=shapes.Progress, responses=guarded(404), dependencies=[user])
    async def progress(model_type: str) -> Response:
        view = await parts.viewer.view()
        model = await access.model(model_type, view)
        if model.transfer is None:
            raise missing("download of this model", "NO_DOWNLOAD")
        return PlainJson(parts.shower.progress(view, model.transfer))

    return router


def _limit(wish: shapes.Management) -> float | None:
    """Read a speed limit: 0 is none. Raises Unreadable for what is too small to be one."""
    limit = wish.bandwidth_limit_mbps
    if limit is None or limit == 0:
        return None
    if limit < LEAST_LIMIT:
        message = "Input should be 0 or from 0.1 to 10000"
        raise Unreadable(["body", "bandwidth_limit_mbps"], message, limit, "greater_than_equal")
    return limit
