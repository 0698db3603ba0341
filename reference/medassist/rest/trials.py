"""Flags, experiments, alerts, breakers and training jobs."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.medassist.parts import Parts
from reference.medassist.people import Caller
from reference.medassist.refusals import conflict, missing
from reference.medassist.rest import model_shapes as shapes
from reference.medassist.rest.access import Access, uuid_of
from reference.medassist.rest.answers import guarded, success
from reference.medassist.rest.shapes import Sought

FlagName = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]


def flag_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of flags, alerts and breakers."""
    router = APIRouter()

    @router.get("/api/flags", **success(list[shapes.Flag]), responses=guarded())
    async def flags(caller: Annotated[Caller, Depends(access.staff)]) -> Response:
        return PlainJson(await parts.registry.flags())

    @router.get("/api/flags/{name}", **success(shapes.Flag), responses=guarded(404))
    async def flag(name: FlagName, caller: Annotated[Caller, Depends(access.staff)]) -> Response:
        found = await parts.registry.flags(name)
        if not found:
            raise missing("flag")
        return PlainJson(found[0])

    @router.put("/api/flags/{name}", **success(shapes.Flag), responses=guarded(404, 409))
    async def set_flag(
        name: FlagName, new: shapes.FlagSetting, caller: Annotated[Caller, Depends(access.admin)]
    ) -> Response:
        return PlainJson(
            await parts.registry.set_flag(
                name,
                enabled=new.enabled,
                percentage=float(new.percentage),
                model_id=new.model_id,
                version=new.version,
                by=caller.actor,
            )
        )

    @router.get("/api/alerts", **success(list[shapes.Alert]), responses=guarded())
    async def alerts(
        caller: Annotated[Caller, Depends(access.staff)], status: Literal["active", "resolved"] | None = None
    ) -> Response:
        return PlainJson(await parts.alerts.listing(status))

    @router.get("/api/resilience/breakers", **success(list[shapes.BreakerState]), responses=guarded())
    async def breakers(caller: Annotated[Caller, Depends(access.staff)]) -> Response:
        return PlainJson([parts.breaker.shown()])

    return router


def experiment_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of experiments."""
    router = APIRouter()

    @router.post("/api/experiments", **success(shapes.Experiment, 201), responses=guarded(404, 409))
    async def start(new: shapes.NewExperiment, caller: Annotated[Caller, Depends(access.admin)]) -> Response:
        made = await parts.experiments.start(
            new.name,
            new.model_id,
            control=new.control_version,
            treatment=new.treatment_version,
            split=float(new.split),
            min_sample=new.min_sample,
            by=caller.actor,
        )
        return PlainJson(made, 201)

    async def seen(experiment_id: str, caller: Annotated[Caller, Depends(access.staff)]) -> dict[str, Any]:
        found = await parts.experiments.find(uuid_of(experiment_id, "experiment_id"))
        if found is None:
            raise missing("experiment")
        return found

    async def running(experiment_id: str, caller: Annotated[Caller, Depends(access.admin)]) -> str:
        found = await seen(experiment_id, caller)
        if found["status"] != "running":
            raise conflict("This experiment is stopped.", "EXPERIMENT_STOPPED")
        return str(found["experiment_id"])

    @router.get("/api/experiments/{experiment_id}", **success(shapes.Experiment), responses=guarded(404))
    async def single(found: Annotated[dict[str, Any], Depends(seen)]) -> Response:
        return PlainJson(found)

    @router.post("/api/experiments/{experiment_id}/outcomes", **success(shapes.Accepted), responses=guarded(404, 409))
    async def outcomes(new: shapes.NewOutcomes, named: Annotated[str, Depends(running)]) -> Response:
        accepted = await parts.experiments.add(named, [(each.user_id, each.success) for each in new.outcomes])
        return PlainJson({"accepted": accepted})

    @router.post("/api/experiments/{experiment_id}/stop", **success(shapes.Experiment), responses=guarded(404, 409))
    async def stop(
        named: Annotated[str, Depends(running)], caller: Annotated[Caller, Depends(access.admin)]
    ) -> Response:
        return PlainJson(await parts.experiments.stop(named, caller.actor))

    return router


def training_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of training jobs."""
    router = APIRouter()

    @router.post("/api/training/jobs", **success(shapes.Job, 202), responses=guarded(404, 409))
    async def start(new: shapes.NewJob, caller: Annotated[Caller, Depends(access.admin)]) -> Response:
        if new.model_id not in parts.registry.snapshot.models:
            raise missing("model")
        return PlainJson(await parts.training.start(new.model_id, new.version, new.dataset, caller.actor), 202)

    @router.get("/api/training/jobs", **success(list[shapes.Job]), responses=guarded())
    async def listing(caller: Annotated[Caller, Depends(access.staff)]) -> Response:
        return PlainJson(await parts.training.listing())

    @router.get("/api/training/jobs/{job_id}", **success(shapes.Job), responses=guarded(404))
    async def single(job_id: Sought, caller: Annotated[Caller, Depends(access.staff)]) -> Response:
        found = await parts.training.find(job_id)
        if found is None:
            raise missing("training job")
        return PlainJson(found)

    @router.post("/api/training/jobs/{job_id}/cancel", **success(shapes.Job), responses=guarded(404, 409))
    async def cancel(job_id: Sought, caller: Annotated[Caller, Depends(access.admin)]) -> Response:
        if await parts.training.find(job_id) is None:
            raise missing("training job")
        return PlainJson(await parts.training.cancel(job_id))

    return router
