"""The ways by which a patient can send a message: the chat, and single requests where the system takes them."""

from dataclasses import dataclass
from typing import Any, Protocol

from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import Sent

CHAT, REQUEST = "in the chat", "by a single request"
SENT_WITHIN = 10.0


@dataclass(frozen=True)
class Reception:
    """How a message was received: taken, or refused with a code and words. `advice` is emergency advice beside it."""

    taken: bool
    refusal: str = ""
    reason: str = ""
    advice: str = ""


class Way(Protocol):
    """One way of sending, in the session that a patient is in."""

    name: str
    patient: Patient

    def send(self, payload: dict[str, Any]) -> Reception:
        """Send any content and give how it was received."""


class InTheChat:
    """Sends on the open line of the session."""

    name = CHAT

    def __init__(self, patient: Patient) -> None:
        self.patient = patient

    def send(self, payload: dict[str, Any]) -> Reception:
        """Send a frame of the chat; everything that comes up to its answer or refusal is looked at."""
        line = self.patient.line
        seen = len(line.frames)
        sent = Sent(str(payload.get("content")), None, line.tell("chat", payload))
        turn = line.collect([sent], SENT_WITHIN)[0]
        line.ping(SENT_WITHIN)
        advice = next((frame for frame in line.frames[seen:] if frame.type == "red_flag_alert"), None)
        told = "" if advice is None else str(advice.payload.get("message", ""))
        if turn.refusal is None:
            return Reception(True, advice=told)
        return Reception(False, turn.error_code, str(turn.refusal.payload.get("error", "")), told)


class ByRequest:
    """Sends single requests (capability chat-http)."""

    name = REQUEST

    def __init__(self, patient: Patient) -> None:
        self.patient = patient

    def send(self, payload: dict[str, Any]) -> Reception:
        """Send a request; a refusal is told by its code where it has one, else by its status."""
        answer = self.patient.api.sessions.try_saying(self.patient.session.id, payload)
        body = answer.json()
        if answer.status in {200, 201}:
            return Reception(True, advice=str(body.get("advice") or ""))
        details = body.get("details")
        advice = details.get("advice", "") if isinstance(details, dict) else ""
        return Reception(False, str(body.get("code") or answer.status), str(body.get("error") or ""), str(advice))


def ways_of(patient: Patient) -> list[Way]:
    """Give every way that the system offers, each with a patient (and so a session) of its own."""
    ways: list[Way] = [InTheChat(patient)]
    if "chat-http" in patient.system.capabilities:
        ways.append(ByRequest(Patient(patient.stage, patient.persona, "-requests", agrees=patient.agrees)))
    return ways
