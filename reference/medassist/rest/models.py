"""Models, their versions and deployments, and predictions."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.medassist.models.predicting import Wanted
from reference.medassist.parts import Parts
from reference.medassist.people import Caller
from reference.medassist.refusals import Refused, conflict, missing
from reference.medassist.rest import model_shapes as shapes
from reference.medassist.rest.access import Access, Asks, uuid_of
from reference.medassist.rest.answers import guarded, refusal_answer, success
from reference.medassist.rest.shapes import text

BREAKER_HEADER = "X-Circuit-Breaker-State"


def model_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of models."""
    router = APIRouter()
    seen, changed = known_model(parts, access.staff), known_model(parts, access.admin)

    @router.get("/api/models", **success(list[shapes.Model]), responses=guarded())
    async def models(caller: Annotated[Caller, Depends(access.staff)]) -> Response:
        return PlainJson(await parts.registry.listing())

    @router.post("/api/models", **success(shapes.Model, 201), responses=guarded(409))
    async def add(new: shapes.NewModel, caller: Annotated[Caller, Depends(access.admin)]) -> Response:
        return PlainJson(await parts.registry.add_model(new.model_id, new.description, caller.actor), 201)

    @router.get("/api/models/{model_id}/versions", **success(list[shapes.ModelVersion]), responses=guarded(404))
    async def versions(model_id: Annotated[str, Depends(seen)]) -> Response:
        return PlainJson(await parts.registry.versions(model_id))

    @router.post("/api/models/{model_id}/versions", **success(shapes.ModelVersion, 201), responses=guarded(404, 409))
    async def register(
        new: shapes.NewVersion,
        model_id: Annotated[str, Depends(changed)],
        caller: Annotated[Caller, Depends(access.admin)],
    ) -> Response:
        made = await parts.registry.add_version(model_id, new.version, new.metrics, new.description, caller.actor)
        return PlainJson(made, 201)

    @router.post("/api/models/{model_id}/deploy", **success(shapes.Deployment, 201), responses=guarded(404, 409))
    async def deploy(
        new: shapes.NewDeployment,
        model_id: Annotated[str, Depends(changed)],
        caller: Annotated[Caller, Depends(access.admin)],
    ) -> Response:
        return PlainJson(
            await parts.registry.deploy(model_id, new.version, new.strategy, new.percentage, caller.actor), 201
        )

    @router.post("/api/models/{model_id}/rollback", **success(shapes.Rollback), responses=guarded(404, 409))
    async def roll_back(
        new: shapes.NewRollback,
        model_id: Annotated[str, Depends(changed)],
        caller: Annotated[Caller, Depends(access.admin)],
    ) -> Response:
        return PlainJson(await parts.registry.roll_back(model_id, new.reason, new.target_version, caller.actor))

    @router.get("/api/models/{model_id}/metrics", **success(shapes.ModelFigures), responses=guarded(404))
    async def figures(model_id: Annotated[str, Depends(seen)]) -> Response:
        return PlainJson(parts.figures.shown(model_id))

    @router.get("/api/models/{model_id}/route", **success(shapes.Route), responses=guarded(404, 409))
    async def route(
        model_id: Annotated[str, Depends(seen)],
        caller: Annotated[Caller, Depends(access.staff)],
        user_id: Annotated[text(1, 64) | None, Query()] = None,  # type: ignore[valid-type]
    ) -> Response:
        return PlainJson(parts.predictor.route(model_id, user_id or caller.account.id))

    @router.post("/api/models/{model_id}/predict", **success(shapes.Prediction), responses=guarded(404, 409))
    async def predict(
        new: shapes.NewPrediction,
        model_id: Annotated[str, Depends(seen)],
        caller: Annotated[Caller, Depends(access.staff)],
    ) -> Response:
        wanted = Wanted(new.inputs, new.parameters, new.user_id or caller.account.id)
        try:
            answer: Response = PlainJson(await parts.predictor.predict(model_id, wanted))
        except Refused as refused:
            answer = refusal_answer(refused)
        answer.headers[BREAKER_HEADER] = parts.breaker.state
        return answer

    return router


def deployment_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of deployments."""
    router = APIRouter()

    def known(asks: Asks) -> Callable[..., Awaitable[dict[str, Any]]]:
        async def dependency(deployment_id: str, caller: Annotated[Caller, Depends(asks)]) -> dict[str, Any]:
            found = await parts.registry.deployment(uuid_of(deployment_id, "deployment_id"))
            if found is None:
                raise missing("deployment")
            return found

        return dependency

    async def running(found: Annotated[dict[str, Any], Depends(known(access.admin))]) -> str:
        if found["status"] != "in_progress":
            raise conflict(f"This deployment is finished: {found['status']}.", "DEPLOYMENT_FINISHED")
        return str(found["deployment_id"])

    @router.get("/api/deployments/{deployment_id}", **success(shapes.Deployment), responses=guarded(404))
    async def single(found: Annotated[dict[str, Any], Depends(known(access.staff))]) -> Response:
        return PlainJson(found)

    @router.post("/api/deployments/{deployment_id}/promote", **success(shapes.Deployment), responses=guarded(404, 409))
    async def promote(
        new: shapes.Promotion,
        named: Annotated[str, Depends(running)],
        caller: Annotated[Caller, Depends(access.admin)],
    ) -> Response:
        return PlainJson(await parts.registry.promote(named, new.percentage, caller.actor))

    @router.post("/api/deployments/{deployment_id}/cancel", **success(shapes.Deployment), responses=guarded(404, 409))
    async def cancel(named: Annotated[str, Depends(running)]) -> Response:
        return PlainJson(await parts.registry.cancel(named))

    return router


def known_model(parts: Parts, asks: Asks) -> Callable[..., Awaitable[str]]:
    """Ask for a model that exists."""

    async def dependency(model_id: str, caller: Annotated[Caller, Depends(asks)]) -> str:
        if model_id not in parts.registry.snapshot.models:
            raise missing("model")
        return model_id

    return dependency
