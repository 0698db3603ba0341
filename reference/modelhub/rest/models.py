"""Status and health of models, checks and repairs."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.common.clock import iso, now
from reference.common.ids import fresh_id
from reference.modelhub.accounts.people import Caller
from reference.modelhub.models.hashing import OK
from reference.modelhub.parts import Parts
from reference.modelhub.refusals import unknown_model
from reference.modelhub.rest import shapes
from reference.modelhub.rest.access import Access
from reference.modelhub.rest.answers import guarded

CHECK_SECONDS = 5


def status_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of status."""
    router, user = APIRouter(prefix="/api/v1/models/status", tags=["status"]), Depends(access.user)

    @router.get("", response_model=shapes.Statuses, responses=guarded(), dependencies=[user])
    async def statuses() -> Response:
        view = await parts.viewer.view()
        models = {name: parts.shower.basic(view, model) for name, model in view.models.items()}
        totals = parts.shower.statistics(view)
        told = {"timestamp": iso(now()), "total_models": len(models), "available_models": totals["available_models"]}
        return PlainJson({"models": models, **told})

    @router.get("/detailed", response_model=shapes.DetailedStatuses, responses=guarded(), dependencies=[user])
    async def detailed() -> Response:
        view = await parts.viewer.view()
        models = {name: parts.shower.detailed(view, model) for name, model in view.models.items()}
        totals = parts.shower.statistics(view)
        return PlainJson({"models": models, "system_statistics": totals, "timestamp": iso(now())})

    @router.get("/{model_type}", response_model=shapes.Basic, responses=guarded(404), dependencies=[user])
    async def one(model_type: str) -> Response:
        view = await parts.viewer.view()
        return PlainJson(parts.shower.basic(view, await access.model(model_type, view)))

    return router


def health_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of health, checks and repairs."""
    router, user = APIRouter(prefix="/api/v1/models", tags=["health"]), Depends(access.user)

    @router.get("/health", response_model=shapes.SystemHealth, responses=guarded(), dependencies=[user])
    async def health() -> Response:
        view = await parts.viewer.view()
        models = {name: parts.health_shower.model(model) for name, model in view.models.items()}
        recommended = parts.health_shower.recommendations(view, parts.clock.seconds())
        told = {"system_health": parts.health_shower.system(view), "model_health": models}
        return PlainJson({**told, "recommendations": recommended, "timestamp": iso(now())})

    @router.get(
        "/health/{model_id}", response_model=shapes.HealthAndRepair, responses=guarded(404), dependencies=[user]
    )
    async def one(model_id: str) -> Response:
        view = await parts.viewer.fresh()
        model = await access.model(model_id, view)
        repair = await parts.ledger.look(lambda connection: parts.repair_desk.last(connection, model.model_id))
        return PlainJson({**parts.health_shower.model(model), "repair": repair})

    @router.post(
        "/health/{model_id}/check",
        status_code=202,
        response_model=shapes.CheckBegun,
        responses=guarded(404),
        dependencies=[user],
    )
    async def check(model_id: str, wish: shapes.CheckWish) -> Response:
        model = await access.model(model_id)
        parts.background.start(parts.verifier.verify(model.model_id))
        end = iso(now() + timedelta(seconds=CHECK_SECONDS))
        return PlainJson({"success": True, "check_id": fresh_id(), "estimated_completion": end}, 202)

    @router.post(
        "/health/{model_id}/repair",
        status_code=202,
        response_model=shapes.RepairBegun,
        responses=guarded(403, 404, 409, 507),
    )
    async def repair(model_id: str, wish: shapes.RepairWish, caller: Annotated[Caller, user]) -> Response:
        model = await access.model(model_id)
        if model.active is None and not model.updating:
            found = await parts.verifier.verify(model.model_id)
            model = found.model if found is not None else model
        begun = await parts.repair_desk.begin(
            model, wish.repair_type, forced=wish.force_repair, owner_id=caller.user_id
        )
        return PlainJson(begun, 202)

    @router.post("/validate/{model_type}", response_model=shapes.Validated, responses=guarded(404), dependencies=[user])
    async def validate(model_type: str) -> Response:
        found = await _verified(model_type)
        usable, missing = found.model.usable, found.model.health.status == "missing"
        status = "valid" if usable else "not_available" if missing else "corrupted"
        words = {
            "valid": f"All files of {found.model.model_id} are right.",
            "not_available": f"{found.model.model_id} is not installed.",
            "corrupted": " ".join(found.model.health.issues) or f"{found.model.model_id} is not complete.",
        }
        told = {"model_type": found.model.model_id, "integrity_status": status, "is_valid": usable}
        return PlainJson({**told, "message": words[status], "missing_files": list(found.model.health.missing_files)})

    @router.post(
        "/verify/{model_type}", response_model=shapes.VerifiedAnswer, responses=guarded(404), dependencies=[user]
    )
    async def verify(model_type: str) -> Response:
        found = await _verified(model_type)
        health = found.model.health
        details = {
            "health_status": health.status,
            "integrity_score": health.integrity_score,
            "files_checked": len(found.findings),
            "files_right": sum(finding.state == OK for finding in found.findings),
            "issues": list(health.issues),
            "corruption_types": list(health.corruption_types),
        }
        told = {"model_type": found.model.model_id, "is_valid": found.model.usable}
        return PlainJson({**told, "details": details})

    async def _verified(name: str) -> Any:
        model = await access.model(name)
        found = await parts.verifier.verify(model.model_id)
        if found is None:
            raise unknown_model()
        return found

    return router
