"""Matchers for a health report around an outage: it tells of the loss in time, keeps to it, and recovers in time."""

from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import Health


def says_healthy(health: Health) -> bool:
    """Say whether the system calls itself healthy, in word and in kind."""
    return health.status == "healthy" and health.status_code == 200


def says_gone(health: Health) -> bool:
    """Say whether the system calls itself unable to work, in word and in kind."""
    return health.status != "healthy" and health.status_code == 503


class Telling(Lacking[Any]):
    """See `telling_in_time`."""

    def __init__(self, what: str, limit: float) -> None:
        self.limit = limit
        self.expected = f"the health to tell within {limit:g} s that {what}"

    def lack(self, item: Any) -> str:
        """Say when it told, or what it went on saying."""
        if item.seconds is None:
            return f"it went on saying {item.last}"
        return "" if item.seconds < self.limit else f"it told after {item.seconds:.2f} s"


class OutOfOrder(Lacking[Health]):
    """See `telling_of_the_outage`."""

    expected = "a report that says that the system cannot work"

    def lack(self, item: Health) -> str:
        """Say what the report says instead."""
        return "" if says_gone(item) else f"it said {words_of(item)}"


def telling_in_time(what: str, limit: float) -> Telling:
    """Match a change (seconds or None, last words) that came in less than `limit` seconds; `what` is what it tells."""
    return Telling(what, limit)


def telling_of_the_outage() -> OutOfOrder:
    """Match a report that says, in word and in kind, that the system cannot work."""
    return OutOfOrder()


def words_of(health: Health) -> str:
    """Give what a report says, in word and in kind."""
    return f"{health.status!r} (answered with {health.status_code})"
