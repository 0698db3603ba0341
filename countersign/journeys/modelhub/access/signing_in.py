"""Registering, signing in, renewing, keys; and what nobody may register with."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.credentials import Shown
from countersign.expect.modelhub.credentials import FalseCredential, Wish
from countersign.expect.traces import Place, Trace
from countersign.journeys.measuring import measure_count
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.written import written
from countersign.systems.modelhub.api import ModelHubApi

SERVICE = "/models/status"
BAD_REGISTRATION, BAD_INPUT = 400, 422


@dataclass(frozen=True)
class WaysIn:
    """What good credentials opened, what the deleted key opened, and where the key was looked for."""

    good: list[Shown]
    deleted: list[FalseCredential]
    listed: list[Place]
    key: list[Trace]


def goes_in_every_way(user: HubUser) -> WaysIn:
    """Register, sign in by name and by address, renew, make a key, use it and delete it."""
    hide = user.stage.recorder.redactor.register
    username, password = user.hub.enrols(user.persona.card.user_name)
    api = client_of(user)
    api.sign_in(f"{username}@example.org", password)
    good = [Shown("a sign-in by address", api.ask("GET", SERVICE))]
    api.sign_in(username, password)
    good.append(Shown("a sign-in by name", api.ask("GET", SERVICE)))
    renewed = refreshes(api, api.refresh_token)
    good.append(Shown("a refresh token", renewed))
    fresh = str(renewed.must_be(200).json()["access_token"])
    hide(fresh, "access token")
    good.append(Shown("a renewed sign-in", api.ask("GET", SERVICE, token=fresh)))
    made = api.ask("POST", "/auth/api-keys", json={"name": "camera", "expires_in_days": 30}).must_be(200, 201).json()
    hide(made["api_key"], "API key")
    good.append(Shown("a key", api.ask("GET", SERVICE, token=made["api_key"])))
    listed = [Place("the list of keys", api.ask("GET", "/auth/api-keys").must_be(200).text)]
    good.append(Shown("the deletion of the key", api.ask("DELETE", f"/auth/api-keys/{made['key_id']}")))
    deleted = [FalseCredential("the deleted key", api.ask("GET", SERVICE, token=made["api_key"]))]
    return WaysIn(good, deleted, listed, [Trace.of("the key", made["api_key"])])


def client_of(user: HubUser) -> ModelHubApi:
    """Give a client of the person that has not signed in."""
    api = ModelHubApi(user.system, user.name, user.stage.recorder)
    user.stage.at_end(api.close, f"closing a client of {user.name}")
    return api


def refreshes(api: ModelHubApi, token: str) -> Any:
    """Try to renew a sign-in with a token, and give the answer."""
    return api.ask("POST", "/auth/refresh", token="", params={"refresh_token": token})


@dataclass(frozen=True)
class Wishes:
    """What was wished for wrongly, and the registration with the same name that was right at last."""

    wrong: list[Wish]
    right: list[Shown]


def registers_wrongly(user: HubUser) -> Wishes:
    """Try bad names, addresses and passwords, names and addresses that are taken, and lives that no key can have."""
    api, door = client_of(user), personas.material("modelhub_door")
    name = f"{user.persona.card.user_name}-{user.stage.tag}-{secrets.token_hex(2)}"
    good = {"username": name, "email": f"{name}@example.org", "password": f"Aa1-{secrets.token_urlsafe(12)}"}
    user.stage.recorder.redactor.register(good["password"], "password")
    wrong = list(_spoilt(api, good, door))
    right = [Shown("a registration with the same name", api.ask("POST", "/auth/register", token="", json=good))]
    user.stage.made["accounts"] += 1
    other = {**good, "username": f"{name}-b", "email": f"b-{name}@example.org"}
    for what, body in {
        "the same name again": {**other, "username": name},
        "the same name in capitals": {**other, "username": name.upper()},
        "the same address again": {**other, "email": good["email"]},
        "the same address in capitals": {**other, "email": good["email"].upper()},
    }.items():
        wrong.append(Wish(what, api.ask("POST", "/auth/register", token="", json=body), (BAD_REGISTRATION,)))
    for what, days in door["bad_lives"].items():
        body = {"name": "camera", "expires_in_days": days}
        answer = user.api.ask("POST", "/auth/api-keys", json=body)
        wrong.append(Wish(f"a key that lives for {what}", answer, (BAD_INPUT,), "expires_in_days"))
    return Wishes(wrong, right)


def measure(stage: Any, wishes: Wishes, least: int) -> None:
    """Journal how many wrong wishes there were."""
    count = len(wishes.wrong)
    measure_count(stage, "wrong registrations and keys", count, least=least, of=count, load="1 user", required=least)


def _spoilt(api: ModelHubApi, good: Mapping[str, str], door: Mapping[str, Any]) -> Iterator[Wish]:
    for part, field in (("bad_names", "username"), ("bad_addresses", "email"), ("bad_passwords", "password")):
        for what, raw in door[part].items():
            value = written(raw)
            body = {**good, field: value}
            if field == "username":
                body["email"] = f"x{secrets.token_hex(4)}@example.org"
            answer = api.ask("POST", "/auth/register", token="", json=body)
            given = value if field == "password" else ""
            yield Wish(f"a {field} that is bad ({what})", answer, (BAD_REGISTRATION, BAD_INPUT), given=given)
