"""Try a socket of MedAssist that may be closed to the caller."""

from countersign.evidence import Recorder
from countersign.systems.knock import REFUSED_WITHIN, Knock, knocked
from countersign.systems.medassist.socket import MedAssistLine
from countersign.target.live import LiveSystem

FORBIDDEN, POLICY = 403, 1008
"""A socket is refused by the status of its opening, or closed with 1008 before any frame (contract, section 2)."""


def knock(system: LiveSystem, address: str, *, way: str, actor: str, recorder: Recorder) -> Knock:
    """Open a socket and see whether the system lets the caller in."""
    return knocked(
        way,
        lambda: MedAssistLine.dial(system, address, actor=actor, recorder=recorder, within=REFUSED_WITHIN),
        statuses={FORBIDDEN},
        codes={POLICY},
    )
