"""Fallback and waiting, analytics, storage, updates."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.common.clock import iso, now
from reference.modelhub.accounts.people import Caller
from reference.modelhub.models.known import GB
from reference.modelhub.parts import Parts
from reference.modelhub.refusals import Unreadable, forbidden, switched_off
from reference.modelhub.rest import shapes
from reference.modelhub.rest.access import Access
from reference.modelhub.rest.answers import guarded
from reference.modelhub.suggest.scoring import Need
from reference.modelhub.suggest.waiting import PRIORITIES, image_required


def fallback_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of fallback and waiting."""
    router, user = APIRouter(prefix="/api/v1/models/fallback", tags=["fallback"]), Depends(access.user)

    @router.post("/suggest", response_model=shapes.Suggested, responses=guarded(404))
    async def suggest(body: shapes.FallbackQuestion, caller: Annotated[Caller, user]) -> Response:
        view = await parts.viewer.view()
        if not view.flags["intelligent_fallback"]:
            raise switched_off("The fallback")
        model = await access.model(body.requested_model, view)
        preferences = await parts.preferences_of(caller.user_id)
        need = Need(body.quality, body.speed, body.resolution)
        answer = parts.suggester.suggest(view, model, need, preferences, body.max_wait_minutes)
        if not model.usable:
            parts.background.note_fallback(caller.user_id, model, answer)
        return PlainJson(answer)

    @router.post("/queue", status_code=202, response_model=shapes.WaitingTaken, responses=guarded(403, 404, 429))
    async def enter(body: shapes.WaitingWish, caller: Annotated[Caller, user]) -> Response:
        view = await parts.viewer.view()
        model = await access.model(body.model_id, view)
        if model.kind.needs_image:
            raise image_required(model, "model_id")
        preferences = await parts.preferences_of(caller.user_id)
        parts.blocked.refuse(model.model_id, preferences, view.policies)
        parameters = body.request.parameters.model_dump(exclude_none=True)
        taken = await parts.waiting_desk.enter(
            view,
            model,
            caller,
            prompt=body.request.prompt,
            parameters=parameters,
            priority=PRIORITIES.index(body.priority),
            minutes=body.max_wait_time_minutes,
        )
        return PlainJson(taken, 202)

    @router.get("/queue", response_model=shapes.WaitingList, responses=guarded())
    async def listing(caller: Annotated[Caller, user]) -> Response:
        return PlainJson(await parts.waiting_desk.listing(caller))

    @router.get("/queue/{queue_id}", response_model=shapes.WaitingOne, responses=guarded(404))
    async def one(queue_id: str, caller: Annotated[Caller, user]) -> Response:
        return PlainJson(await parts.waiting_desk.find(caller, queue_id))

    @router.delete("/queue/{queue_id}", response_model=shapes.Acknowledged, responses=guarded(404, 409))
    async def withdraw(queue_id: str, caller: Annotated[Caller, user]) -> Response:
        await parts.waiting_desk.withdraw(caller, queue_id)
        return PlainJson({"success": True, "message": "The request was withdrawn."})

    return router


def storage_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of analytics, storage and clean-up."""
    router, user = APIRouter(prefix="/api/v1/models", tags=["storage"]), Depends(access.user)

    @router.get("/analytics", response_model=shapes.UsageReport, responses=guarded(), dependencies=[user])
    async def analytics(time_period_days: Annotated[int, Query(ge=1, le=365)] = 30) -> Response:
        return PlainJson(await parts.analytics.report(await parts.viewer.view(), time_period_days))

    @router.get("/storage", response_model=shapes.StorageReport, responses=guarded(), dependencies=[user])
    async def storage() -> Response:
        return PlainJson(parts.storage_desk.overview(await parts.viewer.view()))

    @router.post("/cleanup", response_model=shapes.Cleaned, responses=guarded(403))
    async def clean(caller: Annotated[Caller, user], body: Annotated[shapes.CleanUp | None, Body()] = None) -> Response:
        wish = body or shapes.CleanUp()
        if not wish.dry_run and not caller.is_admin:
            raise forbidden("Only an administrator may remove models.")
        target = None
        if wish.target_space_gb is not None:
            view = await parts.viewer.view()
            if wish.target_space_gb * GB > view.capacity:
                message = "Input should not be above the capacity"
                raise Unreadable(["body", "target_space_gb"], message, wish.target_space_gb, "less_than_equal")
            target = int(wish.target_space_gb * GB)
        return PlainJson(await parts.storage_desk.clean(caller, target, wish.keep_recent_days, wish.dry_run))

    @router.delete("/{model_id}", response_model=shapes.Deleted, responses=guarded(403, 404, 409))
    async def delete(model_id: str, caller: Annotated[Caller, Depends(access.admin)]) -> Response:
        model = await access.model(model_id, await parts.viewer.fresh())
        return PlainJson(await parts.storage_desk.delete(caller, model))

    return router


def update_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of updates."""
    router, user = APIRouter(prefix="/api/v1/models/updates", tags=["updates"]), Depends(access.user)
    admin = Depends(access.admin)

    async def listed() -> Response:
        from datetime import UTC, datetime

        view = await parts.viewer.fresh()
        at = view.catalogue_at
        checked = iso(datetime.fromtimestamp(at, UTC)) if at is not None else iso(now())
        found = await parts.update_desk.listing(view)
        return PlainJson({"updates": found, "checked_at": checked, "source_reachable": view.source_reachable})

    @router.get("", response_model=shapes.Updates, responses=guarded(), dependencies=[user])
    async def updates() -> Response:
        return await listed()

    @router.post("/check", response_model=shapes.Updates, responses=guarded(), dependencies=[user])
    async def check() -> Response:
        await parts.catalogue.refresh()
        return await listed()

    @router.post(
        "/{model_id}/approve", status_code=202, response_model=shapes.UpdateBegun, responses=guarded(403, 404, 409, 507)
    )
    async def approve(model_id: str, caller: Annotated[Caller, admin]) -> Response:
        model = await access.model(model_id, await parts.viewer.fresh())
        return PlainJson(await parts.update_desk.approve(model, caller), 202)

    @router.post(
        "/{model_id}/rollback", status_code=202, response_model=shapes.UpdateBegun, responses=guarded(403, 404, 409)
    )
    async def roll_back(model_id: str, caller: Annotated[Caller, admin]) -> Response:
        model = await access.model(model_id, await parts.viewer.fresh())
        return PlainJson(await parts.update_desk.roll_back(model, caller), 202)

    return router
