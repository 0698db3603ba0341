"""What foreign websites can do with the browser of a patient or a nurse, and how answers protect whoever reads them."""

from dataclasses import dataclass

import personas
from countersign.expect.safe_answers import Protected
from countersign.expect.trespass import CrossSite
from countersign.journeys.foreign_website import asks_from
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.medassist.person import Person
from countersign.transport.answer import Answer

NAMES = "authorization,content-type"
PAGES = {"patient-page": "/patient", "nurse-page": "/nurse"}


@dataclass(frozen=True)
class Lured:
    """What the browsers were told, and every answer on the way with the protection it owes."""

    answers: list[CrossSite]
    protected: list[Protected]


def lures(patient: Patient, nurse: Nurse) -> Lured:
    """Let foreign websites ask with the browsers of a patient and a nurse, then look at the answers of their own."""
    material = personas.material("medassist_door")["foreign"]
    asked = [
        answer
        for person, places in ((patient, material["patient"]), (nurse, material["nurse"]))
        for origin in material["websites"]
        for answer in asks_from(person.api.ask, origin, _places(patient, places), names=NAMES)
    ]
    return Lured(asked, _own_answers(patient, nurse))


def _places(patient: Patient, places: list[str]) -> list[tuple[str, str]]:
    split = (place.format(session=patient.session.id).split(" ", 1) for place in places)
    return [(method, path) for method, path in split]


def _own_answers(patient: Patient, nurse: Nurse) -> list[Protected]:
    """Ask for answers of every kind: good ones, refusals of every kind, and the pages."""
    stranger, account = patient.stranger(), patient.account
    answers: list[Answer] = [
        stranger.ask("GET", "/api/health"),
        stranger.try_sign_in(account.email, account.password),
        stranger.try_sign_in(account.email, "Wrong-1-password"),
        stranger.accounts.try_register({"email": account.email}),
        stranger.ask("GET", "/api/nowhere"),
        stranger.ask("DELETE", "/api/sessions"),
        stranger.ask("POST", "/api/sessions", content="x" * 1_100_000),
        patient.api.accounts.try_refresh(patient.signed_in_again().tokens.refresh),
        *_read(patient),
        nurse.api.reports.try_queue(),
    ]
    elsewhere = [stranger.ask("GET", "/"), stranger.ask("GET", "/openapi.json"), stranger.ask("GET", "/nowhere")]
    offered = patient.system.capabilities
    pages = [stranger.ask("GET", path) for capability, path in PAGES.items() if capability in offered]
    for capability in sorted(set(PAGES) - offered):
        patient.stage.recorder.say(f"not looked at: the {capability}, which the target does not have")
    return [
        *(Protected(answer, of_api=True) for answer in answers),
        *map(Protected, elsewhere),
        *(Protected(answer, page=True) for answer in pages),
    ]


def _read(person: Person) -> list[Answer]:
    return [person.api.ask("GET", path) for path in ("/api/auth/me", "/api/sessions", "/api/pars/queue")]
