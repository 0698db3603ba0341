"""Patients whose messages are judged, each message in a session of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from countersign.errors import SuiteError
from countersign.expect.medassist.rewritten import TwoSpellings
from countersign.expect.medassist.triage import Judged, categories
from countersign.journeys.medassist.assessment.rewriting import REWRITINGS, rewritten
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import Turn

A_PATIENT = 18
"""Messages of one patient, below what one may send in 10 s (20)."""
JUDGED_WITHIN = 5.0


@dataclass(frozen=True)
class JudgedMessages:
    """Messages that were judged, each in a session of its own."""

    all: tuple[Judged, ...]


@dataclass(frozen=True)
class Spellings:
    """Messages in plain words and in other ways of writing."""

    all: tuple[TwoSpellings, ...]

    def written_with(self, way: str) -> list[TwoSpellings]:
        """Give the messages in one of the other ways."""
        return [each for each in self.all if each.way == way]

    @property
    def one_way(self) -> list[TwoSpellings]:
        """Give every message once."""
        return self.written_with(next(iter(REWRITINGS)))


def writes_in_new_session(patient: Patient, message: str, named: str = "") -> Judged:
    """Write a message in a new session and wait for everything it brings; then read the session as staff.

    `named` are the red flags of the message in words ("chest pain and breathing").
    """
    patient.opens_session()
    line = patient.joins()
    turn = patient.says(message)
    line.close()
    session = patient.clinic.admin.sessions.read(patient.session.id)
    return Judged(turn, session, categories(named) if named else ())


def write_in_sessions(patient: Patient, table: Sequence[Mapping[str, str]]) -> JudgedMessages:
    """Write every message of a table (`message`, and `red flags` of emergencies), by as many patients as it takes."""
    writers = _writers(patient, len(table))
    judged = [
        writes_in_new_session(writers[number // A_PATIENT], row["message"], row.get("red flags", ""))
        for number, row in enumerate(table)
    ]
    return JudgedMessages(tuple(judged))


def write_in_other_ways(patient: Patient, table: Sequence[Mapping[str, str]], count: int) -> Spellings:
    """Write every message of a table (`message`, `kind`) in plain words and in the other ways, by several patients.

    Raises SuiteError if another number of ways is known than the sentence says.
    """
    if count != len(REWRITINGS):
        raise SuiteError(f"{len(REWRITINGS)} other ways of writing are known, the sentence says {count}")
    ways = ["", *REWRITINGS]
    writers = _writers(patient, len(table) * len(ways))
    spellings: list[TwoSpellings] = []
    for number, row in enumerate(table):
        plain, *others = [
            _judged(writers[(number * len(ways) + place) // A_PATIENT], rewritten(row["message"], way))
            for place, way in enumerate(ways)
        ]
        spellings += [TwoSpellings(row["kind"], way, plain, other) for way, other in zip(ways[1:], others, strict=True)]
    return Spellings(tuple(spellings))


def _writers(patient: Patient, messages: int) -> list[Patient]:
    """Give as many patients of a kind as so many messages need."""
    return [Patient(patient.stage, patient.persona, f"-{number}") for number in range(-(-messages // A_PATIENT))]


def _judged(patient: Patient, message: str) -> Turn:
    """Write a message in a new session and wait only until it is judged; the patient then hangs up."""
    patient.opens_session()
    line = patient.joins()
    sent = line.say(message)
    acknowledgement = line.wait_for_payload("status", JUDGED_WITHIN, status="message_received")
    line.close()
    return Turn(sent, acknowledgement)
