"""Wire the pieces to one application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from reference.common.around import AsgiApp
from reference.common.database import DatabaseUnavailable
from reference.common.rounds import every, until_done
from reference.medassist.chat.sockets import socket_routes
from reference.medassist.health import PROBE_SECONDS
from reference.medassist.models.alerts import ROUND_SECONDS
from reference.medassist.parts import Parts
from reference.medassist.people import SYSTEM, Role
from reference.medassist.rest.access import Access
from reference.medassist.rest.accounts import account_routes
from reference.medassist.rest.health import health_routes
from reference.medassist.rest.models import deployment_routes, model_routes
from reference.medassist.rest.pages import page_routes
from reference.medassist.rest.problems import install
from reference.medassist.rest.reports import report_routes
from reference.medassist.rest.sessions import session_routes
from reference.medassist.rest.trials import experiment_routes, flag_routes, training_routes

RETRY_SECONDS = 0.5


def build_app(parts: Parts) -> AsgiApp:
    """Give the application made of `parts`. Its start opens the database, its end lets go of everything."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        trouble = parts.logbook.trouble
        background = [
            asyncio.create_task(parts.inference.client.warm_up()),
            asyncio.create_task(every(PROBE_SECONDS, parts.health.probe, lambda error: trouble("probe", error))),
            asyncio.create_task(every(ROUND_SECONDS, parts.alerts.look, lambda error: trouble("alerts", error))),
        ]
        if not await _opened(parts):
            background.append(asyncio.create_task(until_done(lambda: _opened(parts), RETRY_SECONDS)))
        yield
        for task in background:
            task.cancel()
        for problem in await asyncio.gather(*background, return_exceptions=True):
            if isinstance(problem, Exception):
                trouble("background", problem)
        await parts.answering.close()
        await parts.completing.close()
        await parts.training.close()
        await parts.inference.client.close()
        parts.passwords.close()
        await asyncio.to_thread(parts.database.close)

    app = FastAPI(
        title=parts.settings.app_name,
        version=parts.settings.app_version,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=life,
    )
    access = Access(parts)
    app.include_router(health_routes(parts))
    for routes in (
        account_routes,
        session_routes,
        report_routes,
        model_routes,
        deployment_routes,
        flag_routes,
        experiment_routes,
        training_routes,
    ):
        app.include_router(routes(parts, access))
    app.include_router(page_routes(parts))
    app.include_router(socket_routes(parts))
    install(app, parts.problems)
    wrapped: AsgiApp = app
    for layer in reversed(parts.layers):
        wrapped = layer(wrapped)
    return wrapped


async def _opened(parts: Parts) -> bool:
    try:
        await parts.registry.load()
        await _create_staff(parts)
        await parts.training.recover()
        await parts.answering.recover()
        await parts.completing.recover()
    except DatabaseUnavailable:
        parts.logbook.event("start", "WARNING", outcome="database unavailable")
        return False
    parts.logbook.event("start", outcome="open")
    return True


async def _create_staff(parts: Parts) -> None:
    if await parts.accounts.any_staff():
        return
    for staff in parts.settings.staff:
        hashed = await parts.passwords.hashed(staff.password)
        role: Role = "admin" if staff.role == "admin" else "nurse"
        await parts.accounts.create(staff.email, hashed, staff.full_name, role, SYSTEM)
