"""Frames that nobody can use, sent over a chat one after the other, and whether the connection lives on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import DeadlineExceeded, LineClosed
from countersign.expect.broken_frames import Broken, TooLarge
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import ChatLine, Turn
from countersign.systems.medassist.socket import Frame

ERROR_WITHIN = 2.0
ENDED_WITHIN = 5.0
SERVED_WITHIN = 2.5
"""An answer in the chat (criterion MA-PERF-01)."""


@dataclass(frozen=True)
class Nonsense:
    """What every broken frame brought, and the good message after all of them."""

    each: Sequence[Broken]
    after: Turn
    kept: Sequence[str]


def sends_broken_frames(patient: Patient) -> Nonsense:
    """Send every broken frame of the material, each followed by a ping, and then a good message."""
    material = personas.material("medassist_sockets")
    line, each = patient.joins(), list[Broken]()
    for what, wish in material["broken_frames"].items():
        each.append(_sends(line, what, wish))
        if each[-1].ping is None:
            line = patient.joins()
    after = line.exchange(material["message"])
    kept = patient.api.sessions.whole_history(patient.session.id)
    return Nonsense(each, after, [message.content for message in kept if message.role == "user"])


def _sends(line: ChatLine, what: str, wish: Mapping[str, str]) -> Broken:
    came = len(line.frames)
    if "binary" in wish:
        line.line.send_bytes(wish["binary"].encode())
    else:
        line.line.send_text(wish["text"])
    closed: int | None = None
    ping: float | None = None
    try:
        line.gather(lambda: len(line.frames) > came, ERROR_WITHIN)
        ping = line.ping()
    except LineClosed as end:
        closed = end.code
    except DeadlineExceeded:
        ping = None
    frames = [frame for frame in line.frames[came:] if frame.type != "pong"]
    return Broken(what, wish["code"], tuple(frames), ping, closed)


def sends_too_large(patient: Patient) -> TooLarge:
    """Send a ping of exactly the largest size and one that is larger, then come back and say something."""
    largest = int(personas.material("medassist_sockets")["largest_frame_bytes"])
    line = patient.joins()
    line.line.send_text(_ping_of(largest))
    pong: Frame | None = line.wait_for("pong", ERROR_WITHIN)
    line.line.send_text(_ping_of(largest + 1))
    code = line.line.wait_closed(ENDED_WITHIN)
    again = patient.joins().exchange(personas.material("medassist_sockets")["message"])
    return TooLarge(pong is not None, code, again)


def _ping_of(size: int) -> str:
    start, end = '{"type": "ping", "payload": {"fill": "', '"}}'
    return start + "x" * (size - len(start) - len(end)) + end


def measure_pings(stage: Any, nonsense: Nonsense, limit: float) -> None:
    """Journal how soon the connection answered after each broken frame."""
    seconds = [broken.ping for broken in nonsense.each if broken.ping is not None]
    if seconds:
        load = "after a broken frame"
        measure_longest(stage, "ping to pong", seconds, below=limit, load=load, required=len(nonsense.each))
