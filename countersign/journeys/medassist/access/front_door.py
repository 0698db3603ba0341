"""The front door: choosing a password, signing in with a wrong one, and what the answers give away."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from typing import Any

import personas
from countersign.expect.credentials import Shown
from countersign.expect.medassist.sign_in import Choice
from countersign.journeys.medassist.clinic import new_password
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.model import read_user
from countersign.transport.answer import Answer

NAME = "Robin Example"
TRIES_AN_ACCOUNT = 5
"""Wrong passwords for one account: half of those after which it is held up."""


@dataclass(frozen=True)
class Choices:
    """The weak passwords somebody wanted to have."""

    weak: list[Choice]


def chooses_weak_passwords(patient: Patient) -> Choices:
    """Try to register with each weak password of the material, then to sign in with it."""
    api, choices = patient.stranger(), []
    for number, (weakness, password) in enumerate(personas.material("medassist_door")["weak_passwords"].items()):
        patient.stage.recorder.redactor.register(password, "weak password")
        email = f"weak{number}.{patient.stage.tag}@example.org"
        answer = api.accounts.try_register({"email": email, "password": password, "full_name": NAME})
        if answer.status < 400:
            patient.clinic.registered(read_user(answer.json()))
        choices.append(Choice(weakness, password, answer, api.try_sign_in(email, password).status == 200))
    return Choices(choices)


@dataclass(frozen=True)
class LongPassword:
    """Sign-ins of somebody with a long password: with parts of it and changes at its end, and with all of it."""

    others: list[Shown]
    whole: list[Shown]


def uses_long_password(patient: Patient, length: int) -> LongPassword:
    """Register with a password longer than what a widespread way of hashing looks at, and sign in with parts of it."""
    api, looked_at = patient.stranger(), personas.material("medassist_door")["hashed_by_others"]
    whole = f"Aa1{secrets.token_hex(length)}"[: length - 1] + "x"
    others = {
        f"its first {looked_at} characters": whole[:looked_at],
        "another last character": whole[:-1] + "y",
        "one character less": whole[:-1],
        "one character more": whole + "x",
    }
    for password in (whole, *others.values()):
        patient.stage.recorder.redactor.register(password, "password")
    email = f"long.{patient.stage.tag}@example.org"
    patient.clinic.registered(api.accounts.register(email, whole, NAME))
    tried = [Shown(what, api.try_sign_in(email, password)) for what, password in others.items()]
    return LongPassword(tried, [Shown("the whole password", api.try_sign_in(email, whole))])


@dataclass(frozen=True)
class Taken:
    """The answer to registering an address that somebody has."""

    answer: Answer


def registers_again_in_capitals(patient: Patient) -> Taken:
    """Try to register the patient's own address again, in capitals."""
    body = {"email": patient.account.email.upper(), "password": new_password(patient.stage), "full_name": NAME}
    return Taken(patient.stranger().accounts.try_register(body))


@dataclass(frozen=True)
class Guesses:
    """Sign-ins with addresses nobody has, and with wrong passwords for addresses that exist, in turn."""

    addresses: list[Answer]
    passwords: list[Answer]

    @property
    def all(self) -> Sequence[Answer]:
        """The answers to all of them."""
        return [*self.addresses, *self.passwords]

    def measure(self, stage: Any, milliseconds: float, samples: int) -> float:
        """Journal and give how far the medians of the two kinds lie apart, in milliseconds."""
        known, unknown = (median(each.seconds for each in kind) for kind in (self.passwords, self.addresses))
        apart: float = stage.measure(
            "medians of sign-ins with a wrong address and a wrong password apart",
            abs(known - unknown) * 1000,
            "ms",
            samples=min(len(self.passwords), len(self.addresses)),
            limit=milliseconds,
            relation="below",
            required_samples=samples,
            statistic="difference of medians",
            load="one after the other, in turn",
        )
        return apart


def guesses_addresses(patient: Patient, count: int) -> Guesses:
    """Sign in so often with an unknown address and as often with a wrong password, in turn."""
    accounts = [
        Patient(patient.stage, patient.persona, f"known{number}").account
        for number in range(-(-count // TRIES_AN_ACCOUNT))
    ]
    api, wrong = patient.stranger(), new_password(patient.stage)
    unknown, known = [], []
    for number, account in zip(range(count), cycle(accounts), strict=False):
        unknown.append(api.try_sign_in(f"nobody{number // TRIES_AN_ACCOUNT}.{patient.stage.tag}@example.org", wrong))
        known.append(api.try_sign_in(account.email, wrong))
    return Guesses(unknown, known)
