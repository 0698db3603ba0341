"""Open a session and read it back."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, HTTPException
from fastapi.responses import Response
from pydantic import BaseModel, Field, StringConstraints

from reference.chattrain.chat.frames import shown_item, shown_session
from reference.chattrain.chat.turns import rated
from reference.chattrain.completion import mean
from reference.chattrain.database import DatabaseUnavailable
from reference.chattrain.parts import Parts
from reference.chattrain.rest.answers import refusals, success
from reference.chattrain.rest.shapes import OpenedSession, SessionDetails, ShownItem
from reference.chattrain.sessions import LARGEST_ID, Session
from reference.common.answers import PlainJson

Token = Annotated[str | None, Header(alias="X-Session-Token")]


class SessionWish(BaseModel):
    """Which scenario somebody wants to train, and under which name."""

    scenario_id: Annotated[int, Field(strict=True, ge=-LARGEST_ID, le=LARGEST_ID)]
    user_id: Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9._-]{1,100}$")]


def session_routes(parts: Parts) -> APIRouter:
    """Give the routes of sessions."""
    router = APIRouter()

    @router.post("/api/sessions", **success(OpenedSession), responses=refusals(400, 404, 413, 422, 429, 503))
    async def open_session(wish: SessionWish) -> Response:
        if not parts.catalogue.loaded:
            raise DatabaseUnavailable("the scenarios have no numbers yet")
        if parts.catalogue.by_number(wish.scenario_id) is None:
            raise HTTPException(404, "There is no such scenario.")
        wait = parts.session_limits.take(wish.user_id)
        if wait is not None:
            sentence = f"Too many sessions were opened under this name. You can go on in {wait} s."
            raise HTTPException(429, sentence, {"Retry-After": str(wait)})
        try:
            session, token = await parts.sessions.create(wish.scenario_id, wish.user_id)
        except DatabaseUnavailable:
            parts.session_limits.give_back(wish.user_id)
            raise
        parts.metrics.session("active")
        entrance = {"session_token": token, "websocket_url": f"/chat/{session.id}?token={token}"}
        return PlainJson({**_state(session), **entrance})

    @router.get("/api/sessions/{id}", **success(SessionDetails), responses=refusals(401, 404, 422, 503))
    async def session_details(id: str, token: Token = None) -> Response:
        session = await _owned(parts, id, token)
        items = await parts.messages.items(session.id)
        scores = [line.rating.score for line in rated(items)]
        results = {
            "exchanges": sum(item.role == "user" for item in items),
            "average_score": round(mean(scores), 1) if scores else None,
            "summary": session.summary,
        }
        return PlainJson({**_state(session), **results})

    @router.get("/api/sessions/{id}/messages", **success(list[ShownItem]), responses=refusals(401, 404, 422, 503))
    async def session_messages(id: str, token: Token = None) -> Response:
        session = await _owned(parts, id, token)
        return PlainJson([shown_item(item) for item in await parts.messages.items(session.id)])

    return router


def _state(session: Session) -> dict[str, Any]:
    return {**shown_session(session), "data": {}}


async def _owned(parts: Parts, session_id: str, token: str | None) -> Session:
    if not token:
        raise HTTPException(401, "This needs the session's token in the header X-Session-Token.")
    is_number = session_id.isascii() and session_id.isdigit() and len(session_id) <= 19
    session = await parts.sessions.owned(int(session_id), token) if is_number else None
    if session is None:
        raise HTTPException(404, "There is no such session.")
    return session
