"""Open, list, read and close sessions; chat and ask for a report over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.common.database import DatabaseUnavailable
from reference.medassist.chat.intake import LONGEST, Incoming
from reference.medassist.chat.messages import Message
from reference.medassist.chat.sessions import TRANSITIONS, Session
from reference.medassist.parts import Parts
from reference.medassist.people import Caller
from reference.medassist.refusals import Refused, conflict, too_many
from reference.medassist.rest import shapes
from reference.medassist.rest.access import Access
from reference.medassist.rest.answers import guarded, success
from reference.medassist.rest.shapes import LARGEST_OFFSET
from reference.medassist.tables import LARGEST_NUMBER

MOST_MESSAGES = 200


def session_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of sessions."""
    router = APIRouter()
    any_session = Depends(access.session_for(access.member))

    @router.post("/api/sessions", **success(shapes.Session, 201), responses=guarded())
    async def create(
        caller: Annotated[Caller, Depends(access.patient)], new: shapes.NewSession | None = None
    ) -> Response:
        session = await parts.sessions.create(caller, new.metadata if new else {})
        return PlainJson(parts.session_view.of(session, None, caller), 201)

    @router.get("/api/sessions", **success(list[shapes.Session]), responses=guarded())
    async def listing(
        caller: Annotated[Caller, Depends(access.member)],
        limit: Annotated[int, Query(ge=1, le=100)] = 50,
        offset: Annotated[int, Query(ge=0, le=LARGEST_OFFSET)] = 0,
        status_filter: shapes.SessionStatus | None = None,
    ) -> Response:
        sessions = await parts.sessions.listing(caller, status_filter, limit, offset)
        pars = await parts.pars.of_sessions([session.id for session in sessions])
        return PlainJson([parts.session_view.of(each, pars.get(each.id), caller) for each in sessions])

    @router.get("/api/sessions/{session_id}", **success(shapes.Session), responses=guarded(404))
    async def single(
        session: Annotated[Session, any_session], caller: Annotated[Caller, Depends(access.member)]
    ) -> Response:
        messages, par = await parts.database.read(
            lambda connection: (
                parts.messages.listed(connection, session.id, 0, None)[0],
                parts.pars.get_of_session(connection, session.id),
            )
        )
        return PlainJson(parts.session_view.of(session, par, caller, messages))

    async def movable(session: Annotated[Session, Depends(access.session_for(access.staff))]) -> Session:
        if not TRANSITIONS[session.status]:
            raise conflict(f"A session that is {session.status} is closed for good.", "INVALID_TRANSITION")
        return session

    @router.patch("/api/sessions/{session_id}/status", **success(shapes.Session), responses=guarded(404, 409))
    async def move(
        change: shapes.StatusChange,
        session: Annotated[Session, Depends(movable)],
        caller: Annotated[Caller, Depends(access.staff)],
    ) -> Response:
        moved = await parts.sessions.move(session.id, change.status, caller.actor)
        par = await parts.pars.of_session(session.id)
        return PlainJson(parts.session_view.of(moved, par, caller))

    @router.get("/api/sessions/{session_id}/messages", **success(shapes.Messages), responses=guarded(404))
    async def messages(
        session: Annotated[Session, any_session],
        caller: Annotated[Caller, Depends(access.member)],
        limit: Annotated[int, Query(ge=1, le=MOST_MESSAGES)] = MOST_MESSAGES,
        after_sequence: Annotated[int, Query(ge=0, le=LARGEST_NUMBER)] = 0,
    ) -> Response:
        found, total = await parts.messages.listing(session.id, after_sequence, limit)
        await parts.audit.note("messages_viewed", caller.actor, "session", session.id, details={})
        shown = [message.shown() for message in found]
        return PlainJson({"messages": shown, "total": total, "session_id": session.id})

    async def chatting(
        request: Request,
        session: Annotated[Session, Depends(access.session_for(access.patient))],
        caller: Annotated[Caller, Depends(access.patient)],
    ) -> Session:
        await _may_chat(parts, session, caller, await request.json())
        return session

    @router.post(
        "/api/sessions/{session_id}/messages",
        **success(shapes.Exchange, 201),
        responses={200: {"model": shapes.Exchange, "description": "Sent before."}, **guarded(404, 409)},
    )
    async def chat(
        new: shapes.NewMessage,
        session: Annotated[Session, Depends(chatting)],
        caller: Annotated[Caller, Depends(access.patient)],
    ) -> Response:
        return await _chat(parts, session, caller, new)

    async def reportable(
        session: Annotated[Session, Depends(access.session_for(access.nurse_or_patient))],
    ) -> Session:
        told = session.message_count
        parts.maker.refuse_request(await parts.pars.of_session(session.id), told)
        return session

    @router.post(
        "/api/sessions/{session_id}/assessment",
        **success(shapes.Par | shapes.PatientPar, 201),
        responses={
            200: {"model": shapes.Par | shapes.PatientPar, "description": "Renewed."},
            **guarded(404, 409),
        },
    )
    async def assess(
        session: Annotated[Session, Depends(reportable)],
        caller: Annotated[Caller, Depends(access.nurse_or_patient)],
    ) -> Response:
        par, is_new = await parts.maker.request(session, caller.actor)
        shown = par.for_staff() if caller.is_staff else parts.patient_view.of(par)
        return PlainJson(shown, 201 if is_new else 200)

    return router


async def _may_chat(parts: Parts, session: Session, caller: Caller, body: Any) -> None:
    """Refuse a missing consent and a closed session before the body is looked at; advice is shown all the same."""
    given = body if isinstance(body, dict) else {}
    content, named = given.get("content"), given.get("client_message_id")
    known = named if isinstance(named, str) and shapes.can_be_kept(named) else None
    try:
        await parts.intake.check(session.id, known, caller)
    except Refused as refused:
        about = _advice(parts, parts.intake.judged(content[:LONGEST], None)) if isinstance(content, str) else None
        if about is None or refused.code != "CONSENT_REQUIRED":
            raise
        raise Refused(refused.status, refused.sentence, refused.code, details=about) from None


def _advice(parts: Parts, incoming: Incoming) -> dict[str, Any] | None:
    advice = parts.intake.advice_for(incoming)
    flags = list(incoming.judgement.red_flags)
    return None if advice is None else {"advice": advice, "urgency": "immediate", "red_flags": flags}


async def _chat(parts: Parts, session: Session, caller: Caller, new: shapes.NewMessage) -> Response:
    incoming = parts.intake.judged(new.content, new.client_message_id)
    wait = parts.chat_limits.take(caller.account.id)
    if wait is not None:
        raise too_many("That was too fast. Please wait a moment.", wait)
    try:
        taken = await parts.intake.take(session.id, incoming, caller)
    except DatabaseUnavailable:
        details = _advice(parts, incoming)
        raise Refused(
            503, "Your message could not be kept.", "STORAGE_UNAVAILABLE", details=details, retry_after=2
        ) from None
    promised = parts.answering.promise(taken.message.id)
    parts.chat_desk.follow(taken, caller.account.id, None)
    reply = await _reply(parts, taken.message) if not taken.is_new else None
    reply = reply or await promised
    metadata = taken.message.metadata
    body: dict[str, Any] = {
        "message": taken.message.shown(),
        "reply": reply.shown(),
        "urgency": metadata["urgency"],
        "red_flags": metadata["red_flags"],
        "advice": taken.advice.content if taken.advice else None,
    }
    return PlainJson(body, 201 if taken.is_new else 200)


async def _reply(parts: Parts, message: Message) -> Message | None:
    return await parts.database.look(lambda connection: parts.messages.reply_in(connection, message.id))
