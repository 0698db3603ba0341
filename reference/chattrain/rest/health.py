"""GET /api/health."""

from fastapi import APIRouter
from fastapi.responses import Response

from reference.chattrain.parts import Parts
from reference.chattrain.rest.answers import success
from reference.chattrain.rest.shapes import Health
from reference.common.answers import PlainJson

RETRY_AFTER_SECONDS = "2"


def health_routes(parts: Parts) -> APIRouter:
    """Give the health route."""
    router = APIRouter()

    @router.get("/api/health", **success(Health), responses={503: {"model": Health, "description": "Unhealthy."}})
    async def health() -> Response:
        report = await parts.health.report()
        if report["status"] == "unhealthy":
            return PlainJson(report, 503, {"Retry-After": RETRY_AFTER_SECONDS})
        return PlainJson(report)

    return router
