"""Try a socket of the model hub that may be closed to the caller."""

from countersign.evidence import Recorder
from countersign.systems.knock import REFUSED_WITHIN, Knock, knocked
from countersign.systems.modelhub.socket import PLAIN, TOPICS, HubLine
from countersign.target.live import LiveSystem

UNAUTHORIZED, NO_ENTRY = 401, 4401
"""A socket is closed with 4401 before any frame (contract, section 4), or its opening is refused."""


def knock(system: LiveSystem, path: str, token: str, *, way: str, actor: str, recorder: Recorder) -> Knock:
    """Open a socket (PLAIN or TOPICS) with a credential or none, and see whether the system lets the caller in."""
    return knocked(
        way,
        lambda: HubLine.dial(system, path, token, actor=actor, recorder=recorder, within=REFUSED_WITHIN),
        statuses={UNAUTHORIZED},
        codes={NO_ENTRY},
    )


def doors(system: LiveSystem) -> dict[str, str]:
    """Give the sockets that the system has, by what a message calls them."""
    plain = {"the line about one's own generations": PLAIN}
    return {**plain, "the line with topics": TOPICS} if "topic-events" in system.capabilities else plain
