"""Frames that nobody can use, sent over a chat one after the other, and whether the connection lives on."""

from collections.abc import Sequence
from dataclasses import dataclass

import personas
from countersign.expect.broken_frames import Broken, Told, TooLarge
from countersign.journeys.broken_frames import ERROR_WITHIN, Nonsense, ping_of, sends_broken
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import Turn
from countersign.systems.medassist.socket import Frame

ENDED_WITHIN = 5.0
SERVED_WITHIN = 2.5
"""An answer in the chat (criterion MA-PERF-01)."""
FACTS = "payload"


@dataclass(frozen=True)
class GoodMessage:
    """The good message after all the broken frames, and what is kept of everything that was sent."""

    turn: Turn
    kept: Sequence[str]


def sends_broken_frames(patient: Patient) -> Nonsense:
    """Send every broken frame of the material, each followed by a ping, and then a good message, which is kept."""
    material = personas.material("medassist_sockets")
    line, each = patient.joins(), list[Broken]()
    for what, wish in material["broken_frames"].items():
        each.append(sends_broken(line, what, wish, _told))
        if each[-1].ping is None:
            line = patient.joins()
    after = line.exchange(material["message"])
    kept = patient.api.sessions.whole_history(patient.session.id)
    patient.stage.keep(GoodMessage(after, [message.content for message in kept if message.role == "user"]))
    return Nonsense(each)


def _told(frame: Frame) -> Told:
    words = str(frame.payload.get("error") or "") if "details" in frame.payload else ""
    return Told(frame.type, str(frame.payload.get("code") or ""), words)


def sends_too_large(patient: Patient) -> TooLarge:
    """Send a ping of exactly the largest size and one that is larger, then come back and say something."""
    largest = int(personas.material("medassist_sockets")["largest_frame_bytes"])
    line = patient.joins()
    line.line.send_text(ping_of(largest, FACTS))
    pong: Frame | None = line.wait_for("pong", ERROR_WITHIN)
    line.line.send_text(ping_of(largest + 1, FACTS))
    code = line.line.wait_closed(ENDED_WITHIN)
    again = patient.joins().exchange(personas.material("medassist_sockets")["message"])
    return TooLarge(pong is not None, code, again.answer is not None)
