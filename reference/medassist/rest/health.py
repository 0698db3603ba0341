"""What runs here, and how it is."""

from fastapi import APIRouter
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.medassist.metrics import CONTENT_TYPE
from reference.medassist.parts import Parts
from reference.medassist.rest.answers import RETRY_AFTER_SECONDS, success
from reference.medassist.rest.shapes import About, Alive, DetailedHealth, Health, Ready

UNHEALTHY = {"Retry-After": RETRY_AFTER_SECONDS}


def health_routes(parts: Parts) -> APIRouter:
    """Give the routes of health and metrics."""
    router = APIRouter()

    @router.get("/", **success(About))
    async def about() -> Response:
        settings = parts.settings
        told = {"service": settings.app_name, "version": settings.app_version, "status": "operational"}
        return PlainJson({**told, "docs": "/openapi.json"})

    @router.get("/api/health", **success(Health), responses={503: {"model": Health, "description": "Unhealthy."}})
    async def health() -> Response:
        return _answer(await parts.health.report())

    @router.get(
        "/api/health/detailed",
        **success(DetailedHealth),
        responses={503: {"model": DetailedHealth, "description": "Unhealthy."}},
    )
    async def detailed() -> Response:
        return _answer(await parts.health.detailed())

    @router.get("/api/health/ready", **success(Ready), responses={503: {"model": Ready, "description": "Not ready."}})
    async def ready() -> Response:
        told = await parts.health.ready()
        return PlainJson(told) if told["ready"] else PlainJson(told, 503, UNHEALTHY)

    @router.get("/api/health/live", **success(Alive))
    async def live() -> Response:
        return PlainJson({"alive": True})

    @router.get("/metrics", response_class=Response)
    async def metrics() -> Response:
        await parts.health.show_queue()
        return Response(parts.metrics.exposition(), headers={"Content-Type": CONTENT_TYPE})

    return router


def _answer(report: dict[str, object]) -> Response:
    return PlainJson(report, 503, UNHEALTHY) if report["status"] == "unhealthy" else PlainJson(report)
