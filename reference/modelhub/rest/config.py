"""Preferences, policies, feature flags."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Query
from fastapi.exceptions import RequestValidationError
from sqlalchemy import insert, update
from starlette.responses import Response

from reference.common.answers import PlainJson
from reference.common.clock import iso, now
from reference.modelhub import tables
from reference.modelhub.accounts.people import Caller
from reference.modelhub.parts import Parts
from reference.modelhub.refusals import forbidden, missing
from reference.modelhub.rest import shapes
from reference.modelhub.rest.access import Access
from reference.modelhub.rest.answers import guarded
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.preferences import (
    DEFAULTS,
    FLAGS,
    HUB,
    POLICIES,
    POLICY_DEFAULTS,
    Problem,
    hub_part,
    merged,
    without_hub,
)

Document = Annotated[dict[str, Any], Body()]


def config_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of settings."""
    router, user = APIRouter(prefix="/api/v1/config", tags=["settings"]), Depends(access.user)

    @router.get("/user-preferences", response_model=shapes.PreferencesAnswer, responses=guarded())
    async def read(caller: Annotated[Caller, user]) -> Response:
        found = await parts.ledger.read(
            lambda connection: (
                parts.preferences.of(connection, caller.user_id),
                parts.preferences.document(connection, caller.user_id)[1],
            )
        )
        return PlainJson({"user_id": caller.user_id, "preferences": found[0], "last_updated": found[1]})

    @router.put("/user-preferences", response_model=shapes.PreferencesSaved, responses=guarded(403))
    async def write(body: Document, caller: Annotated[Caller, user]) -> Response:
        given = body["preferences"] if set(body) == {"preferences"} and isinstance(body["preferences"], dict) else body
        _refuse(await _problems(caller, given))
        for_all = hub_part(given)
        if for_all and not caller.is_admin:
            raise forbidden("Only an administrator may change what holds for the whole installation.")

        def work(change: Change) -> None:
            parts.preferences.merge(change.connection, caller.user_id, without_hub(given))
            parts.preferences.merge(change.connection, HUB, for_all)
            if for_all:
                at = iso(parts.clock.now())
                parts.audit.write(change.connection, caller, "change_preferences", ", ".join(sorted(for_all)), at)
            change.wake("downloader", "monitor", "generator")

        await parts.ledger.change(work)
        return PlainJson({"success": True, "message": "The preferences were saved.", "user_id": caller.user_id})

    @router.post("/validate-preferences", response_model=shapes.PreferencesChecked, responses=guarded())
    async def validate(body: Document, caller: Annotated[Caller, user]) -> Response:
        given = body["preferences"] if set(body) == {"preferences"} and isinstance(body["preferences"], dict) else body
        problems = await _problems(caller, given)
        shown = [problem.shown() for problem in problems]
        return PlainJson({"is_valid": not problems, "errors": shown, "warnings": []})

    async def _problems(caller: Caller, given: Mapping[str, Any]) -> list[Problem]:
        own = await parts.preferences_of(caller.user_id)
        return parts.rules.problems(given, DEFAULTS, merged(own, given))

    return router


def policy_routes(parts: Parts, access: Access) -> APIRouter:
    """Give the routes of policies and switches."""
    router, user = APIRouter(prefix="/api/v1/config", tags=["settings"]), Depends(access.user)
    admin = Depends(access.admin)

    @router.get("/admin-policies", response_model=shapes.PoliciesAnswer, responses=guarded(), dependencies=[user])
    async def policies() -> Response:
        return PlainJson({"policies": await parts.ledger.look(parts.preferences.policies)})

    @router.put("/admin-policies", response_model=shapes.PoliciesAnswer, responses=guarded(403))
    async def change_policies(body: shapes.Policies, caller: Annotated[Caller, admin]) -> Response:
        _refuse(parts.rules.problems(body.policies, POLICY_DEFAULTS, {}), "policies")

        def work(change: Change) -> Any:
            parts.preferences.merge(change.connection, POLICIES, body.policies)
            parts.audit.write(
                change.connection, caller, "change_policies", ", ".join(sorted(body.policies)), iso(parts.clock.now())
            )
            change.wake("downloader", "monitor")
            return parts.preferences.policies(change.connection)

        return PlainJson({"policies": await parts.ledger.change(work)})

    @router.post("/reset-to-defaults", response_model=shapes.Acknowledged, responses=guarded(403))
    async def reset(
        section: Annotated[Literal["preferences", "admin"], Query()], caller: Annotated[Caller, user]
    ) -> Response:
        if section == "admin":
            parts.guard.admin(caller)

        def work(change: Change) -> None:
            names = [POLICIES] if section == "admin" else [caller.user_id, *([HUB] if caller.is_admin else [])]
            for name in names:
                parts.preferences.write(change.connection, name, {})
            if caller.is_admin:
                at = iso(parts.clock.now())
                parts.audit.write(change.connection, caller, "reset_to_defaults", section, at)
            change.wake("downloader", "monitor", "generator")

        await parts.ledger.change(work)
        return PlainJson({"success": True, "message": "The defaults are in force again."})

    @router.get("/feature-flags", response_model=shapes.Flags, responses=guarded(), dependencies=[user])
    async def flags() -> Response:
        return PlainJson({"flags": await parts.ledger.look(parts.preferences.flags), "timestamp": iso(now())})

    @router.put("/feature-flags/{flag}", response_model=shapes.FlagSet, responses=guarded(403, 404))
    async def set_flag(flag: str, enabled: Annotated[bool, Query()], caller: Annotated[Caller, admin]) -> Response:
        if flag not in FLAGS:
            raise missing("feature flag", "FLAG_NOT_FOUND")
        await parts.ledger.change(lambda change: _switch(change, flag, enabled, caller))
        return PlainJson({"success": True, "flag": flag, "enabled": enabled})

    def _switch(change: Change, flag: str, enabled: bool, caller: Caller) -> None:
        table = tables.feature_flags
        switched = change.connection.execute(update(table).where(table.c.name == flag).values(enabled=enabled))
        if switched.rowcount == 0:
            change.connection.execute(insert(table).values(name=flag, enabled=enabled))
        at = iso(parts.clock.now())
        parts.audit.write(change.connection, caller, "switch_feature", f"{flag} {enabled}", at)
        change.wake("downloader", "monitor", "generator")

    return router


def _refuse(problems: list[Problem], inside: str = "") -> None:
    if problems:
        where = ("body", inside) if inside else ("body",)
        raise RequestValidationError(
            [
                {
                    "type": "value_error",
                    "loc": (*where, *problem.field.split(".")),
                    "msg": problem.message,
                    "input": None,
                }
                for problem in problems
            ]
        )
