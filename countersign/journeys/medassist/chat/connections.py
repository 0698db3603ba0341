"""Connections to a chat: opened, asked for a sign of life, closed, refused, counted."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.medassist.connections import Counted, Visit
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.systems.knock import Knock
from countersign.systems.medassist.knocking import knock
from countersign.systems.medassist.socket import socket_address
from countersign.systems.prometheus import read_metrics
from countersign.transport import eventually

OPEN_CONNECTIONS = "ws_connections_active"
COUNTED_WITHIN = 5.0


@dataclass(frozen=True)
class Visits:
    """Connections that were opened and closed again, and how many were open meanwhile where it is told."""

    each: Sequence[Visit]
    counted: Counted | None = None


@dataclass(frozen=True)
class Tries:
    """Tries at chats that are closed to whoever tried."""

    each: Sequence[Knock]


def visits_and_pings(patient: Patient, pings: int) -> Visits:
    """Open one connection, ask for so many signs of life, every second time with a payload, and close it."""
    line = patient.joins()
    seconds = [_ping(line, {"payload": {"number": number}} if number % 2 else {}) for number in range(pings)]
    line.close()
    return Visits([Visit(line.greeting, patient.session.id, tuple(seconds), line.line.close_code)])


def _ping(line: Any, more: Any) -> float:
    sent: float = line.send({"type": "ping", **more})
    return float(line.wait_for("pong", 2.0).arrived - sent)


def visits_often(patient: Patient, count: int) -> Visits:
    """Open so many connections at once, close them all, and see how many the system counts."""
    offered = "metrics" in patient.system.capabilities
    before = _open(patient) if offered else 0
    lines = [patient.joins() for _ in range(count)]
    during = _open(patient) if offered else 0
    for line in lines:
        line.close()
    visits = [Visit(line.greeting, patient.session.id, (), line.line.close_code) for line in lines]
    return Visits(visits, Counted(count, before, during, _settled(patient, before)) if offered else None)


def _settled(patient: Patient, before: int) -> int:
    seen: list[int] = []

    def back() -> None:
        seen.append(_open(patient))
        assert seen[-1] <= before

    try:
        eventually(back, COUNTED_WITHIN, every=0.1, what="closed connections not to be counted any more")
    except AssertionError:
        # What is counted in the end is what the sentence is about: it is judged, not waited for any longer.
        return seen[-1]
    return seen[-1]


def _open(patient: Patient) -> int:
    answer = patient.api.ask("GET", "/metrics", token="").must_be(200)
    metrics = read_metrics("medassist", answer.text)
    return int(metrics.total(OPEN_CONNECTIONS, channel="chat"))


def tries_wrong_doors(patient: Patient, nurse: Nurse) -> Tries:
    """Try the chats that are closed to a patient: of no session, of a finished one, and of the own one unnamed."""
    over = {state: patient.opens_session().id for state in ("completed", "cancelled")}
    for state, session_id in over.items():
        nurse.api.sessions.move(session_id, state)
    own, token = patient.opens_session().id, patient.api.tokens.access
    tried = {
        "an unknown session": socket_address(patient.system, str(uuid.uuid4()), token),
        "a malformed session": socket_address(patient.system, "my-session", token),
        **{
            f"a {state} session": socket_address(patient.system, session_id, token)
            for state, session_id in over.items()
        },
        "the own session without a sign-in": socket_address(patient.system, own),
    }
    knocks = [
        knock(patient.system, address, way=way, actor=patient.name, recorder=patient.stage.recorder)
        for way, address in tried.items()
    ]
    return Tries(knocks)


def measure_pings(stage: Any, visits: Visits, count: int) -> None:
    """Journal how long the signs of life took."""
    seconds = [second for visit in visits.each for second in visit.pings]
    measure_longest(stage, "ping to pong", seconds, below=2.0, load="1 patient", required=count)
