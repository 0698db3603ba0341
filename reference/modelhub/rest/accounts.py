"""Register, sign in, and look after API keys."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.modelhub.accounts.people import Caller
from reference.modelhub.parts import Parts
from reference.modelhub.refusals import Unreadable
from reference.modelhub.rest.access import Access
from reference.modelhub.rest.answers import guarded, refusals
from reference.modelhub.rest.forms import fields

FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["username", "password"],
                    "properties": {"username": {"type": "string"}, "password": {"type": "string"}},
                }
            }
        },
    }
}


class Registration(BaseModel):
    """A new account."""

    model_config = ConfigDict(strict=True)

    username: str
    email: str
    password: str


class Registered(BaseModel):
    """An account was made."""

    message: str
    user_id: str


class Tokens(BaseModel):
    """A sign-in."""

    access_token: str
    refresh_token: str
    token_type: str


class Refreshed(BaseModel):
    """A fresh access token."""

    access_token: str
    token_type: str


class KeyWish(BaseModel):
    """An API key that is asked for."""

    model_config = ConfigDict(strict=True)

    name: str = Field(min_length=1, max_length=100)
    expires_in_days: int | None = Field(None, ge=1, le=365)


class Key(BaseModel):
    """An API key in the list."""

    key_id: str
    name: str
    expires_at: str | None
    created_at: str


class NewKey(Key):
    """An API key, shown this one time."""

    api_key: str


class Done(BaseModel):
    """Something was done."""

    success: bool
    message: str


def account_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of accounts."""
    router, user = APIRouter(prefix="/api/v1/auth", tags=["accounts"]), Depends(access.user)

    @router.post("/register", response_model=Registered, responses=refusals(400, 413, 422, 503))
    async def register(body: Registration) -> Response:
        user_id = await parts.accounts.register(body.username, body.email, body.password)
        return PlainJson({"message": "The account was created. You can sign in now.", "user_id": user_id})

    @router.post("/login", response_model=Tokens, responses=refusals(401, 413, 422, 429, 503), openapi_extra=FORM)
    async def login(request: Request) -> Response:
        form = await fields(request)
        given: list[str] = []
        for name in ("username", "password"):
            value = form.get(name)
            if not isinstance(value, str) or not value:
                raise Unreadable(["body", name], "Field required", None, "missing")
            given.append(value)
        address = request.client.host if request.client else ""
        return PlainJson(await parts.accounts.sign_in(given[0], given[1], address))

    @router.post("/refresh", response_model=Refreshed, responses=refusals(401, 422, 503))
    async def refresh(refresh_token: Annotated[str, Query(max_length=4000)]) -> Response:
        return PlainJson(await parts.accounts.refresh(refresh_token))

    @router.post("/api-keys", response_model=NewKey, responses=guarded())
    async def make(body: KeyWish, caller: Annotated[Caller, user]) -> Response:
        return PlainJson(await parts.accounts.make_key(caller, body.name, body.expires_in_days))

    @router.get("/api-keys", response_model=list[Key], responses=guarded())
    async def listed(caller: Annotated[Caller, user]) -> Response:
        return PlainJson(await parts.accounts.keys(caller))

    @router.delete("/api-keys/{key_id}", response_model=Done, responses=guarded(404))
    async def delete(key_id: str, caller: Annotated[Caller, user]) -> Response:
        await parts.accounts.delete_key(caller, key_id)
        told: dict[str, Any] = {"success": True, "message": "The key was deleted and works no more."}
        return PlainJson(told)

    return router
