"""Match an amount with its unit below a limit."""

from typing import Any

from countersign.expect.lacking import Lacking


class Below(Lacking[float]):
    """See `below`."""

    def __init__(self, limit: float, unit: str, what: str) -> None:
        self.limit, self.unit = limit, unit
        self.expected = f"{what} below {limit:g} {unit}"

    def lack(self, item: Any) -> str:
        """Say what it was."""
        return "" if item < self.limit else f"it was {item:,.{1 if item < 100 else 0}f} {self.unit}"


def below(limit: float, unit: str, what: str) -> Below:
    """Match an amount in `unit` below `limit`; `what` is what is weighed, for the message."""
    return Below(limit, unit, what)
