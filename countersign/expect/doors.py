"""Matcher for connections that must be refused (contract, first section: "refused connection")."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import Frame

POLICY = 1008
OWN_CODES = range(4000, 5000)
CLIENT_ERRORS = range(400, 500)
WITHIN = 3.0


@dataclass(frozen=True)
class Knock:
    """Somebody tried to join a chat and said a line all the same.

    `status` is the answer to the handshake if it was refused; otherwise `closed` is the code with which the line was
    closed (None: it stayed open), `seconds` how long that took, and `frames` what came meanwhile.
    """

    where: str
    status: int | None = None
    closed: int | None = None
    seconds: float = 0.0
    frames: tuple[Frame, ...] = ()


class TurnedAway(Lacking[Knock]):
    """See `turned_away`."""

    expected = "a refused connection: no greeting, no receipt, closed at once"

    def lack(self, item: Knock) -> str:
        """Say how far the caller got."""
        kinds = [frame.type for frame in item.frames]
        if "message_received" in kinds:
            return f"at {item.where} a line was taken and confirmed"
        if "session_start" in kinds:
            return f"at {item.where} the caller was let in and greeted"
        if item.status is not None:
            return "" if item.status in CLIENT_ERRORS else f"at {item.where} the opening was answered {item.status}"
        if item.closed is None or item.seconds >= WITHIN:
            return (
                f"at {item.where} the line was still open after {item.seconds:.2f} s; what came: {kinds or 'nothing'}"
            )
        if item.closed == POLICY or item.closed in OWN_CODES:
            return ""
        return f"at {item.where} the line was closed with {item.closed}"


def turned_away() -> TurnedAway:
    """Match a knock that was answered with a 4xx, or closed with 1008 or a 4xxx code within 3 s, without a greeting."""
    return TurnedAway()
