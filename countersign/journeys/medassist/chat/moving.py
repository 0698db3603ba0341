"""Sessions that are moved from state to state, and messages to those that are closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import personas
from countersign.errors import HandshakeRefused, LineClosed, SuiteError
from countersign.expect.medassist.moves import Knocked, Move
from countersign.journeys.medassist.chat.ways import CHAT, REQUEST, ByRequest, InTheChat, Reception
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient

CLOSED = "SESSION_CLOSED"
STATES = ("active", "escalated", "completed", "cancelled")
A_NEW_LINE = "a new line into the chat"
POLICY, FORBIDDEN = 1008, 403


@dataclass(frozen=True)
class Moves:
    """Tries to move sessions, each with a session of its own."""

    all: tuple[Move, ...]


@dataclass(frozen=True)
class Knocks:
    """Messages to a closed session, one by each way."""

    all: tuple[Knocked, ...]


def tries_every_move(nurse: Nurse, patient: Patient, table: Sequence[Mapping[str, str]]) -> Moves:
    """Try each move from a state to another, on a new session each. The table (`from` and a column a state) says
    which are allowed. Raises SuiteError for a table that leaves a pair out."""
    tried = tuple(
        _tries(nurse, patient, row["from"], to, allowed=row[f"to {to}"] == "allowed") for row in table for to in STATES
    )
    if len({(move.before.status, move.to) for move in tried}) != len(STATES) ** 2:
        raise SuiteError("the table of states does not name every pair of states once")
    return Moves(tried)


def _tries(nurse: Nurse, patient: Patient, start: str, to: str, *, allowed: bool) -> Move:
    session_id = patient.opens_session().id
    if start != "active":
        nurse.api.sessions.move(session_id, start)
    before = nurse.api.sessions.read(session_id)
    status = nurse.api.sessions.try_move(session_id, to).status
    return Move(to, allowed, before, status, nurse.api.sessions.read(session_id))


def writes_after_the_end(patient: Patient, nurse: Nurse, state: str) -> Knocks:
    """Have a nurse close the patient's session while its chat is open, then write to it by every way there is."""
    patient.says(_words("before"))
    nurse.api.sessions.move(patient.session.id, state)
    tries = [(f"the open line into the {CHAT.removeprefix('in the ')}", _on_the_open_line(patient))]
    tries.append((A_NEW_LINE, _on_a_new_line(patient)))
    if "chat-http" in patient.system.capabilities:
        tries.append((f"a message {REQUEST}", ByRequest(patient).send({"content": _words("after")})))
    kept = [message.content for message in nurse.api.sessions.whole_history(patient.session.id)]
    return Knocks(
        tuple(
            Knocked(way, state, not met.taken and met.refusal == CLOSED, _told(met), _words("after") in kept)
            for way, met in tries
        )
    )


def _on_the_open_line(patient: Patient) -> Reception:
    try:
        return InTheChat(patient).send({"content": _words("after")})
    except LineClosed as closed:
        return Reception(False, f"the line was closed ({closed})")


def _on_a_new_line(patient: Patient) -> Reception:
    """Try to join anew; a line that opens is written to, so that it shows whether the message is taken."""
    try:
        patient.joins()
    except HandshakeRefused as refused:
        return Reception(False, CLOSED if refused.status == FORBIDDEN else f"answered with {refused.status}")
    except LineClosed as closed:
        return Reception(False, CLOSED if closed.code == POLICY else f"closed with {closed.code}")
    return InTheChat(patient).send({"content": _words("after")})


def _told(met: Reception) -> str:
    return "the message was taken" if met.taken else f"refused as {met.refusal}"


def _words(moment: str) -> str:
    words: str = personas.material("medassist_chat")["around_the_end"][moment]
    return words
