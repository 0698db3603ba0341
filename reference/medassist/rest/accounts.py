"""Register, sign in and out, and look after accounts."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query, Request
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.medassist.parts import Parts
from reference.medassist.people import Caller
from reference.medassist.refusals import forbidden, invalid, missing, unauthorized
from reference.medassist.rest.access import Access, actor_of, uuid_of
from reference.medassist.rest.answers import guarded, refusals, success
from reference.medassist.rest.shapes import (
    LARGEST_OFFSET,
    AccountChange,
    ConsentSubmission,
    ConsentText,
    Credentials,
    RefreshRequest,
    Registration,
    SignedConsent,
    TokenPair,
    User,
)

OPEN_DOOR = refusals(400, 401, 403, 413, 422, 429, 503)


def account_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of accounts and consent."""
    router = APIRouter()

    @router.post("/api/auth/register", **success(User, 201), responses=OPEN_DOOR)
    async def register(
        registration: Registration, request: Request, caller: Annotated[Caller | None, Depends(access.somebody)]
    ) -> Response:
        if not parts.guard.may_create(registration.role, caller):
            if caller is not None:
                await parts.guard.denied(caller, "user", None)
            raise forbidden("Only an administrator creates staff accounts.")
        problem = parts.password_rule.problem(registration.password)
        if problem is not None:
            raise invalid(["body", "password"], problem)
        hashed = await parts.passwords.hashed(registration.password)
        by = caller.actor if caller else actor_of(request)
        account = await parts.accounts.create(registration.email, hashed, registration.full_name, registration.role, by)
        return PlainJson(account.shown(), 201)

    @router.post("/api/auth/login", **success(TokenPair), responses=OPEN_DOOR)
    async def login(credentials: Credentials, request: Request) -> Response:
        pair = await parts.sign_ins.sign_in(credentials.email, credentials.password, actor_of(request))
        return PlainJson(pair.shown())

    @router.post("/api/auth/refresh", **success(TokenPair), responses=OPEN_DOOR)
    async def refresh(
        body: Annotated[RefreshRequest | None, Body()] = None,
        refresh_token: Annotated[str | None, Query(max_length=4000)] = None,
    ) -> Response:
        token = (body.refresh_token if body else None) or refresh_token
        if token is None:
            raise invalid(["body", "refresh_token"], "Field required", "missing")
        pair, sign_in = await parts.sign_ins.refresh(token)
        if pair is None:
            parts.rooms.end_sign_in(sign_in)
            raise unauthorized("This refresh token was used before. Sign in again.")
        return PlainJson(pair.shown())

    @router.get("/api/auth/me", **success(User), responses=guarded())
    async def me(caller: Annotated[Caller, Depends(access.member)]) -> Response:
        return PlainJson(caller.account.shown())

    @router.post("/api/auth/logout", status_code=204, response_class=Response, responses=guarded())
    async def logout(
        caller: Annotated[Caller, Depends(access.member)], body: Annotated[RefreshRequest | None, Body()] = None
    ) -> Response:
        await parts.sign_ins.sign_out(caller)
        parts.rooms.end_sign_in(caller.sign_in)
        return Response(status_code=204)

    @router.get("/api/users", **success(list[User]), responses=guarded())
    async def users(
        caller: Annotated[Caller, Depends(access.admin)],
        limit: Annotated[int, Query(ge=1, le=200)] = 100,
        offset: Annotated[int, Query(ge=0, le=LARGEST_OFFSET)] = 0,
    ) -> Response:
        return PlainJson([account.shown() for account in await parts.accounts.listing(limit, offset)])

    async def known_user(user_id: str, caller: Annotated[Caller, Depends(access.admin)]) -> str:
        named = uuid_of(user_id, "user_id")
        if not await parts.accounts.exists(named):
            raise missing("account")
        return named

    @router.patch("/api/users/{user_id}", **success(User), responses=guarded(404, 409))
    async def change(
        change: AccountChange,
        named: Annotated[str, Depends(known_user)],
        caller: Annotated[Caller, Depends(access.admin)],
    ) -> Response:
        account = await parts.accounts.set_active(named, change.is_active, caller.actor)
        if not account.is_active:
            parts.rooms.end_account(account.id)
        return PlainJson(account.shown())

    @router.get("/api/consent/active", **success(ConsentText), responses=guarded())
    async def consent(caller: Annotated[Caller, Depends(access.member)]) -> Response:
        return PlainJson(parts.consents.text())

    @router.post("/api/consent/submit", **success(SignedConsent, 201), responses=guarded(404))
    async def submit(submission: ConsentSubmission, caller: Annotated[Caller, Depends(access.patient)]) -> Response:
        if submission.consent_id != parts.consents.text()["id"]:
            raise missing("consent text")
        return PlainJson(await parts.consents.sign(caller, submission.responses.model_dump()), 201)

    return router
