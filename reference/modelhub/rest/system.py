"""How the hub is: health, machine, metrics, recovery."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.common.clock import iso, now
from reference.modelhub.accounts.people import Caller
from reference.modelhub.metrics import CONTENT_TYPE
from reference.modelhub.parts import Parts
from reference.modelhub.refusals import Refused
from reference.modelhub.rest import shapes
from reference.modelhub.rest.access import Access
from reference.modelhub.rest.answers import guarded, refusals
from reference.modelhub.watch.recovery import TYPES

ANSWER_WITHIN = 1.8


def system_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of health, machine and metrics."""
    router, user = APIRouter(tags=["system"]), Depends(access.user)
    unhealthy: dict[int | str, dict[str, Any]] = {503: {"model": shapes.HealthAnswer, "description": "Unhealthy."}}

    async def health() -> Response:
        report = await parts.components.health()
        down = report["status"] == "unhealthy"
        return PlainJson(report, 503 if down else 200, {"Retry-After": "2"} if down else None)

    for path in ("/health", "/api/health", "/api/v1/system/health"):
        router.add_api_route(path, health, response_model=shapes.HealthAnswer, responses=unhealthy)

    @router.get("/api/v1/system/stats", response_model=shapes.SystemStats, responses=guarded(), dependencies=[user])
    async def stats() -> Response:
        return PlainJson({**parts.machine.stats(), "timestamp": iso(now())})

    @router.get("/metrics", response_class=Response, responses=refusals(503))
    async def metrics() -> Response:
        return Response(await parts.metrics.exposition(parts), headers={"Content-Type": CONTENT_TYPE})

    return router


def recovery_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of recovery."""
    router, user = APIRouter(prefix="/api/v1/recovery", tags=["recovery"]), Depends(access.user)

    @router.get("/status", response_model=shapes.RecoveryStatus, responses=guarded(), dependencies=[user])
    async def status() -> Response:
        return PlainJson(await parts.recovery.status())

    @router.get("/health", response_model=shapes.RecoveryHealth, responses=guarded(), dependencies=[user])
    async def health() -> Response:
        return PlainJson(await parts.recovery.health())

    @router.get("/actions", response_model=shapes.RecoveryActions, responses=guarded(), dependencies=[user])
    async def actions() -> Response:
        found = [{"failure_type": kind, "action": action} for kind, action in TYPES.items()]
        return PlainJson({"actions": found})

    @router.post("/trigger", response_model=shapes.RecoveryTriggered, responses=guarded(400, 403))
    async def trigger(body: shapes.Trigger, caller: Annotated[Caller, Depends(access.admin)]) -> Response:
        if not isinstance(body.failure_type, str) or body.failure_type not in TYPES:
            hint = f"Name one of: {', '.join(TYPES)}."
            raise Refused(400, "This type of failure is not known.", "UNKNOWN_FAILURE", hint)
        recovering = asyncio.ensure_future(parts.recovery.trigger(body.failure_type, body.context))
        done, _ = await asyncio.wait({recovering}, timeout=ANSWER_WITHIN)
        if done:
            return PlainJson(recovering.result())
        parts.background.keep(recovering)
        message = "The recovery has begun and goes on."
        told = {"recovery_triggered": True, "failure_type": body.failure_type, "success": True}
        more = {"outcome": "in_progress", "action_taken": TYPES[body.failure_type], "message": message}
        return PlainJson({**told, **more, "timestamp": iso(now())})

    @router.post("/reset", response_model=shapes.Acknowledged, responses=guarded(403))
    async def reset(caller: Annotated[Caller, Depends(access.admin)]) -> Response:
        await parts.recovery.reset()
        return PlainJson({"success": True, "message": "Mock mode is off, and recoveries can be tried again."})

    return router
