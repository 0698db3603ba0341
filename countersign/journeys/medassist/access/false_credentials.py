"""Somebody tries to get in with every kind of credentials but good ones; and what a refresh token is good for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.credentials import Shown
from countersign.journeys.medassist.patient import Patient
from countersign.systems.forging import forged_tokens
from countersign.systems.knock import Knock
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.knocking import knock
from countersign.systems.medassist.model import read_tokens
from countersign.systems.medassist.socket import socket_address


@dataclass(frozen=True)
class Tried:
    """What false credentials met at routes and at sockets, and what good ones met at the same places."""

    shown: list[Shown]
    knocks: list[Knock]
    good: list[Shown]

    @property
    def services(self) -> set[str]:
        """The services that were tried."""
        return {each.answer.what for each in self.shown}


def tries_false_credentials(patient: Patient) -> Tried:
    """Show every kind of false credentials of a patient on five routes and at the sockets, then the good ones."""
    api, session_id = patient.stranger(), patient.session.id
    headers = {what: {"Authorization": value} for what, value in _false_headers(patient).items()}
    headers["no credentials"] = {}
    routes = [
        (row["ask"].format(session=session_id).split(" ", 1), row.get("body"))
        for row in personas.material("medassist_door")["routes"]
    ]

    def show(what: str, header: Mapping[str, str]) -> list[Shown]:
        return [Shown(what, api.ask(method, path, headers=header, json=body)) for (method, path), body in routes]

    shown = [each for what, header in headers.items() for each in show(what, header)]
    good = show("the good token", {"Authorization": f"Bearer {patient.api.tokens.access}"})
    return Tried(shown, _knocks(patient), good[:1])


def _false_tokens(patient: Patient) -> dict[str, str]:
    tokens = patient.api.tokens
    forged = forged_tokens(tokens.access, patient.clinic.admin.me().id)
    for token in forged.values():
        patient.stage.recorder.redactor.register(token, "forged token")
    return {"junk": "not-a-token-at-all", **forged, "a refresh token": tokens.refresh}


def _false_headers(patient: Patient) -> dict[str, str]:
    access = patient.api.tokens.access
    false = {what: f"Bearer {token}" for what, token in _false_tokens(patient).items()}
    schemes = {f"a good token under the scheme {scheme}": f"{scheme} {access}" for scheme in ("Basic", "Token")}
    return {**false, **schemes, "an empty token": "Bearer", "a good token without a scheme": access}


def _knocks(patient: Patient) -> list[Knock]:
    system, recorder = patient.system, patient.stage.recorder
    doors = {"the chat": patient.session.id}
    if "nurse-live" in system.capabilities:
        doors["the notices of the nurses"] = "nurse"
    return [
        knock(
            system,
            socket_address(system, door, token),
            way=f"{what} at {called}",
            actor=patient.name,
            recorder=recorder,
        )
        for called, door in doors.items()
        for what, token in {"no credentials": "", **_false_tokens(patient)}.items()
    ]


@dataclass(frozen=True)
class Refreshing:
    """What a refresh token was good for: the fresh tokens, the used one again, others in its place."""

    fresh: list[Shown]
    used: list[Shown]
    others: list[Shown]


def refreshes(patient: Patient) -> Refreshing:
    """Refresh a sign-in, use the fresh tokens, then the used refresh token again, and what is none."""
    first = patient.api.tokens
    misused = [Shown("an access token in place of a refresh token", patient.api.accounts.try_refresh(first.access))]
    answer = patient.api.accounts.try_refresh(first.refresh)
    renewed = patient.stranger()
    renewed.use(read_tokens(answer.must_be(200).json()))
    fresh = [
        Shown("an unused refresh token", answer),
        Shown("the fresh access token", renewed.ask("GET", "/api/auth/me")),
    ]
    used = [Shown("the used refresh token", renewed.accounts.try_refresh(first.refresh))]
    return Refreshing(fresh, [*used, *_ended_chain(renewed)], misused)


def _ended_chain(renewed: MedAssistApi) -> list[Shown]:
    """Show the tokens that came from a refresh token which was used twice: whoever used it again may be a thief."""
    refresh: Any = renewed.tokens.refresh
    return [
        Shown("the access token of a chain whose refresh token was used twice", renewed.ask("GET", "/api/auth/me")),
        Shown("the last refresh token of such a chain", renewed.accounts.try_refresh(refresh)),
    ]
