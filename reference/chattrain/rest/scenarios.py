"""GET /api/scenarios: what can be trained, without the answer key."""

from fastapi import APIRouter
from fastapi.responses import Response

from reference.chattrain.database import DatabaseUnavailable
from reference.chattrain.parts import Parts
from reference.chattrain.rest.answers import refusals, success
from reference.chattrain.rest.shapes import ListedScenario
from reference.common.answers import PlainJson


def scenario_routes(parts: Parts) -> APIRouter:
    """Give the route of the scenario list."""
    router = APIRouter()

    @router.get("/api/scenarios", **success(list[ListedScenario]), responses=refusals(503))
    async def scenarios() -> Response:
        if not parts.catalogue.loaded:
            raise DatabaseUnavailable("the scenarios have no numbers yet")
        return PlainJson(parts.showcase.shown_list(parts.catalogue.listed()))

    return router
