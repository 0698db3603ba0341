"""Wire the pieces of the process `api` to one application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from reference.common.around import AsgiApp
from reference.common.database import DatabaseUnavailable
from reference.common.rounds import every, until_done
from reference.modelhub.parts import Parts
from reference.modelhub.rest.access import Access
from reference.modelhub.rest.accounts import account_routes
from reference.modelhub.rest.caring import fallback_routes, storage_routes, update_routes
from reference.modelhub.rest.config import config_routes, policy_routes
from reference.modelhub.rest.downloads import download_routes
from reference.modelhub.rest.generation import generation_routes
from reference.modelhub.rest.models import health_routes, status_routes
from reference.modelhub.rest.pages import page_routes, socket_routes
from reference.modelhub.rest.problems import install
from reference.modelhub.rest.shapes import Submission
from reference.modelhub.rest.system import recovery_routes, system_routes
from reference.modelhub.watch.components import BEAT_SECONDS, LOOK_SECONDS, VERSION

RETRY_SECONDS = 0.5
WATCH_SECONDS = 0.4
GATHER_SECONDS = 0.5
STATS_SECONDS = 5.0


def build_app(parts: Parts) -> AsgiApp:
    """Give the application made of `parts`. Its start opens the database, its end lets go of everything."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        trouble = parts.logbook.trouble
        parts.folder.prepare()
        await parts.components.look()
        background = [
            asyncio.create_task(asyncio.to_thread(app.openapi)),  # the first reader would hold everybody up
            asyncio.create_task(parts.relay.hand_over()),
            asyncio.create_task(parts.relay.read()),
            asyncio.create_task(every(BEAT_SECONDS, parts.heart.beat, lambda error: trouble("heart", error))),
            asyncio.create_task(every(LOOK_SECONDS, parts.components.look, lambda error: trouble("look", error))),
            asyncio.create_task(every(GATHER_SECONDS, parts.background.flush, lambda error: trouble("flush", error))),
            asyncio.create_task(every(WATCH_SECONDS, lambda: _watch(parts), lambda error: trouble("watch", error))),
            asyncio.create_task(
                every(STATS_SECONDS, lambda: _tell_stats(parts), lambda error: trouble("stats", error))
            ),
        ]
        if not await _opened(parts):
            background.append(asyncio.create_task(until_done(lambda: _opened(parts), RETRY_SECONDS)))
        yield
        for task in background:
            task.cancel()
        for problem in await asyncio.gather(*background, return_exceptions=True):
            if isinstance(problem, Exception):
                trouble("background", problem)
        await parts.close()

    app = FastAPI(
        title="Enhanced Model Availability",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=life,
    )
    access = Access(parts)
    for routes in (
        account_routes,
        status_routes,
        update_routes,
        fallback_routes,
        download_routes,
        health_routes,
        storage_routes,
        generation_routes,
        config_routes,
        policy_routes,
        system_routes,
        recovery_routes,
    ):
        app.include_router(routes(parts, access))
    app.include_router(page_routes(parts))
    app.include_router(socket_routes(parts))
    install(app, parts.problems)
    _describe_forms(app)
    wrapped: AsgiApp = app
    for layer in reversed(parts.layers):
        wrapped = layer(wrapped)
    return wrapped


async def _opened(parts: Parts) -> bool:
    try:
        await parts.accounts.ensure_admin(parts.settings.admin_username, parts.settings.admin_password)
        await parts.heart.beat()
    except DatabaseUnavailable:
        parts.logbook.event("start", outcome="database unavailable")
        return False
    parts.logbook.event("start", outcome="open")
    return True


async def _watch(parts: Parts) -> None:
    try:
        view = await parts.viewer.view()
        parts.sockets.told = view.flags["real_time_notifications"]
        await parts.status_watch.look()
    except DatabaseUnavailable:
        return


async def _tell_stats(parts: Parts) -> None:
    if not parts.sockets.listens("system_stats"):
        return
    stats = parts.machine.stats()
    try:
        await parts.quiet_ledger.change(lambda change: change.emit("system_stats", "system_stats_update", stats))
    except DatabaseUnavailable:
        return


def _describe_forms(app: FastAPI) -> None:
    """Add the shape that the submission's JSON body has: its route reads the body itself."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        described = made()
        shapes = described.setdefault("components", {}).setdefault("schemas", {})
        shapes.setdefault("Submission", Submission.model_json_schema(ref_template="#/components/schemas/{model}"))
        return described

    app.openapi = openapi  # type: ignore[method-assign]
