"""Matchers for the states of a session: which moves are allowed, and when it counts as ended."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.model import Session

OPEN, ENDED = frozenset({"active", "escalated"}), frozenset({"completed", "cancelled"})
CONFLICT = 409


@dataclass(frozen=True)
class Move:
    """A try to put a session into another state: the session before and after it, and the status of the answer."""

    to: str
    allowed: bool
    before: Session
    status: int
    after: Session

    @property
    def text(self) -> str:
        """The move in words."""
        return f"from {self.before.status} to {self.to}"


class MadeAsAllowed(Lacking[Move]):
    """See `made_as_allowed`."""

    expected = "a move that is made if it is allowed, and otherwise refused as a conflict without a change"

    def lack(self, item: Any) -> str:
        """Say what happened instead."""
        if item.allowed:
            if item.status != 200 or item.after.status != item.to:
                return f"the allowed move {item.text} was answered {item.status}, the session is {item.after.status}"
            return ""
        if item.status != CONFLICT:
            return f"the forbidden move {item.text} was answered {item.status}"
        if item.after.status != item.before.status:
            return f"the refused move {item.text} left the session {item.after.status}"
        return ""


def made_as_allowed() -> MadeAsAllowed:
    """Match a move that did what the table of states says."""
    return MadeAsAllowed()


class EndToldOnce(Lacking[Move]):
    """See `its_end_told_once`."""

    expected = "a time of the end on ended sessions only, which no later try changes"

    def lack(self, item: Any) -> str:
        """Say which time is missing, wrong or changed."""
        for when, session in (("before", item.before), ("after", item.after)):
            if (session.completed_at is not None) != (session.status in ENDED):
                return f"{when} the move {item.text} the {session.status} session ends at {session.completed_at}"
        if item.before.status in ENDED and item.before.completed_at != item.after.completed_at:
            return f"the try {item.text} changed the end from {item.before.completed_at} to {item.after.completed_at}"
        return ""


def its_end_told_once() -> EndToldOnce:
    """Match a move after which the session tells its end if it has ended, and the same one as before."""
    return EndToldOnce()


@dataclass(frozen=True)
class Knocked:
    """A message sent to a closed session by one way. `outcome` says how it was met; `kept` whether it was stored."""

    way: str
    state: str
    refused: bool
    outcome: str
    kept: bool


class RefusedAsClosed(Lacking[Knocked]):
    """See `refused_as_closed`."""

    expected = "a message that a closed session refuses and does not keep"

    def lack(self, item: Any) -> str:
        """Say how it was met."""
        if not item.refused:
            return f"{item.way} of a {item.state} session: {item.outcome}"
        return f"{item.way} of a {item.state} session: refused, but kept" if item.kept else ""


def refused_as_closed() -> RefusedAsClosed:
    """Match a message to a closed session that was refused for this reason and not kept."""
    return RefusedAsClosed()
