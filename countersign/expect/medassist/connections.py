"""Matchers for connections to a chat: how they open, how they end, who is refused, what is counted."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.knock import Knock
from countersign.systems.medassist.socket import Frame

NORMAL = 1000


@dataclass(frozen=True)
class Visit:
    """One connection from its first frame to its end. `pings` are seconds, `ended` the code it was closed with."""

    greeting: Frame
    session_id: str
    pings: tuple[float, ...]
    ended: int | None


@dataclass(frozen=True)
class Counted:
    """How many open connections the system counted before `count` were opened, then, and after all were closed."""

    count: int
    before: int
    during: int
    after: int


class Greeted(Lacking[Visit]):
    """See `greeted_by_its_session`."""

    expected = "a connection that opens with the state of its session"

    def lack(self, item: Visit) -> str:
        """Say what is missing in the first frame."""
        told = item.greeting.payload
        if not item.greeting.says("status", status="connected"):
            return f"it opened with {item.greeting.type}"
        if told.get("session_id") != item.session_id:
            return f"it opened with the session {told.get('session_id')!r}"
        for name in ("last_sequence", "heartbeat_interval"):
            if isinstance(told.get(name), bool) or not isinstance(told.get(name), int | float):
                return f"it opened with {name} {told.get(name)!r}, expected a number"
        return "" if told["heartbeat_interval"] > 0 else "it announced no time between two signs of life"


def greeted_by_its_session() -> Greeted:
    """Match a visit whose first frame names its session, its last number and the time between two signs of life."""
    return Greeted()


class ClosedCleanly(Lacking[Visit]):
    """See `closed_cleanly`."""

    expected = f"a connection that ends with {NORMAL}"

    def lack(self, item: Visit) -> str:
        """Say how it ended."""
        return "" if item.ended == NORMAL else f"it ended with {item.ended}"


def closed_cleanly() -> ClosedCleanly:
    """Match a visit that ended in good order."""
    return ClosedCleanly()


class KeptOut(Lacking[Knock]):
    """See `kept_out`."""

    expected = "a refusal of the connection before anything is shown"

    def lack(self, item: Knock) -> str:
        """Say what the system did instead."""
        return "" if item.refused else f"at the door of {item.way} {item.answer}"


def kept_out() -> KeptOut:
    """Match a try at a socket that was refused before opening, or closed for policy before any frame."""
    return KeptOut()


class CountedRightly(Lacking[Any]):
    """See `counted_rightly`."""

    expected = "every open connection counted, and none of them after it was closed"

    def lack(self, item: Any) -> str:
        """Say what was counted."""
        if item is None:  # a system that offers no figures counts nothing: the criterion asks "where offered"
            return ""
        told = f"{item.before} before, {item.during} with {item.count} more open, {item.after} after they were closed"
        right = item.after <= item.before and item.during - item.after >= item.count
        return "" if right else f"it counted {told}"


def counted_rightly() -> CountedRightly:
    """Match what a system counted (`Counted`, or None where it offers no figures)."""
    return CountedRightly()
