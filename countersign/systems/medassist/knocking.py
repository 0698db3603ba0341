"""Try a socket of MedAssist that may be closed to the caller, and tell how the system took it."""

from countersign.errors import DeadlineExceeded, HandshakeRefused, LineClosed
from countersign.evidence import Recorder
from countersign.systems.knock import Knock
from countersign.systems.medassist.socket import MedAssistLine
from countersign.target.live import LiveSystem

REFUSED_WITHIN = 3.0
FORBIDDEN, POLICY = 403, 1008
"""A socket is refused by the status of its opening, or closed with 1008 before any frame (contract, section 2)."""


def knock(system: LiveSystem, address: str, *, way: str, actor: str, recorder: Recorder) -> Knock:
    """Open a socket and see whether the system lets the caller in."""
    try:
        line = MedAssistLine.dial(system, address, actor=actor, recorder=recorder, within=REFUSED_WITHIN)
    except HandshakeRefused as refusal:
        return Knock(way, f"the opening was answered with {refusal.status}", refusal.status == FORBIDDEN)
    try:
        first = line.next_frame(REFUSED_WITHIN)
    except LineClosed as end:
        return Knock(way, f"it was opened and closed with {end.code}", end.code == POLICY)
    except DeadlineExceeded:
        return Knock(way, f"it was opened and stayed open for {REFUSED_WITHIN:g} s", False)
    finally:
        line.close()
    return Knock(way, f"it was opened and greeted with {first.type}", False)
