"""The nurses' queue and desk: read, assign and decide reports; the trail and the figures."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.common.clock import iso_exact
from reference.medassist.audit import AuditFilter
from reference.medassist.parts import Parts
from reference.medassist.people import Caller
from reference.medassist.refusals import invalid, missing
from reference.medassist.reports.desk import Done
from reference.medassist.reports.par import Par
from reference.medassist.reports.queue import QueueFilter
from reference.medassist.rest import shapes
from reference.medassist.rest.access import Access, uuid_of
from reference.medassist.rest.answers import guarded, success
from reference.medassist.rest.shapes import LARGEST_OFFSET

Moment = Annotated[str | None, Query(max_length=40)]


def report_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of reports."""
    router = APIRouter()
    shown_par = success(shapes.Par | shapes.PatientPar)

    @router.get("/api/pars/queue", **success(shapes.Queue), responses=guarded())
    async def queue(
        *,
        caller: Annotated[Caller, Depends(access.staff)],
        limit: Annotated[int, Query(ge=1, le=200)] = 100,
        offset: Annotated[int, Query(ge=0, le=LARGEST_OFFSET)] = 0,
        urgency: shapes.Urgency | None = None,
        has_red_flags: bool | None = None,
        status: shapes.ParStatus | None = None,
        assigned_nurse: Annotated[str | None, Query(max_length=64)] = None,
    ) -> Response:
        holder = _holder(assigned_nurse, caller)
        return PlainJson(
            await parts.queue.read(QueueFilter(urgency, has_red_flags, status, holder, None, limit, offset))
        )

    @router.get("/api/pars/search", **success(shapes.Queue), responses=guarded())
    async def search(
        *,
        caller: Annotated[Caller, Depends(access.staff)],
        q: Annotated[shapes.text(2, 100), Query()],  # type: ignore[valid-type]
        limit: Annotated[int, Query(ge=1, le=200)] = 100,
        offset: Annotated[int, Query(ge=0, le=LARGEST_OFFSET)] = 0,
        urgency: shapes.Urgency | None = None,
        has_red_flags: bool | None = None,
        status: shapes.ParStatus | None = None,
        assigned_nurse: Annotated[str | None, Query(max_length=64)] = None,
    ) -> Response:
        holder = _holder(assigned_nurse, caller)
        return PlainJson(await parts.queue.read(QueueFilter(urgency, has_red_flags, status, holder, q, limit, offset)))

    @router.get("/api/pars/session/{session_id}", **shown_par, responses=guarded(404))
    async def of_session(session_id: str, caller: Annotated[Caller, Depends(access.member)]) -> Response:
        session = await parts.sessions.find(uuid_of(session_id, "session_id"))
        if session is None:
            raise missing("session")
        await parts.guard.owner(caller, session.patient_id, "session", session.id)
        par = await parts.pars.of_session(session.id)
        if par is None:
            raise missing("report")
        return await _viewed(await access.readable(par, caller), caller)

    @router.get("/api/pars/{par_id}", **shown_par, responses=guarded(404))
    async def single(
        par: Annotated[Par, Depends(access.par_for(access.member))],
        caller: Annotated[Caller, Depends(access.member)],
    ) -> Response:
        return await _viewed(par, caller)

    async def _viewed(par: Par, caller: Caller) -> Response:
        await parts.audit.note("par_viewed", caller.actor, "par", par.id, details={})
        return PlainJson(par.for_staff() if caller.is_staff else parts.patient_view.of(par))

    async def decidable(
        par: Annotated[Par, Depends(access.par_for(access.nurse))],
        caller: Annotated[Caller, Depends(access.nurse)],
    ) -> Par:
        parts.nurse_desk.refuse_decision(par, caller)
        return par

    @router.post("/api/pars/{par_id}/review", **success(shapes.Par), responses=guarded(404, 409))
    async def review(
        review: parts.review_reader.shape,  # type: ignore[name-defined]
        par: Annotated[Par, Depends(decidable)],
        caller: Annotated[Caller, Depends(access.nurse)],
    ) -> Response:
        decision = parts.review_reader.decision(review)
        done = await parts.nurse_desk.decide(par.id, decision, caller)
        parts.metrics.review(decision.action)
        return _told(done)

    async def assignable(
        par: Annotated[Par, Depends(access.par_for(access.staff))],
        caller: Annotated[Caller, Depends(access.staff)],
    ) -> Par:
        parts.nurse_desk.refuse_assignment(par, caller.account.id, caller)
        return par

    @router.post("/api/pars/{par_id}/assign", **success(shapes.Par), responses=guarded(404, 409))
    async def assign(
        par: Annotated[Par, Depends(assignable)],
        caller: Annotated[Caller, Depends(access.staff)],
        assignment: shapes.Assignment | None = None,
    ) -> Response:
        nurse_id = assignment.nurse_id if assignment else None
        return _told(await parts.nurse_desk.assign(par.id, nurse_id, caller))

    @router.delete("/api/pars/{par_id}/assign", **success(shapes.Par), responses=guarded(404, 409))
    async def release(
        par: Annotated[Par, Depends(access.par_for(access.staff))],
        caller: Annotated[Caller, Depends(access.staff)],
    ) -> Response:
        return _told(await parts.nurse_desk.release(par.id, caller))

    def _told(done: Done) -> Response:
        parts.patient_news.tell(done)
        parts.board.tell(done.notices)
        return PlainJson(done.par.for_staff())

    @router.get("/api/pars/{par_id}/decisions", **success(list[shapes.DecisionEntry]), responses=guarded(404))
    async def decisions(par: Annotated[Par, Depends(access.par_for(access.staff))]) -> Response:
        return PlainJson(await parts.nurse_desk.history(par.id))

    @router.get("/api/nurse/analytics", **success(shapes.NurseFigures), responses=guarded())
    async def analytics(
        caller: Annotated[Caller, Depends(access.staff)], start_date: Moment = None, end_date: Moment = None
    ) -> Response:
        start, end = _moment(start_date, "start_date"), _moment(end_date, "end_date", end=True)
        return PlainJson(await parts.analytics.figures(start, end))

    @router.get("/api/audit/logs", **success(shapes.AuditPage), responses=guarded())
    async def logs(
        *,
        caller: Annotated[Caller, Depends(access.staff)],
        user_id: Annotated[shapes.Sought | None, Query()] = None,
        action: Annotated[shapes.Sought | None, Query()] = None,
        resource_type: Annotated[shapes.Sought | None, Query()] = None,
        resource_id: Annotated[shapes.Sought | None, Query()] = None,
        start_date: Moment = None,
        end_date: Moment = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
        offset: Annotated[int, Query(ge=0, le=LARGEST_OFFSET)] = 0,
    ) -> Response:
        if caller.account.role != "admin":
            if user_id not in (None, caller.account.id):
                return PlainJson({"logs": [], "total": 0})
            user_id = caller.account.id
        start, end = _moment(start_date, "start_date"), _moment(end_date, "end_date", end=True)
        wanted = AuditFilter(user_id, action, resource_type, resource_id, start, end, limit, offset)
        entries, total = await parts.audit.find(wanted)
        return PlainJson({"logs": entries, "total": total})

    return router


def _holder(assigned: str | None, caller: Caller) -> str | None:
    if assigned is None:
        return None
    return caller.account.id if assigned == "me" else uuid_of(assigned, "assigned_nurse")


def _moment(given: str | None, name: str, *, end: bool = False) -> str | None:
    if given is None:
        return None
    try:
        if len(given) == len("2026-01-31"):
            day = datetime.combine(date.fromisoformat(given), datetime.min.time(), UTC)
            return iso_exact(day + timedelta(days=1, microseconds=-1) if end else day)
        read = datetime.fromisoformat(given)
        return iso_exact(read if read.tzinfo else read.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise invalid(["query", name], "This is no date or time, such as 2026-01-31T12:00:00Z.") from None
