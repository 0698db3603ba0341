"""How the hub explains itself: its refusals, the numbers of requests, its times, its description, its documentation."""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.evidence import utc_now
from countersign.expect.description import Promised
from countersign.expect.modelhub.errors import Refusal
from countersign.expect.modelhub.inputs import Used
from countersign.expect.shape import Compared, Reached
from countersign.expect.times import Told
from countersign.journeys.measuring import measure_count
from countersign.journeys.modelhub.access.reserved import begins_slow_download
from countersign.journeys.modelhub.access.signing_in import client_of
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.written import text_of
from countersign.systems.description import ApiDescription, read_description
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.stamps import times_in

NOWHERE = "//no/such/address"
_LANGUAGE = re.compile(r"<html[^>]*\blang\s*=\s*[\"']?([A-Za-z-]{2,})", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>\s*([^<\s][^<]*)</title>", re.IGNORECASE)


def _rows(user: HubUser, part: str) -> Iterator[Mapping[str, Any]]:
    for row in personas.material("modelhub_refusals")[part]:
        need = row.get("needs", "")
        if need and need not in user.system.capabilities:
            user.stage.recorder.say(f"left out: {row.get('what', row['ask'])} (the target has no {need})")
        else:
            yield row


@dataclass(frozen=True)
class Explanations:
    """The refusals, the numbers that requests brought and got, and the times that were told."""

    refusals: list[Refusal]
    numbers: list[Used]
    times: list[Told]


def measure(stage: Any, what: str, count: int, least: int) -> None:
    """Journal how many of something there were."""
    measure_count(stage, what, count, least=least, of=count, load="1 user", required=least)


def asks_for_explanations(user: HubUser, other: HubUser) -> Explanations:
    """Ask for every refusal of the material while another user downloads, with numbers of one's own, and hear times."""
    begins_slow_download(other)
    askers = {"user": user.api, "admin": user.hub.admin, "nobody": client_of(user)}
    refusals = [_refused(row, askers) for row in _rows(user, "refusals")]
    if user.hub.origin is not None and "updates" in user.system.capabilities:
        user.hub.origin.fails("refuse")
        answer = user.api.ask("POST", "/models/updates/check")
        refusals.append(Refusal("a look for updates without a source", answer, 503, "SOURCE_UNREACHABLE"))
        user.hub.origin.works_again()
    return Explanations(refusals, list(_numbers(user.api)), list(_times(user)))


def _refused(row: Mapping[str, Any], askers: Mapping[str, ModelHubApi]) -> Refusal:
    for each in row.get("first", ()):
        method, path = each["ask"].split(" ", 1)
        askers["admin"].ask(method, path, json=each.get("body")).must_be(200)
    method, path = row["ask"].split(" ", 1)
    large = text_of(row["characters"]) if "characters" in row else None
    sent: dict[str, Any] = {"content": large} if large else {"json": row.get("body")}
    answer = askers[row.get("who", "user")].ask(method, path, **sent)
    for each in row.get("then", ()):
        method, path = each["ask"].split(" ", 1)
        askers["admin"].ask(method, path, json=each.get("body")).must_be(200)
    return Refusal(row["what"], answer, row["status"], row.get("code", ""))


def _numbers(api: ModelHubApi) -> Iterator[Used]:
    """Bring numbers of one's own: good ones come back, one that is too long is replaced, none gets a fresh one."""
    for what, path in (("a good request", "/models/status"), ("a refusal", "/models/status/no-such-model")):
        number = f"countersign-{uuid.uuid4()}"
        yield Used(f"the number of {what}", number, api.ask("GET", path, headers={"X-Request-ID": number}).request_id)
    long = "x" * 129
    replaced = api.ask("GET", "/models/status", headers={"X-Request-ID": long}).request_id
    yield Used("whether a number that is too long is replaced", True, bool(replaced) and replaced != long)
    first, second = (api.ask("GET", "/models/status").request_id for _ in range(2))
    yield Used("whether two requests have numbers of their own", True, bool(first) and first != second)


def _times(user: HubUser) -> Iterator[Told]:
    user.api.ask("POST", "/auth/api-keys", json={"name": "camera", "expires_in_days": 3})
    for place in personas.material("modelhub_refusals")["times"]:
        method, path = place.split(" ", 1)
        answer = user.api.ask(method, path)
        if answer.status == 200:
            yield from (Told(where, text, utc_now()) for where, text in times_in(answer.json(), place))


@dataclass(frozen=True)
class Described:
    """The description, what it must hold, good answers to compare with it, services that were asked, and the title."""

    description: ApiDescription
    promised: list[Promised]
    compared: list[Compared]
    reached: list[Reached]
    documentation: list[Used]


def reads_the_description(user: HubUser) -> Described:
    """Read the description and the documentation, and ask at every service that they name."""
    api = user.api
    description = read_description(api.ask("GET", "//openapi.json").must_be(200).json(), user.system.name)
    promised = []
    for row in _rows(user, "services"):
        method, path = row["ask"].split(" ", 1)
        promised.append(Promised(row["ask"], method, path, (), body=bool(row.get("body"))))
    return Described(description, promised, list(_compared(user)), list(_reached(user, description)), _documented(api))


def _compared(user: HubUser) -> Iterator[Compared]:
    for row in _rows(user, "answers"):
        method, path = row["ask"].split(" ", 1)
        answer = user.api.ask(method, f"/{path}", json=row.get("body"))
        described_method, described_path = str(row.get("described", row["ask"])).split(" ", 1)
        yield Compared(described_method, described_path, answer)


def _reached(user: HubUser, description: ApiDescription) -> Iterator[Reached]:
    admin = user.hub.admin
    for service in description.services:
        nowhere = admin.ask(service.method.upper(), NOWHERE)
        path = service.path.replace("{}", "no-such-thing")
        body: dict[str, str] | None = None if service.method in ("get", "delete") else {}
        answer = admin.ask(service.method.upper(), f"/{path}", json=body)
        yield Reached(f"{service.method.upper()} {service.path}", answer, nowhere)


def _documented(api: ModelHubApi) -> list[Used]:
    text = api.ask("GET", "//docs", token="").must_be(200).text
    told = {"a language": _LANGUAGE, "a title": _TITLE}
    return [Used(f"whether the documentation has {what}", True, bool(form.search(text))) for what, form in told.items()]
