"""People who want to make themselves a nurse or an administrator, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.medassist.staff_roles import Registered
from countersign.journeys.medassist.clinic import new_password
from countersign.journeys.medassist.person import Person
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.model import read_tokens, read_user

NAME = "Robin Example"


@dataclass(frozen=True)
class Attempts:
    """Registrations with a staff role, and those with a trick."""

    plain: list[Registered]
    tricks: list[Registered]


def want_to_be_staff(patient: Person, nurse: Person) -> Attempts:
    """Register with each staff role as a stranger, a patient and a nurse, then with every trick of the material."""
    material = personas.material("medassist_door")
    stranger = patient.stranger()
    askers = {"a stranger": stranger, "a patient": patient.api, "a nurse": nurse.api}
    plain = [
        _register(patient, api, who, f"the role {role}", {"role": role})
        for role in material["staff_roles"]
        for who, api in askers.items()
    ]
    tricks = [
        _register(patient, stranger, "a stranger", what, extra) for what, extra in material["role_tricks"].items()
    ]
    return Attempts(plain, tricks)


def _register(patient: Person, api: MedAssistApi, who: str, what: str, extra: Mapping[str, Any]) -> Registered:
    stage = patient.stage
    stage.made["wishes to be staff"] += 1
    email = f"robin{stage.made['wishes to be staff']}.{stage.tag}@example.org"
    password = new_password(stage)
    answer = api.accounts.try_register({"email": email, "password": password, "full_name": NAME, **extra})
    if answer.status < 400:
        patient.clinic.registered(read_user(answer.json()))
    return Registered(what, who, answer, *_became(patient, email, password))


def _became(patient: Person, email: str, password: str) -> tuple[str | None, bool]:
    """Say as whom the address can sign in (None: not at all), and whether it reads the nurses' queue."""
    newcomer = patient.stranger()
    signed_in = newcomer.try_sign_in(email, password)
    if signed_in.status != 200:
        return None, False
    newcomer.use(read_tokens(signed_in.json()))
    return newcomer.me().role, newcomer.reports.try_queue().status == 200
