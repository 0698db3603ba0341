"""Wire the pieces to one application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from reference.chattrain.chat.conversation import Recovered
from reference.chattrain.chat.socket import chat_routes
from reference.chattrain.database import DatabaseUnavailable
from reference.chattrain.health import VERSION
from reference.chattrain.parts import Parts
from reference.chattrain.rest.around import AsgiApp
from reference.chattrain.rest.content import content_routes
from reference.chattrain.rest.documents import document_routes
from reference.chattrain.rest.health import health_routes
from reference.chattrain.rest.page import page_routes
from reference.chattrain.rest.problems import install
from reference.chattrain.rest.scenarios import scenario_routes
from reference.chattrain.rest.sessions import session_routes

RETRY_SECONDS = 0.5


def build_app(parts: Parts) -> AsgiApp:
    """Give the application made of `parts`. Its start opens the database, its end lets go of everything."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        is_open = await _opened(parts)
        background = [
            asyncio.create_task(parts.customer.client.warm_up()),
            asyncio.create_task(parts.idle_watch.run()),
        ]
        if not is_open:
            background.append(asyncio.create_task(_open_when_possible(parts)))
        yield
        for task in background:
            task.cancel()
        for problem in await asyncio.gather(*background, return_exceptions=True):
            if isinstance(problem, Exception):
                parts.logbook.trouble("background", problem)
        await parts.conversations.close()
        await parts.customer.client.close()
        await asyncio.to_thread(parts.database.close)

    app = FastAPI(title="ChatTrain", version=VERSION, docs_url=None, redoc_url=None, lifespan=life)
    for routes in (
        health_routes,
        scenario_routes,
        session_routes,
        document_routes,
        content_routes,
        page_routes,
        chat_routes,
    ):
        app.include_router(routes(parts))
    install(app, parts.problems)
    wrapped: AsgiApp = app
    for layer in reversed(parts.layers):
        wrapped = layer(wrapped)
    return wrapped


async def _opened(parts: Parts) -> bool:
    try:
        report = await parts.catalogue.load()
        await _take_up_unanswered_lines(parts)
    except DatabaseUnavailable:
        parts.logbook.note("start", "database unavailable")
        return False
    for error in report.errors:
        parts.logbook.note("content", error)
    return True


async def _open_when_possible(parts: Parts) -> None:
    while not await _opened(parts):
        await asyncio.sleep(RETRY_SECONDS)


async def _take_up_unanswered_lines(parts: Parts) -> None:
    for line in await parts.messages.unanswered():
        session = await parts.sessions.find(line.session_id)
        if session is not None:
            entry = await parts.catalogue.of_session(session.scenario_id)
            parts.conversations.put(parts.conversations.of(session, entry), Recovered(line))
