"""Access ends: by signing out, with the account, and when a token's time is over; open lines end with it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from countersign.errors import LineClosed
from countersign.expect.credentials import Shown
from countersign.expect.medassist.line_ends import Ending
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.medassist.person import Person
from countersign.systems.forging import parts_of
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.chat import ChatLine
from countersign.systems.medassist.notices import NurseLine
from countersign.systems.medassist.socket import MedAssistLine

WAITS = 15.0
"""Longer than any limit of the criterion (10 s), so that a late ending itself is measured."""
SHORT_LIFE_MINUTES = 0.1
READY_WITHIN = 30.0


@dataclass(frozen=True)
class Ended:
    """What an end of access left: refused credentials, ended lines, and what was to go on."""

    refused: list[Shown]
    endings: list[Ending]
    unaffected: list[Shown]
    seconds: float = 0.0

    def measure(self, stage: Any, what: str, limit: float) -> None:
        """Journal how long the slowest line lived on."""
        lived = [ending.seconds for ending in self.endings]
        measure_longest(stage, f"an open line closed after {what}", lived, below=limit, load="nobody else")


def signs_out(patient: Patient) -> Ended:
    """Sign one of two sign-ins of a patient out, both of which are in the chat; the other one goes on."""
    other, leaving = patient.api, patient.signed_in_again()
    line = _chat(patient, leaving)
    other_line = _chat(patient, other)
    began = _moment_of(lambda: leaving.accounts.sign_out().must_be(204))
    refused = [
        Shown("the access token signed out", leaving.ask("GET", "/api/auth/me")),
        Shown("the refresh token signed out", leaving.accounts.try_refresh(leaving.tokens.refresh)),
    ]
    endings = [_end_of(line, f"the chat of {patient.name}", began)]
    # The line of the other sign-in answers: it is the marker that it was not closed with the other one.
    other_line.ping()
    unaffected = [
        Shown("the other access token", other.ask("GET", "/api/auth/me")),
        Shown("the other refresh token", other.accounts.try_refresh(other.tokens.refresh)),
    ]
    return Ended(refused, endings, unaffected)


def deactivates(admin: Administrator, patient: Patient, nurse: Nurse) -> Ended:
    """Deactivate a patient in the chat and a nurse on duty, each while somebody else goes on."""
    lines: list[tuple[Person, MedAssistLine, str]] = [(patient, _chat(patient, patient.api), "the chat")]
    if "nurse-live" in patient.system.capabilities:
        lines.append((nurse, nurse.comes_on_duty(), "the notices"))
    refused, endings = [], []
    for person in (patient, nurse):
        began = _moment_of(lambda who=person: admin.api.accounts.set_active(who.id, False))  # type: ignore[misc]
        refused += _shown_by(person)
        mine = [(line, f"{called} of {person.name}") for who, line, called in lines if who is person]
        endings += [_end_of(line, called, began) for line, called in mine]
    return Ended(refused, endings, [Shown("the administrator's token", admin.api.ask("GET", "/api/auth/me"))])


def outlives_tokens(patient: Patient, nurse: Nurse) -> Ended:
    """Give access tokens a life of seconds by a restart, and stay in the chat and on duty until they are over.

    Raises CapabilityMissing where the suite cannot restart the system with other settings.
    """
    stage, system = patient.stage, patient.system
    stage.need("process-control")
    account, colleague, looker = patient.account, nurse.account, patient.stranger()
    patient.api  # noqa: B018 - the consent is given while tokens live as long as usual
    with rolled_back(
        system.control, lambda: looker.ask("GET", "/api/health/ready").must_be(200), within=READY_WITHIN
    ) as control:
        control.restart({"ACCESS_TOKEN_EXPIRE_MINUTES": SHORT_LIFE_MINUTES})
        short, short_nurse = patient.stranger(), nurse.stranger()
        short.sign_in(account.email, account.password)
        session_id = short.sessions.open().id
        patient.clinic.opened(session_id)
        chat = ChatLine.join(system, session_id, short.tokens.access, actor=patient.name, recorder=stage.recorder)
        lines: list[tuple[MedAssistLine, str, float]] = [(chat, f"the chat of {patient.name}", _ends_at(short))]
        if "nurse-live" in system.capabilities:
            short_nurse.sign_in(colleague.email, colleague.password)
            duty = NurseLine.join(system, short_nurse.tokens.access, actor=nurse.name, recorder=stage.recorder)
            lines.append((duty, f"the notices of {nurse.name}", _ends_at(short_nurse)))
        before = [Shown("an access token in its time", short.ask("GET", "/api/auth/me"))]
        endings = [_end_of(line, called, over) for line, called, over in lines]
        refused = [Shown("an access token whose time is over", short.ask("GET", "/api/auth/me"))]
        fresh = Shown("its refresh token", short.accounts.try_refresh(short.tokens.refresh))
    return Ended(refused, endings, [*before, fresh])


def _chat(patient: Patient, api: MedAssistApi) -> ChatLine:
    line = ChatLine.join(
        patient.system, patient.session.id, api.tokens.access, actor=patient.name, recorder=patient.stage.recorder
    )
    patient.lines.append(line)
    return line


def _shown_by(person: Person) -> list[Shown]:
    account, api = person.account, person.api
    return [
        Shown(f"the access token of {person.name}", api.ask("GET", "/api/auth/me")),
        Shown(f"the access token of {person.name}", api.ask("GET", "/api/sessions")),
        Shown(f"the password of {person.name}", person.stranger().try_sign_in(account.email, account.password)),
        Shown(f"the refresh token of {person.name}", api.accounts.try_refresh(api.tokens.refresh)),
    ]


def _moment_of(act: Callable[[], object]) -> float:
    """Do something and give the moment (monotonic) it was done."""
    act()
    return time.monotonic()


def _ends_at(api: MedAssistApi) -> float:
    """Give the moment (monotonic) at which an access token says that its time is over."""
    _, claims, _ = parts_of(api.tokens.access)
    return time.monotonic() + float(claims["exp"]) - time.time()


def _end_of(line: MedAssistLine, called: str, over: float) -> Ending:
    """Wait until the system closes a line whose access was over at a moment."""
    within = max(0.1, over + WAITS - time.monotonic())
    try:
        line.silence(within)
    except LineClosed as closed:
        return Ending(called, closed.code, max(0.0, time.monotonic() - over))
    finally:
        line.close()
    return Ending(called, None, max(0.0, time.monotonic() - over))
